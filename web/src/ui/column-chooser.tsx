import { Button, Popover } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useText } from '../lib/i18n.ts';
import type { Choice } from './column-choices.tsx';

const ColumnChoices = lazy(async () => ({ default: (await import('./column-choices.tsx')).ColumnChoices }));

/** Which columns stand in the table; kept in this browser. */
export function ColumnChooser({
  choices,
  hidden,
  onChange,
  onReset,
}: {
  choices: readonly Choice[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
  onReset: () => void;
}) {
  const { t } = useText();
  const toggle = (key: string) =>
    onChange(hidden.includes(key) ? hidden.filter((other) => other !== key) : [...hidden, key]);
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          leftSection={<IconColumns size={16} stroke={1.6} />}
          aria-label={t('action.chooseColumns')}
        >
          {t('action.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('action.chooseColumns')} className="chooser">
        <Suspense fallback={null}>
          <ColumnChoices choices={choices} hidden={hidden} onToggle={toggle} />
        </Suspense>
        <Button variant="subtle" onClick={onReset}>
          {t('action.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
