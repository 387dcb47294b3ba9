import { EndpointType } from '@hub/contract/calling-usage';
import {
  type MetricKey,
  metricOf,
  type MetricsBefore,
  type MetricValue,
  type MetricValues,
} from '@hub/contract/metrics';
import type { Translate } from '../../lib/i18n.ts';
import type { Numbers } from '../../lib/numbers.ts';

type UnitWord = 'percent' | 'minutes' | 'seconds' | 'milliseconds';

const unitOf: Partial<Record<MetricKey, UnitWord>> = {
  averageJitter: 'milliseconds',
  averageLatency: 'milliseconds',
  averagePacketLoss: 'percent',
  queueAnswerTime: 'seconds',
  queueAbandonTime: 'seconds',
};

const digitsOf: Partial<Record<MetricKey, number>> = {
  poorShare: 2,
  averagePacketLoss: 2,
  queueAnswerTime: 0,
  queueAbandonTime: 0,
};

export function metricDigits(key: MetricKey): number {
  const { unit } = metricOf(key);
  return digitsOf[key] ?? (unit === 'percent' || unit === 'ratio' ? 1 : 0);
}

export function metricName(key: MetricKey, t: Translate): string {
  return t(`metric.${key}`);
}

const bands: readonly MetricKey[] = ['usersNone', 'usersLight', 'usersRegular', 'usersHeavy'];

/** Of a column: bands stand there without their picture. */
export function columnName(key: MetricKey, t: Translate): string {
  const name = metricName(key, t);
  return bands.includes(key) ? `${t('engagement.axis.users.head')} (${name})` : name;
}

/** The unit beside a name or a value; counts have none, their names say what is counted. */
export function metricUnit(key: MetricKey, t: Translate): string | undefined {
  const { unit } = metricOf(key);
  const word = unitOf[key] ?? (unit === 'percent' ? unit : undefined);
  return word === undefined ? undefined : t(`engagement.unit.${word}`);
}

export function metricText(key: MetricKey, value: number, numbers: Numbers): string {
  return numbers.fixed(value, metricDigits(key));
}

/** Shares change by percentage points, all else by its own unit. */
export function changeUnit(key: MetricKey, t: Translate): string | undefined {
  return metricOf(key).unit === 'percent' ? t('engagement.unit.points') : metricUnit(key, t);
}

export function changeText(key: MetricKey, change: number, numbers: Numbers): string {
  return numbers.signed(change, metricDigits(key));
}

export function isWorse(key: MetricKey, change: number): boolean {
  const { worse } = metricOf(key);
  return (worse === 'more' && change > 0) || (worse === 'less' && change < 0);
}

/** A cell of a table. What is not known is empty; names of endpoint types are told in words. */
export function cellText(key: MetricKey, value: MetricValue, numbers: Numbers, t: Translate): string {
  if (value === null) return '';
  if (typeof value === 'number') return metricText(key, value, numbers);
  const endpoint = key === 'worstEndpointType' ? EndpointType.safeParse(value).data : undefined;
  return endpoint === undefined ? value : t(`endpoint.${endpoint}`);
}

export function numbersOf(values: MetricValues, key: MetricKey): (number | null)[] {
  return (values[key] ?? []).map((value) => (typeof value === 'number' ? value : null));
}

export function lastOf(values: MetricValues, key: MetricKey): number | null {
  return numbersOf(values, key).at(-1) ?? null;
}

export function numberBefore(before: MetricsBefore, key: MetricKey): number | null {
  const value = before?.[key];
  return typeof value === 'number' ? value : null;
}

export const differenceOf = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : now - before;

/** What a row or a total is told of. */
export interface Told {
  values: MetricValues;
  before: MetricsBefore;
}

/** Last bucket against what it is compared with. */
export const changeOf = ({ values, before }: Told, key: MetricKey): number | null =>
  differenceOf(lastOf(values, key), numberBefore(before, key));
