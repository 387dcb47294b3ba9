import type { AnomalyKind, CallingAnomaly } from '@hub/contract/calling-anomaly';
import type { CustomerRow } from '@hub/contract/customers';
import { addDays } from '../../lib/calendar.ts';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';

export type AnomalyReason = CallingAnomaly & { code: 'anomaly' };

/** What stands out in the calling, told with a badge as a status is. */
export interface AnomalySign {
  status: AnomalyKind;
  since: string;
  reasons: [AnomalyReason];
}

/** Nothing to whoever may not see calling analytics. */
export const anomalySigns = ({ anomalies }: Pick<CustomerRow, 'anomalies'>): AnomalySign[] =>
  (anomalies ?? []).map((anomaly) => ({
    status: anomaly.kind,
    since: anomaly.since,
    reasons: [{ ...anomaly, code: 'anomaly' }],
  }));

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Beside the badge: how much is poor, how much is gone. */
export const anomalyBrief = (anomaly: CallingAnomaly, t: Translate): string =>
  anomaly.kind === 'quality_spike'
    ? t('brief.quality_spike', { share: rounded(anomaly.poorShare) })
    : t('brief.falling_use', { share: Math.round(100 - (100 * anomaly.legs) / anomaly.usualLegs) });

export function anomalyText(anomaly: CallingAnomaly, t: Translate, f: Format): string {
  const week = f.dayRange(anomaly.week, addDays(anomaly.week, 6));
  if (anomaly.kind === 'quality_spike')
    return t('why.quality_spike', {
      week,
      share: rounded(anomaly.poorShare),
      limit: rounded(anomaly.limit),
      known: anomaly.knownLegs,
    });
  const { legs, usualLegs, lowDays, usedDays } = anomaly;
  return t(legs === 0 ? 'why.falling_use.silent' : 'why.falling_use', {
    week,
    legs,
    usual: Math.round(usualLegs),
    low: lowDays,
    used: usedDays,
  });
}
