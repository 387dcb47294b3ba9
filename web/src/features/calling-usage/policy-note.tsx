import type { QualityPolicy } from '@hub/contract/calling-policy';
import { useText } from '../../lib/i18n.ts';

/** By which policy, and which release of its rules, legs are poor here. */
export function PolicyNote({ policy, policyVersion }: { policy: QualityPolicy; policyVersion: number }) {
  const { t } = useText();
  return (
    <p className="help usage-policy">
      {t('usage.policy', { policy: t(`usage.policy.${policy}`), version: policyVersion })}{' '}
      {t(`usage.policy.${policy}.desc`)}
    </p>
  );
}
