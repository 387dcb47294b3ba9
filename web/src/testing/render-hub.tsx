import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { onTestFinished } from 'vitest';
import { makeQueryClient } from '../app/query-client.ts';
import { makeRouter } from '../app/router.tsx';
import { theme } from '../app/theme.ts';

function Providers({ children, client }: { children: ReactNode; client: QueryClient }) {
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} env="test">
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  );
}

/** As the product's own, but that nothing is tried again. */
function makeClient(): QueryClient {
  const client = makeQueryClient();
  const { queries, ...others } = client.getDefaultOptions();
  client.setDefaultOptions({ ...others, queries: { ...queries, retry: false } });
  return client;
}

/** The whole page at an address, with its routes. */
export function renderHub(address: string) {
  const client = makeClient();
  const router = makeRouter(client);
  router.update({ ...router.options, history: createMemoryHistory({ initialEntries: [address] }) });
  // A page that still loads when its test is over would be drawn into a window that is gone.
  onTestFinished(() => {
    router.startTransition = async () => false;
  });
  const view = render(
    <Providers client={client}>
      <RouterProvider router={router} />
    </Providers>,
  );
  return { ...view, router, client };
}
