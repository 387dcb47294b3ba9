import { Menu, Tooltip } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { LanguageMenu, useChangeProfile, useSession, useSignOut } from '../features/sessions/index.ts';
import { useText } from '../lib/i18n.ts';
import { useIsPhone } from '../lib/media.ts';
import { ThemeMenu } from './theme-menu.tsx';

/** Language, theme and person, at the end of the bar. On a phone the first two stand with the navigation. */
export function BarMenus() {
  const profile = useChangeProfile();
  const isPhone = useIsPhone();
  return (
    <>
      {isPhone ? null : <LanguageMenu isShort onChosen={(language) => profile.mutate({ language })} />}
      {isPhone ? null : <ThemeMenu />}
      <PersonMenu />
    </>
  );
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
