import { countCustomers } from '@hub/contract/customers';
import { countSavedViews, listSavedViews } from '@hub/contract/saved-views';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

// What the navigation asks on every page: kept apart from the list's own questions, which come with the list.

export function countQuery(filter: string) {
  return queryOptions({
    queryKey: ['customers', 'count', filter],
    queryFn: ({ signal }) => call(countCustomers, { query: { filter } }, signal),
  });
}

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: ({ signal }) => call(listSavedViews, {}, signal),
});

/** Of the pinned views, as they are now. */
export const viewCountsQuery = queryOptions({
  queryKey: ['customers', 'view-counts'],
  queryFn: ({ signal }) => call(countSavedViews, {}, signal),
  refetchInterval: 60_000,
});
