import type { HealthFactor } from '@hub/contract/health-rules';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { CustomerHealth } from './queries.ts';

type Factor = CustomerHealth['factors'][number];

/** What is known of a factor, in words. */
export function factorText(
  { factor, value, points }: Factor,
  { payment, activity, policy }: CustomerHealth,
  { t, f }: { t: Translate; f: Format },
): string {
  if (points === null) return t(`health.${factor}.unknown`);
  const share = value === null ? '' : f.decimal(value);
  const texts: Record<HealthFactor, () => string> = {
    use: () => t('health.use.value', { share }),
    trend: () => t('health.trend.value', { share: `${(value ?? 0) > 0 ? '+' : ''}${share}`, weeks: policy.trendWeeks }),
    quality: () => t('health.quality.value', { share }),
    overage: () => (value === null ? t('health.overage.none') : t('health.overage.value', { share })),
    payment: () => paymentText(payment, t),
    activity: () =>
      activity?.days === null || activity === null
        ? t('health.activity.never')
        : t('health.activity.value', { days: activity.days, limit: activity.inactiveDays }),
  };
  return texts[factor]();
}

function paymentText(payment: CustomerHealth['payment'], t: Translate): string {
  if (payment === null) return '';
  const { suspended, pastDue, overdue } = payment;
  if (suspended > 0) return t('health.payment.suspended', { count: suspended });
  if (pastDue > 0) return t('health.payment.pastDue', { count: pastDue });
  return overdue > 0 ? t('health.payment.overdue', { count: overdue }) : t('health.payment.fine');
}
