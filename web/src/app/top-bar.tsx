import { ActionIcon } from '@mantine/core';
import { IconMenu2, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useSession } from '../features/sessions/index.ts';
import { useText } from '../lib/i18n.ts';
import { useIsNarrow, useIsPhone } from '../lib/media.ts';
import { Logo } from '../ui/logo.tsx';
import { State } from '../ui/glyph.tsx';

// Menus weigh more than the bar: it is drawn before they arrive.
const BarMenus = lazy(async () => ({ default: (await import('./bar-menus.tsx')).BarMenus }));
// Few belong to several partners.
const PartnerMenu = lazy(async () => ({ default: (await import('./partner-menu.tsx')).PartnerMenu }));

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function TopBar({ onSearch, onMenu }: { onSearch: () => void; onMenu: () => void }) {
  const { t } = useText();
  const session = useSession();
  const isPhone = useIsPhone();
  const isNarrow = useIsNarrow();
  return (
    <header className="top">
      {isPhone ? (
        <ActionIcon aria-label={t('nav.open')} onClick={onMenu}>
          <IconMenu2 size={18} stroke={1.6} />
        </ActionIcon>
      ) : null}
      <span className="brand">
        <Logo />
        {isNarrow ? null : <span className="brand-name">{t('name.product')}</span>}
      </span>
      <Suspense fallback={<PartnerName name={session.partner.name} />}>
        {session.partners.length > 1 ? <PartnerMenu /> : <PartnerName name={session.partner.name} />}
      </Suspense>
      <DemoMark demo={session.demo} />
      {isPhone ? (
        <ActionIcon aria-label={t('frame.search')} onClick={onSearch} className="push">
          <IconSearch size={18} stroke={1.6} />
        </ActionIcon>
      ) : (
        <button type="button" className="search-opener" onClick={onSearch} aria-haspopup="dialog">
          <IconSearch size={16} stroke={1.6} aria-hidden="true" />
          <span className="cut grow">{t('frame.search')}</span>
          <kbd>{isMac ? '⌘' : 'Ctrl'}</kbd>
          <kbd>K</kbd>
        </button>
      )}
      <Suspense fallback={<span className="bar-menus-place" />}>
        <BarMenus />
      </Suspense>
    </header>
  );
}

function PartnerName({ name }: { name: string }) {
  return (
    <span className="partner cut" title={name}>
      {name}
    </span>
  );
}

function DemoMark({ demo }: { demo: string }) {
  const { t } = useText();
  const isPhone = useIsPhone();
  if (demo === 'none' || isPhone) return null;
  if (demo === 'loaded') return <span className="demo-mark">{t('frame.demo')}</span>;
  return <State glyph="running" word={t(demo === 'removing' ? 'frame.demo.removing' : 'frame.demo.loading')} />;
}
