import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { Feed } from '@hub/contract/calling-usage';
import { useText } from '../../lib/i18n.ts';

/** By which policy, and which release of its rules, legs are poor here; nothing where no media quality is shown. */
export function PolicyNote({
  policy,
  policyVersion,
  missingFeeds = [],
}: {
  policy: QualityPolicy;
  policyVersion: number;
  missingFeeds?: readonly Feed[];
}) {
  const { t } = useText();
  if (missingFeeds.includes('media_quality')) return null;
  return (
    <p className="help usage-policy">
      {t('usage.policy', { policy: t(`usage.policy.${policy}`), version: policyVersion })}{' '}
      {t(`usage.policy.${policy}.desc`)}
    </p>
  );
}
