import type { getCallingAnomalies } from '@hub/contract/calling-anomalies';
import type { CallingAnomaly } from '@hub/contract/calling-anomaly';
import { isSpike, spikeLimit, weekOfUse, weeksInARow } from '@hub/contract/calling-anomaly-rules';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { CallingSums } from './calling-sums-queries.ts';
import { firstDayOf, plusDays, type Weeks } from './weeks.ts';

/** Which week of each feed is judged; null: none. */
export interface Judged {
  quality: number | null;
  use: number | null;
}

type Verdict = Omit<ReplyOf<typeof getCallingAnomalies>, 'policy'>;

/** Both rules of the contract for one customer, with their numbers. Undefined sums: it has no record of these weeks. */
export function judgeCalling(
  sums: CallingSums | undefined,
  { weeks, judged, policy }: { weeks: Weeks; judged: Judged; policy: QualityPolicy },
): Verdict {
  const quality = judged.quality === null ? null : qualityOf(sums, weeks, judged.quality);
  const use = judged.use === null ? null : usageOf(sums, weeks, judged.use);
  const anomalies: CallingAnomaly[] = [];
  if (quality !== null && quality.verdict.poorShare !== null && quality.verdict.limit !== null && quality.weeks > 0) {
    const { week, poorShare, limit, knownLegs } = quality.verdict;
    const since = plusDays(week, -7 * (quality.weeks - 1));
    anomalies.push({ kind: 'quality_spike', since, week, poorShare, limit, knownLegs, policy });
  }
  if (use !== null && use.verdict.usual !== null && use.weeks > 0) {
    const { week, legs, usual } = use.verdict;
    const { legs: usualLegs, lowDays, usedDays } = usual;
    const since = plusDays(week, -7 * (use.weeks - 1));
    anomalies.push({ kind: 'falling_use', since, week, legs, usualLegs, lowDays, usedDays });
  }
  return { quality: quality?.verdict ?? null, use: use?.verdict ?? null, anomalies };
}

function qualityOf(sums: CallingSums | undefined, weeks: Weeks, week: number) {
  const weekly = (of: readonly number[]): number[] =>
    Array.from({ length: weeks.days / 7 }, (_, at) =>
      of.slice(7 * at, 7 * at + 7).reduce((sum, value) => sum + value, 0),
    );
  const [good, poor] = [weekly(sums?.good ?? []), weekly(sums?.poor ?? [])];
  const known = good.map((legs, at) => legs + (poor[at] ?? 0));
  const shares = known.map((legs, at) => (legs === 0 ? null : (100 * (poor[at] ?? 0)) / legs));
  const verdict = {
    week: firstDayOf(weeks, week),
    poorShare: shares[week] ?? null,
    limit: spikeLimit(shares, week),
    knownLegs: known[week] ?? 0,
    isSpike: isSpike(shares, known, week),
  };
  return { verdict, weeks: weeksInARow(week, (at) => isSpike(shares, known, at)) };
}

function usageOf(sums: CallingSums | undefined, weeks: Weeks, week: number) {
  const daily = sums?.legs ?? [];
  const usual = weekOfUse(daily, week);
  const first = firstDayOf(weeks, week);
  const verdict = {
    week: first,
    legs: daily.slice(7 * week, 7 * week + 7).reduce((sum, legs) => sum + legs, 0),
    usual: usual && {
      legs: usual.usualLegs,
      usedDays: usual.usedDays,
      lowDays: usual.lowDays,
      days: usual.days.map((day, at) => ({ day: plusDays(first, at), ...day })),
    },
    isFalling: usual?.isFalling === true,
  };
  return { verdict, weeks: weeksInARow(week, (at) => weekOfUse(daily, at)?.isFalling === true) };
}
