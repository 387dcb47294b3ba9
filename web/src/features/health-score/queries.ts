import { getCustomerHealth, getHealthTotals, type HealthSort, listHealthScores } from '@hub/contract/health-score';
import type { CustomerId } from '@hub/contract/ids';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { RegionCode } from '@hub/contract/regions';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export type CustomerHealth = ReplyOf<typeof getCustomerHealth>;

const family = 'health-score';
const noPage: string | null = null;
const pageRows = 100;

export const customerHealthQuery = (customerId: CustomerId) =>
  queryOptions({
    queryKey: [family, 'customer', customerId],
    queryFn: ({ signal }) => call(getCustomerHealth, { params: { customerId } }, signal),
  });

/** Of all regions. */
export const healthTotalsQuery = (filter: string | undefined) =>
  queryOptions({
    queryKey: [family, 'totals', filter],
    queryFn: ({ signal }) => call(getHealthTotals, { query: filter === undefined ? {} : { filter } }, signal),
  });

export interface HealthQuestion {
  region: RegionCode;
  filter?: string | undefined;
  q?: string | undefined;
  sort: HealthSort;
  order: 'asc' | 'desc';
}

export function healthQuery({ region, filter, q, sort, order }: HealthQuestion) {
  const question = {
    region,
    sort,
    order,
    ...(filter === undefined ? {} : { filter }),
    ...(q === undefined ? {} : { q }),
  };
  return infiniteQueryOptions({
    queryKey: [family, 'list', question],
    queryFn: ({ signal, pageParam }) =>
      call(
        listHealthScores,
        { query: { ...question, limit: pageRows, ...(pageParam === null ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
    placeholderData: (before, query) =>
      (query?.queryKey[2] as { region?: string } | undefined)?.region === region ? before : undefined,
  });
}
