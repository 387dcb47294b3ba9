import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconLogout, IconMenu2, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { LanguageMenu, useChangeProfile, useSession, useSignOut } from '../features/sessions/index.ts';
import { useText } from '../lib/i18n.ts';
import { useIsNarrow, useIsPhone } from '../lib/media.ts';
import { Logo } from '../ui/logo.tsx';
import { State } from '../ui/glyph.tsx';
import { ThemeMenu } from './theme-menu.tsx';

// Few belong to several partners.
const PartnerMenu = lazy(async () => ({ default: (await import('./partner-menu.tsx')).PartnerMenu }));

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

export function TopBar({ onSearch, onMenu }: { onSearch: () => void; onMenu: () => void }) {
  const { t } = useText();
  const session = useSession();
  const profile = useChangeProfile();
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
      {isPhone ? null : <LanguageMenu isShort onChosen={(language) => profile.mutate({ language })} />}
      {isPhone ? null : <ThemeMenu />}
      <PersonMenu />
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

function PersonMenu() {
  const { t } = useText();
  const { person, role } = useSession();
  const signOut = useSignOut();
  // A fresh load forgets everything of this person that the page holds.
  const leave = () => signOut.mutate(undefined, { onSettled: () => window.location.assign('/sign-in') });
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <Tooltip label={t('frame.signedInAs', { name: person.name })}>
          <button type="button" className="avatar" aria-label={t('frame.person', { name: person.name })}>
            {initials(person.name)}
          </button>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="person">
          <p className="strong wrap">{person.name}</p>
          <p className="help wrap">{person.email}</p>
          <p className="help">{t(`role.${role}`)}</p>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={leave}>
          {t('frame.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0]?.at(0) ?? '';
  const last = words.length > 1 ? (words.at(-1)?.at(0) ?? '') : '';
  return `${first}${last}`.toUpperCase();
}
