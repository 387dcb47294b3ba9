import { otherPolicyMetrics } from '@hub/contract/calling-engagement';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { numbersFor } from '../../lib/numbers.ts';
import { lastOf } from './metric-words.ts';
import type { Period } from './period.ts';
import { otherPolicy } from './policy-chip.tsx';
import { type Answer, totalsQuery } from './queries.ts';
import type { Scope } from './scope.ts';

/** What the other policy would show of the same legs. */
export function OtherReading({ scope, period, present }: { scope: Scope; period: Period; present: Answer }) {
  const { t, language } = useText();
  const numbers = numbersFor(language);
  const policy = otherPolicy(present.policy);
  const { from, to } = period;
  const { data: answer, isPlaceholderData } = useQuery(
    totalsQuery({ ...scope, policy }, { from, to, bucket: 'whole', metrics: otherPolicyMetrics }),
  );
  const data = isPlaceholderData ? undefined : answer; // an answer before may be of the other policy
  const share = data === undefined ? null : lastOf(data.totals, 'poorShare');
  return (
    <p className="help engagement-other" aria-live="polite">
      {data === undefined
        ? '\u00A0'
        : share === null
          ? t('quality.other.nothing', { policy: t(`quality.policy.${policy}`) })
          : t('quality.other', {
              policy: t(`quality.policy.${policy}`),
              share: numbers.fixed(share, 2),
              poor: lastOf(data.totals, 'poorLegs') ?? 0,
              known: lastOf(data.totals, 'knownLegs') ?? 0,
            })}
    </p>
  );
}
