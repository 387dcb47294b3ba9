import type { QualityPolicy } from '@hub/contract/calling-policy';
import { useText } from '../../lib/i18n.ts';
import { Choices } from '../../ui/choices.tsx';

const policies = ['documented', 'any_threshold'] as const;

/** When a leg is poor, for this page. */
export function PolicyChoices({
  policy,
  onChange,
}: {
  policy: QualityPolicy;
  onChange: (policy: QualityPolicy) => void;
}) {
  const { t } = useText();
  return (
    <>
      <Choices
        label={t('quality.policy')}
        value={policy}
        choices={policies.map((value) => ({
          value,
          label: t(`quality.policy.${value}`),
          description: t(`quality.policy.${value}.desc`),
        }))}
        onChange={onChange}
      />
      <p className="help policy-hint">{t('quality.policy.here')}</p>
    </>
  );
}
