import type { ReplyOf } from '@hub/contract/endpoint';
import {
  getLicenseTrend,
  getSubscriptionAnalytics,
  type HeadlineKey,
  listCountedCustomers,
  listSubscriptionRows,
  listTrendMoves,
} from '@hub/contract/subscription-analytics';
import type { Section } from '@hub/contract/subscription-metrics';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';
import type { TrendWeeks } from './analytics-search.ts';
import type { RegionScope, Scope } from './scope.ts';
import type { TableChoices } from './table-choices.ts';

export type Analytics = ReplyOf<typeof getSubscriptionAnalytics>;
export type Trend = ReplyOf<typeof getLicenseTrend>;
export type RowsPage = ReplyOf<typeof listSubscriptionRows>;

const family = 'subscription-analytics';
const noPage: string | null = null;
const given = <Value>(name: string, value: Value | undefined) => (value === undefined ? {} : { [name]: value });

const ofProduct = ({ region, product, filter }: Scope) => ({
  ...(region === 'all' ? {} : { region }),
  product,
  ...given('filter', filter),
});
const every = ({ everyProduct }: Scope) => (everyProduct ? { everyProduct: 'true' } : {});

export function analyticsQuery(scope: Scope) {
  return queryOptions({
    queryKey: [family, 'cards', scope],
    queryFn: ({ signal }) =>
      call(getSubscriptionAnalytics, { query: { ...ofProduct(scope), ...every(scope) } }, signal),
    // While another product is asked for, the header stays: it is about Calling and Meetings whatever the toggle says.
    placeholderData: (before, query) =>
      isSame(query?.queryKey, scope, ['region', 'filter', 'everyProduct']) ? before : undefined,
  });
}

/** Whether an answer before told of the same: its words stay true meanwhile. */
function isSame(key: readonly unknown[] | undefined, scope: Scope, parts: readonly (keyof Scope)[]): boolean {
  const before = key?.[2] as Scope | undefined; // the key that these queries are given
  return before !== undefined && parts.every((part) => before[part] === scope[part]);
}

export function trendQuery(scope: Scope, weeks: TrendWeeks, bucket: 'week' | 'day') {
  return queryOptions({
    queryKey: [family, 'trend', scope.region, scope.product, scope.filter, weeks, bucket],
    queryFn: ({ signal }) => call(getLicenseTrend, { query: { ...ofProduct(scope), weeks, bucket } }, signal),
  });
}

/** The query of a table, for the page and for its export. */
export function rowsQuestion(scope: RegionScope, section: Section, { sort, order, group, kind, q }: TableChoices) {
  return {
    ...ofProduct(scope),
    region: scope.region,
    section,
    ...given('sort', sort),
    ...given('order', order),
    ...given('group', group),
    ...given('kind', kind),
    ...given('q', q),
  };
}

const pageRows = 100;

export function rowsQuery(scope: RegionScope, section: Section, choices: TableChoices) {
  const question = rowsQuestion(scope, section, choices);
  return infiniteQueryOptions({
    queryKey: [family, 'rows', scope, question],
    queryFn: ({ signal, pageParam }) => {
      const query: Given<typeof listSubscriptionRows>['query'] = {
        ...question,
        limit: pageRows,
        ...given('after', pageParam ?? undefined),
      };
      return call(listSubscriptionRows, { query }, signal);
    },
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
    placeholderData: (before, query) =>
      isSame(query?.queryKey, scope, ['region', 'filter', 'product']) ? before : undefined,
  });
}

export function countedQuery(scope: RegionScope, kpi: HeadlineKey, q: string) {
  const asked = {
    region: scope.region,
    kpi,
    ...given('filter', scope.filter),
    ...every(scope),
    ...(q === '' ? {} : { q }),
  };
  return infiniteQueryOptions({
    queryKey: [family, 'counted', asked],
    queryFn: ({ signal, pageParam }) =>
      call(listCountedCustomers, { query: { ...asked, ...given('after', pageParam ?? undefined) } }, signal),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
  });
}

export interface MovesAsked {
  bucket: 'week' | 'day';
  from: string;
  sort: 'name' | 'ordered' | 'assigned' | 'used' | 'available';
  q: string;
}

export function movesQuery(scope: RegionScope, { q, ...moves }: MovesAsked) {
  const asked = { ...ofProduct(scope), region: scope.region, ...moves, ...(q === '' ? {} : { q }) };
  return infiniteQueryOptions({
    queryKey: [family, 'moves', asked],
    queryFn: ({ signal, pageParam }) =>
      call(listTrendMoves, { query: { ...asked, ...given('after', pageParam ?? undefined) } }, signal),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
  });
}
