import type { RowSums } from '@hub/contract/subscription-analytics';
import type { Section, SubscriptionMetricKey } from '@hub/contract/subscription-metrics';
import { useInfiniteQuery } from '@tanstack/react-query';
import { rowsQuery } from './queries.ts';
import type { RegionScope } from './scope.ts';
import type { TableChoices } from './table-choices.ts';

/** The two sums that a share or an average divides. */
export interface Base {
  part: number;
  whole: number;
}

const parts: Partial<Record<SubscriptionMetricKey, readonly ['assigned' | 'used' | 'over', 'total' | 'customers']>> = {
  expiringAssignment: ['assigned', 'total'],
  expiringUsage: ['used', 'total'],
  renewingAssignment: ['assigned', 'total'],
  renewingUsage: ['used', 'total'],
  lowAssignment: ['assigned', 'total'],
  overAverage: ['over', 'customers'],
};

export type BaseOf = (key: SubscriptionMetricKey, value: number | null) => Base | undefined;

/** What stands behind the shares of a section, by the sums of its rows; it asks what the table asks. */
export function useBases(section: Section, scope: RegionScope, choices: TableChoices): BaseOf {
  const isWhole = choices.q === undefined && choices.kind === undefined;
  const { data, isPlaceholderData } = useInfiniteQuery({ ...rowsQuery(scope, section, choices), enabled: isWhole });
  const sums = isWhole && !isPlaceholderData ? data?.pages[0]?.sums : undefined;
  return (key, value) => (sums === undefined || value === null ? undefined : baseOf(key, value, sums));
}

/** Where some rows lack a figure, the sums of all rows are not those of the share: then there is none. */
export function baseOf(key: SubscriptionMetricKey, value: number, sums: RowSums): Base | undefined {
  const [of, by] = parts[key] ?? [];
  const part = of === undefined ? null : sums[of];
  if (part === null || by === undefined || sums[by] === 0) return undefined;
  const quotient = (by === 'total' ? 100 : 1) * (part / sums[by]);
  return Math.abs(quotient - value) < 0.01 ? { part, whole: sums[by] } : undefined;
}
