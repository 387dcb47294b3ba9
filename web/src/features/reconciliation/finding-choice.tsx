import { NativeSelect } from '@mantine/core';
import { Finding } from '@hub/contract/reconciliation';
import { useText } from '../../lib/i18n.ts';

export function FindingChoice({
  value,
  onChange,
}: {
  value: Finding | undefined;
  onChange: (next: Finding | undefined) => void;
}) {
  const { t } = useText();
  return (
    <NativeSelect
      aria-label={t('reconciliation.finding')}
      value={value ?? ''}
      data={[
        { value: '', label: t('reconciliation.finding.all') },
        ...Finding.options.map((one) => ({ value: one, label: t(`reconciliation.finding.${one}`) })),
      ]}
      onChange={({ currentTarget }) => onChange(Finding.safeParse(currentTarget.value).data)}
    />
  );
}
