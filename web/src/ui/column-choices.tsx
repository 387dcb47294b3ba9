import { Checkbox } from '@mantine/core';

export interface Choice {
  key: string;
  label: string;
}

export function ColumnChoices({
  choices,
  hidden,
  onToggle,
}: {
  choices: readonly Choice[];
  hidden: readonly string[];
  onToggle: (key: string) => void;
}) {
  return (
    <div className="chooser-list">
      {choices.map(({ key, label }) => (
        <Checkbox key={key} size="xs" label={label} checked={!hidden.includes(key)} onChange={() => onToggle(key)} />
      ))}
    </div>
  );
}
