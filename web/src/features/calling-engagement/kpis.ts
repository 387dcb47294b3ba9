import type { Kpi } from '@hub/contract/calling-engagement';
import type { MetricKey } from '@hub/contract/metrics';
import { freshRows, type EngagementSearch } from './engagement-search.ts';
import type { Scope } from './scope.ts';

/** The table that its rows stand in, those that count most first. */
export const rowsOf = (
  { key, view }: { key: MetricKey; view: Kpi['view'] },
  search: EngagementSearch,
): EngagementSearch => ({
  ...search,
  ...freshRows,
  view,
  sort: key,
  sortBy: 'last',
  order: 'desc',
});

/** Who is in a band of use: customers with the most of it, or the users of the one that is open by their legs. Who had none has no row. */
export function rowsOfBand(key: MetricKey, scope: Scope, search: EngagementSearch): EngagementSearch | null {
  if (scope.region === 'all') return null;
  const most = { ...search, ...freshRows, view: 'usage', order: 'desc' } as const;
  if (scope.customerId === undefined) return { ...most, sort: key };
  return key === 'usersNone' ? null : { ...most, rows: 'user', sort: 'callLegs' };
}
