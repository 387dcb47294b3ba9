import { explainEmpty, getCustomerFreshness, listFreshness } from '@hub/contract/freshness';
import type { CustomerId } from '@hub/contract/ids';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

type ListQuestion = Omit<Given<typeof listFreshness>['query'], 'after' | 'limit'>;

const noPage: string | null = null;

export function freshnessQuery(question: ListQuestion) {
  return infiniteQueryOptions({
    queryKey: ['freshness', 'list', question],
    queryFn: ({ signal, pageParam }) =>
      call(
        listFreshness,
        { query: { ...question, limit: 200, ...(pageParam === null ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function coverageQuery(customerId: CustomerId) {
  return queryOptions({
    queryKey: ['freshness', 'customer', customerId],
    queryFn: ({ signal }) => call(getCustomerFreshness, { params: { customerId }, query: {} }, signal),
  });
}

export function whyEmptyQuery(question: Given<typeof explainEmpty>['query']) {
  return queryOptions({
    queryKey: ['freshness', 'why', question],
    queryFn: ({ signal }) => call(explainEmpty, { query: question }, signal),
  });
}
