import {
  ActionIcon,
  Menu,
  type MantineColorScheme,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useText } from '../lib/i18n.ts';

const themes = { light: 'frame.theme.light', dark: 'frame.theme.dark', auto: 'frame.theme.system' } as const;
const options: readonly MantineColorScheme[] = ['light', 'dark', 'auto'];

export function ThemeMenu() {
  const { t } = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shown = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const Icon = shown === 'dark' ? IconSun : IconMoon;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`${t('frame.theme')}: ${t(themes[colorScheme])}`}>
          <Icon size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {options.map((option) => (
          <Menu.RadioItem
            key={option}
            value={option}
            checked={option === colorScheme}
            closeMenuOnClick
            data-chosen={option === colorScheme || undefined}
            onChange={() => setColorScheme(option)}
          >
            {t(themes[option])}
          </Menu.RadioItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
