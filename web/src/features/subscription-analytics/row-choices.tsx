import { NativeSelect } from '@mantine/core';
import type { Section } from '@hub/contract/subscription-metrics';
import { useText } from '../../lib/i18n.ts';
import { rowGroups, rowKinds, type TableChoices } from './table-choices.ts';

/** Which rows, and what they are grouped by. Trials never renew. */
export function RowChoices({
  section,
  choices,
  onChange,
}: {
  section: Section;
  choices: TableChoices;
  onChange: (next: TableChoices) => void;
}) {
  const { t } = useText();
  return (
    <>
      {section === 'renewing' ? null : (
        <NativeSelect
          aria-label={t('analytics.kind')}
          value={choices.kind ?? ''}
          data={[
            { value: '', label: t('analytics.kind.all') },
            ...rowKinds.map((value) => ({ value, label: t(`analytics.kind.${value}`) })),
          ]}
          onChange={({ currentTarget: { value } }) => onChange({ kind: rowKinds.find((kind) => kind === value) })}
        />
      )}
      <NativeSelect
        aria-label={t('analytics.group')}
        value={choices.group ?? 'none'}
        data={rowGroups
          .filter((value) => value !== 'kind' || section !== 'renewing')
          .map((value) => ({ value, label: t(`analytics.group.${value}`) }))}
        onChange={({ currentTarget: { value } }) => {
          const group = rowGroups.find((each) => each === value);
          onChange({ group: group === 'none' ? undefined : group });
        }}
      />
    </>
  );
}
