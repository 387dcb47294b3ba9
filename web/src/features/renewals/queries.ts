import type { ReplyOf } from '@hub/contract/endpoint';
import type { PersonId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import {
  changeRenewal,
  getRenewal,
  getRenewalTotals,
  listRenewalOwners,
  listRenewals,
  type RenewalRow,
  type RenewalWork,
  tryRenewals,
} from '@hub/contract/renewals';
import { type InfiniteData, infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';
import type { RenewalsSearch } from './renewals-search.ts';

export type RenewalsPage = ReplyOf<typeof listRenewals>;
export type Tried = ReplyOf<typeof tryRenewals>;

const family = 'renewals';
const noPage: string | null = null;
const given = <Value>(name: string, value: Value | undefined) => (value === undefined ? {} : { [name]: value });

const narrowed = ({ filter, stage, owner }: RenewalsSearch) => ({
  ...given('filter', filter === '' ? undefined : filter),
  ...given('stage', stage),
  ...given('owner', owner as PersonId | undefined), // its form was looked at when the address was read
});

/** The question of the list, for the page, its export and its what-if. */
export const listQuestion = (region: RegionCode, search: RenewalsSearch) => ({
  region,
  ...narrowed(search),
  ...given('urgency', search.urgency),
});

export const sortedQuestion = (region: RegionCode, search: RenewalsSearch) => ({
  ...listQuestion(region, search),
  ...given('sort', search.sort),
  ...given('order', search.order),
});

const pageRows = 50;

export function rowsQuery(region: RegionCode, search: RenewalsSearch) {
  const question = sortedQuestion(region, search);
  return infiniteQueryOptions({
    queryKey: [family, 'rows', question],
    queryFn: ({ signal, pageParam }) => {
      const query: Given<typeof listRenewals>['query'] = {
        ...question,
        limit: pageRows,
        ...given('after', pageParam ?? undefined),
      };
      return call(listRenewals, { query }, signal);
    },
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
  });
}

export function totalsQuery(region: RegionCode | 'all', search: RenewalsSearch) {
  const query = { ...(region === 'all' ? {} : { region }), ...narrowed(search) };
  return queryOptions({
    queryKey: [family, 'totals', query],
    queryFn: ({ signal }) => call(getRenewalTotals, { query }, signal),
  });
}

/** Of a customer those who see it; else all. */
export function ownersQuery(customerId?: RenewalRow['customerId']) {
  const query = given('customerId', customerId);
  return queryOptions({
    queryKey: [family, 'owners', query],
    queryFn: ({ signal }) => call(listRenewalOwners, { query }, signal),
  });
}

export const renewalQuery = (subscriptionId: RenewalRow['subscriptionId']) =>
  queryOptions({
    queryKey: [family, 'one', subscriptionId],
    queryFn: ({ signal }) => call(getRenewal, { params: { subscriptionId } }, signal),
  });

export function triedQuery(
  region: RegionCode,
  search: RenewalsSearch,
  change: { seatsPercent: number; pricePercent: number },
) {
  const query = { ...listQuestion(region, search), ...change };
  return queryOptions({
    queryKey: [family, 'tried', query],
    queryFn: ({ signal }) => call(tryRenewals, { query }, signal),
  });
}

/** What may be written down of a term. */
export type WorkChange = Partial<Pick<RenewalWork, 'stage' | 'note' | 'noticeDays' | 'owner'>>;

export function putWork(
  subscriptionId: RenewalRow['subscriptionId'],
  seen: RenewalWork,
  change: WorkChange,
): Promise<RenewalWork> {
  const { stage, owner, note, noticeDays, termEndsOn, version } = { ...seen, ...change };
  const body = { stage, ownerId: owner?.personId ?? null, note, noticeDays, termEndsOn, version };
  return call(changeRenewal, { params: { subscriptionId }, body });
}

export const readWork = async (subscriptionId: RenewalRow['subscriptionId']): Promise<RenewalWork | null> =>
  (await call(getRenewal, { params: { subscriptionId } })).work;

/** Rows stay where they are until the list is asked anew: none moves away under the hand that works on it. */
export function keepWork(client: QueryClient, row: RenewalRow, work: RenewalWork): void {
  client.setQueriesData<InfiniteData<RenewalsPage>>({ queryKey: [family, 'rows'] }, (before) =>
    before === undefined ? before : { ...before, pages: before.pages.map((page) => withWork(page, row, work)) },
  );
  void client.invalidateQueries({ queryKey: renewalQuery(row.subscriptionId).queryKey });
  // Of another notice follows another last day, and perhaps another urgency.
  if (work.noticeDays === row.work.noticeDays) return;
  void client.invalidateQueries({ queryKey: [family, 'rows'] });
  void client.invalidateQueries({ queryKey: [family, 'totals'] });
}

const withWork = (page: RenewalsPage, { subscriptionId }: RenewalRow, work: RenewalWork): RenewalsPage => ({
  ...page,
  rows: page.rows.map((row) => (row.subscriptionId === subscriptionId ? { ...row, work } : row)),
});

export const askAnew = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: [family] });
