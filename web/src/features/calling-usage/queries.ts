import { getCallPath } from '@hub/contract/call-path';
import { getCallingUsage, getCallingUsageByRegion, getCallLeg, listCallLegs } from '@hub/contract/calling-usage';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

type UsageQuestion = Omit<Given<typeof getCallingUsage>['query'], 'after' | 'limit'>;
type LegsQuestion = Omit<Given<typeof listCallLegs>['query'], 'after' | 'limit'>;
type RegionsQuestion = Given<typeof getCallingUsageByRegion>['query'];

const pageRows = 200;

export function usageQuery(question: UsageQuestion) {
  return infiniteQueryOptions({
    queryKey: ['usage', question],
    queryFn: ({ signal, pageParam }) =>
      call(
        getCallingUsage,
        { query: { ...question, limit: pageRows, ...(pageParam === null ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function regionsQuery(question: RegionsQuestion) {
  return queryOptions({
    queryKey: ['usage', 'regions', question],
    queryFn: ({ signal }) => call(getCallingUsageByRegion, { query: question }, signal),
    placeholderData: keepPreviousData,
  });
}

export function legsQuery(question: LegsQuestion) {
  return infiniteQueryOptions({
    queryKey: ['legs', question],
    queryFn: ({ signal, pageParam }) =>
      call(
        listCallLegs,
        { query: { ...question, limit: pageRows, ...(pageParam === null ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function legQuery(given: Given<typeof getCallLeg>) {
  return queryOptions({
    queryKey: ['legs', 'one', given],
    queryFn: ({ signal }) => call(getCallLeg, given, signal),
  });
}

export function pathQuery(given: Given<typeof getCallPath>) {
  return queryOptions({
    queryKey: ['legs', 'path', given],
    queryFn: ({ signal }) => call(getCallPath, given, signal),
  });
}

const noPage: string | null = null;
