import { Button, Checkbox, Popover } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { useText } from '../lib/i18n.ts';

interface Choice {
  key: string;
  label: string;
}

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
        <div className="chooser-list">
          {choices.map(({ key, label }) => (
            <Checkbox key={key} size="xs" label={label} checked={!hidden.includes(key)} onChange={() => toggle(key)} />
          ))}
        </div>
        <Button variant="subtle" onClick={onReset}>
          {t('action.reset')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
