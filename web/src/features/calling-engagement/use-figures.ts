import { trendWeeks } from '@hub/contract/calling-engagement';
import type { MetricKey } from '@hub/contract/metrics';
import { useQuery } from '@tanstack/react-query';
import { differenceOf, lastOf, numberBefore } from './metric-words.ts';
import { type Period, trendOf } from './period.ts';
import { type Answer, totalsQuery } from './queries.ts';
import { isToldOf, type Scope } from './scope.ts';
import { useRetry } from './use-retry.ts';

/** A scope's numbers over a period: the trend, the period itself and the one before. */
export interface Figures {
  trend: Answer;
  /** Its last bucket is the period. */
  present: Answer;
  now: (key: MetricKey) => number | null;
  /** Null also while the period is not over: parts say nothing against a whole. */
  change: (key: MetricKey) => number | null;
  before: (key: MetricKey) => number | null;
  isOpen: boolean;
}

export interface Wanted {
  metrics: readonly MetricKey[];
  hasQueues?: boolean;
  weeks?: number;
}

/** A week with its past is one question; of a range the whole is asked apart: users of days do not add up. */
export function useFigures(
  scope: Scope,
  period: Period,
  { metrics: wanted, hasQueues = false, weeks = trendWeeks }: Wanted,
) {
  const metrics = wanted.filter((key) => isToldOf(scope, key));
  const isRange = period.kind === 'range';
  const asked = { metrics, ...(hasQueues ? { hasQueues } : {}) };
  const compared = { ...asked, comparison: 'previous' } as const;
  const { from, to } = period;
  const isAny = metrics.length > 0;
  const trend = useQuery({
    ...totalsQuery(scope, { ...trendOf(period, weeks), ...(isRange ? asked : compared) }),
    enabled: isAny,
  });
  const whole = useQuery({
    ...totalsQuery(scope, { from, to, bucket: 'whole', ...compared }),
    enabled: isRange && isAny,
  });
  const present = isRange ? whole : trend;
  const refetch = useRetry();
  const error = trend.error ?? present.error;
  if (trend.data === undefined || present.data === undefined)
    return { figures: undefined, error, refetch, isOld: false };
  return {
    figures: figuresOf(trend.data, present.data),
    error,
    refetch,
    isOld: trend.isPlaceholderData || present.isPlaceholderData,
  };
}

function figuresOf(trend: Answer, present: Answer): Figures {
  const isOpen = present.areOpen.at(-1) ?? false;
  const now = (key: MetricKey) => lastOf(present.totals, key);
  const before = (key: MetricKey) => numberBefore(present.totalsBefore, key);
  return {
    trend,
    present,
    now,
    before,
    isOpen,
    change: (key) => (isOpen ? null : differenceOf(now(key), before(key))),
  };
}
