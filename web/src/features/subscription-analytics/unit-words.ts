import { subscriptionMetricOf, type SubscriptionMetricKey } from '@hub/contract/subscription-metrics';
import type { Translate } from '../../lib/i18n.ts';
import type { Numbers } from '../../lib/numbers.ts';

/** Shares and averages have one decimal, counts none. */
const digitsOf = (key: SubscriptionMetricKey): number => (subscriptionMetricOf(key).unit === 'count' ? 0 : 1);

export const kpiText = (key: SubscriptionMetricKey, value: number, numbers: Numbers): string =>
  numbers.fixed(value, digitsOf(key));

export const kpiUnit = (key: SubscriptionMetricKey, t: Translate): string | undefined =>
  subscriptionMetricOf(key).unit === 'percent' ? t('analytics.unit.percent') : undefined;

/** Shares change by percentage points. */
export function kpiChange(key: SubscriptionMetricKey, change: number, numbers: Numbers, t: Translate): string {
  const text = numbers.signed(change, digitsOf(key));
  return subscriptionMetricOf(key).unit === 'percent' ? `${text} ${t('analytics.unit.points')}` : text;
}

export function isWorse(key: SubscriptionMetricKey, change: number): boolean {
  const { worse } = subscriptionMetricOf(key);
  return (worse === 'more' && change > 0) || (worse === 'less' && change < 0);
}
