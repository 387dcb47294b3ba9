import { useMantineColorScheme } from '@mantine/core';
import { useText } from '../../lib/i18n.ts';
import { Segments } from '../../ui/segments.tsx';
import { Section } from './section.tsx';

export function AppearanceSection() {
  const { t } = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t('settings.appearance')} hint={t('settings.appearance.hint')}>
      <Segments
        label={t('frame.theme')}
        segments={[
          { value: 'light', label: t('frame.theme.light') },
          { value: 'dark', label: t('frame.theme.dark') },
          { value: 'auto', label: t('frame.theme.system') },
        ]}
        value={colorScheme}
        onChange={setColorScheme}
      />
    </Section>
  );
}
