import { trendWeeks } from '@hub/contract/calling-engagement';
import type { MetricKey } from '@hub/contract/metrics';
import { useQuery } from '@tanstack/react-query';
import { lastOf } from './metric-words.ts';
import { type Period, spanBefore, trendOf } from './period.ts';
import { type Answer, totalsQuery } from './queries.ts';
import { isToldOf, type Scope } from './scope.ts';
import { useRetry } from './use-retry.ts';

/** A scope's numbers over a period: the trend, the period itself and the one before. */
export interface Figures {
  trend: Answer;
  /** Its last bucket is the period. */
  present: Answer;
  now: (key: MetricKey) => number | null;
  /** Null also while the period is not over, and where other regions answered before: parts say nothing against a whole. */
  change: (key: MetricKey) => number | null;
  before: (key: MetricKey) => number | null;
  isOpen: boolean;
  /** Of all regions: the days before were answered by the same regions. */
  isSameRegions: boolean;
}

export interface Wanted {
  metrics: readonly MetricKey[];
  hasQueues?: boolean;
  weeks?: number;
}

/** A week with its past is one question; of a range the whole, and what was before, are asked apart: users of days do not add up. */
export function useFigures(
  scope: Scope,
  period: Period,
  { metrics: wanted, hasQueues = false, weeks = trendWeeks }: Wanted,
) {
  const metrics = wanted.filter((key) => isToldOf(scope, key));
  const isRange = period.kind === 'range';
  const asked = { metrics, ...(hasQueues ? { hasQueues } : {}) };
  const { from, to } = period;
  const whole = { from, to, bucket: 'whole', ...asked } as const;
  const isAny = metrics.length > 0;
  const trend = useQuery({ ...totalsQuery(scope, { ...trendOf(period, weeks), ...asked }), enabled: isAny });
  const now = useQuery({ ...totalsQuery(scope, whole), enabled: isRange && isAny });
  const before = useQuery({ ...totalsQuery(scope, { ...whole, ...spanBefore(period) }), enabled: isRange && isAny });
  const error = trend.error ?? (isRange ? (now.error ?? before.error) : null);
  const refetch = useRetry();
  if (trend.data === undefined || (isRange && (now.data === undefined || before.data === undefined)))
    return { figures: undefined, error, refetch, isOld: false };
  return {
    figures:
      now.data === undefined || before.data === undefined || !isRange
        ? figuresOfWeeks(trend.data)
        : figuresOfRange(trend.data, now.data, before.data),
    error,
    refetch,
    isOld: trend.isPlaceholderData || (isRange && (now.isPlaceholderData || before.isPlaceholderData)),
  };
}

function figuresOfWeeks(trend: Answer): Figures {
  const isOpen = trend.areOpen.at(-1) ?? false;
  const now = (key: MetricKey) => lastOf(trend.totals, key);
  const before = (key: MetricKey) => lastOf(trend.totals, key, 1);
  return {
    trend,
    present: trend,
    now,
    before,
    isOpen,
    isSameRegions: true,
    change: (key) => (isOpen ? null : difference(now(key), before(key))),
  };
}

function figuresOfRange(trend: Answer, whole: Answer, earlier: Answer): Figures {
  const isSameRegions = answeredOf(whole) === answeredOf(earlier);
  const isOpen = whole.areOpen.at(-1) ?? false;
  const now = (key: MetricKey) => lastOf(whole.totals, key);
  const before = (key: MetricKey) => lastOf(earlier.totals, key);
  return {
    trend,
    present: whole,
    now,
    before,
    isOpen,
    isSameRegions,
    change: (key) => (isOpen || !isSameRegions ? null : difference(now(key), before(key))),
  };
}

const difference = (now: number | null, before: number | null): number | null =>
  now === null || before === null ? null : now - before;

const answeredOf = ({ regions }: Answer): string =>
  regions
    .flatMap(({ region, hasAnswered }) => (hasAnswered ? [region] : []))
    .toSorted()
    .join();
