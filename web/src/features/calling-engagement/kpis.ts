import type { Kpi } from '@hub/contract/calling-engagement';
import { freshRows, type EngagementSearch } from './engagement-search.ts';

/** The table that its rows stand in, those that count most first. */
export const rowsOf = ({ key, view }: Kpi, search: EngagementSearch): EngagementSearch => ({
  ...search,
  ...freshRows,
  view,
  sort: key,
  sortBy: 'last',
  order: 'desc',
});
