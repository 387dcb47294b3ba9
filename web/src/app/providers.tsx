import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { onRightMissing, onSignedOut } from '../lib/api.ts';
import { colorSchemeManager } from './color-scheme.ts';
import type { makeRouter } from './router.tsx';
import { theme } from './theme.ts';

const Toasts = lazy(async () => ({ default: (await import('./toasts.tsx')).Toasts }));

export function Providers({
  queryClient,
  router,
}: {
  queryClient: QueryClient;
  router: ReturnType<typeof makeRouter>;
}) {
  useEffect(
    () =>
      onSignedOut(() => {
        const { href, pathname } = router.state.location;
        if (pathname === '/sign-in' || pathname === '/setup' || pathname === '/join') return;
        const wasIn = queryClient.getQueryData(['session']) !== undefined;
        if (!wasIn) return; // the first question of a visit: the route itself leads to sign-in
        queryClient.clear();
        void router.navigate({ to: '/sign-in', search: { next: href, ended: '1' }, replace: true });
      }),
    [router, queryClient],
  );
  useEffect(() => onRightMissing(() => void queryClient.invalidateQueries({ queryKey: ['session'] })), [queryClient]);
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={colorSchemeManager}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Suspense fallback={null}>
            <Toasts />
          </Suspense>
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}
