import { useHotkeys } from '@mantine/hooks';
import { Outlet, useLocation, useMatches } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useImportWatch } from '../features/imports/index.ts';
import { useSession } from '../features/sessions/index.ts';
import { useText } from '../lib/i18n.ts';
import { useIsNarrow, useIsPhone } from '../lib/media.ts';
import { useStored } from '../lib/stored.ts';
import { Navigation } from './navigation.tsx';
import { RegionsNotice } from './regions-notice.tsx';
import { NotYoursPage } from './not-yours-page.tsx';
import { TopBar } from './top-bar.tsx';
import { useSameSession } from './use-same-session.ts';

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette.tsx')).CommandPalette }));
const DrawerChoices = lazy(async () => ({ default: (await import('./drawer-choices.tsx')).DrawerChoices }));
const DrawerPanel = lazy(async () => ({ default: (await import('../ui/drawer-panel.tsx')).DrawerPanel }));

/** Navigation, top bar and the sheet in which every page of the signed-in person stands. */
export function Frame() {
  const { t } = useText();
  const isPhone = useIsPhone();
  const isNarrow = useIsNarrow();
  const [isCollapsed, setIsCollapsed] = useStored('hub.nav.collapsed', (value) => value === true);
  // Open on one page: going to another closes it.
  const [drawerPage, setDrawerPage] = useState<string | null>(null);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const { pathname } = useLocation();
  const session = useSession();
  const needs = useMatches({ select: (matches) => matches.at(-1)?.staticData.needs });
  useSameSession(session);
  useImportWatch();
  useHotkeys([['mod+K', () => setIsPaletteOpen(true)]], []);
  useFocusOnNavigation(pathname);
  const isDrawerOpen = drawerPage === pathname;
  const isSmall = isCollapsed || isNarrow;
  return (
    <div className="frame" data-collapsed={isSmall || undefined}>
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {t('nav.skipToContent')}
      </a>
      <TopBar onSearch={() => setIsPaletteOpen(true)} onMenu={() => setDrawerPage(pathname)} />
      {isPhone ? (
        <Suspense fallback={null}>
          {isDrawerOpen ? (
            <DrawerPanel title={t('name.product')} position="left" size="280px" onClose={() => setDrawerPage(null)}>
              <Navigation isSmall={false} />
              <DrawerChoices />
            </DrawerPanel>
          ) : null}
        </Suspense>
      ) : (
        <div className="side">
          <Navigation isSmall={isSmall} {...(isNarrow ? {} : { onCollapse: () => setIsCollapsed(!isCollapsed) })} />
        </div>
      )}
      <main className="sheet" id="content" tabIndex={-1}>
        <RegionsNotice />
        {needs === undefined || session.may(needs) ? <Outlet /> : <NotYoursPage />}
      </main>
      {isPaletteOpen ? (
        <Suspense fallback={null}>
          <CommandPalette onClose={() => setIsPaletteOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** A new page takes the focus, so that a screen reader begins there; the first page leaves it where it is. */
function useFocusOnNavigation(pathname: string): void {
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    const content = document.getElementById('content');
    content?.scrollTo(0, 0);
    content?.focus({ preventScroll: true });
  }, [pathname]);
}
