import { getReconciliation, listReconciliationRows } from '@hub/contract/reconciliation';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { RegionCode } from '@hub/contract/regions';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import type { ReconciliationSearch } from './search.ts';

export type Reconciliation = ReplyOf<typeof getReconciliation>;
export type RowsPage = ReplyOf<typeof listReconciliationRows>;

const family = 'reconciliation';
const noPage: string | null = null;
const pageRows = 100;

const given = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );

export function headerQuery(region: RegionCode | 'all', { product, filter }: ReconciliationSearch) {
  const query = given({ region: region === 'all' ? undefined : region, product, filter });
  return queryOptions({
    queryKey: [family, 'header', query],
    queryFn: ({ signal }) => call(getReconciliation, { query }, signal),
    placeholderData: keepPreviousData,
  });
}

/** The query of the table, for the page and for its export. */
export function rowsQuestion(
  region: RegionCode,
  { product, filter, finding, q, sort, order }: ReconciliationSearch,
): { region: RegionCode } & Record<string, string> {
  return { ...given({ product, filter, findings: finding, q, sort, order }), region };
}

export function rowsQuery(region: RegionCode, search: ReconciliationSearch) {
  const question = rowsQuestion(region, search);
  return infiniteQueryOptions({
    queryKey: [family, 'rows', question],
    queryFn: ({ signal, pageParam }) =>
      call(
        listReconciliationRows,
        { query: { ...question, limit: pageRows, ...(pageParam === null ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
    placeholderData: (before, query) =>
      (query?.queryKey[2] as { region?: string } | undefined)?.region === region ? before : undefined,
  });
}
