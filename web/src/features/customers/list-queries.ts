import { listAdministrators } from '@hub/contract/administrators';
import {
  type BulkJob,
  cancelBulkJob,
  listBulkJobs,
  listBulkResults,
  previewBulkJob,
  startBulkJob,
  undoBulkJob,
} from '@hub/contract/bulk-jobs';
import {
  changeCustomerGroup,
  createCustomerGroup,
  listCustomerGroups,
  removeCustomerGroup,
} from '@hub/contract/customer-groups';
import { listTags } from '@hub/contract/customer-tags';
import { type CustomerSort, listCustomerFacet, listCustomers } from '@hub/contract/customers';
import { changeSavedView, createSavedView, removeSavedView, restoreSavedView } from '@hub/contract/saved-views';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

export interface ListQuestion {
  filter: string;
  sort: CustomerSort;
  order: 'asc' | 'desc';
}

const noPage: string | null = null;
const pageRows = 100;

// Keys begin with what they show, so that a change asks anew for all that it may have moved.
const lists = ['customers'] as const;

export function customerListQuery(question: ListQuestion) {
  return infiniteQueryOptions({
    queryKey: [...lists, 'list', question],
    queryFn: ({ signal, pageParam }) =>
      call(
        listCustomers,
        { query: { ...question, limit: pageRows, ...(pageParam === null ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function facetQuery({
  field,
  ...query
}: Given<typeof listCustomerFacet>['params'] & Given<typeof listCustomerFacet>['query']) {
  return queryOptions({
    queryKey: [...lists, 'facet', field, query],
    queryFn: ({ signal }) => call(listCustomerFacet, { params: { field }, query }, signal),
  });
}

export const groupsQuery = queryOptions({
  queryKey: [...lists, 'groups'],
  queryFn: ({ signal }) => call(listCustomerGroups, {}, signal),
});

export const tagsQuery = queryOptions({
  queryKey: [...lists, 'tags'],
  queryFn: ({ signal }) => call(listTags, { query: { kind: 'customer' } }, signal),
});

export const administratorsQuery = queryOptions({
  queryKey: ['administrators'],
  queryFn: ({ signal }) => call(listAdministrators, {}, signal),
});

const isGoing = (job: BulkJob): boolean => job.state === 'queued' || job.state === 'running';

/** One's latest jobs; asked again and again while one of them goes on. */
export const jobsQuery = queryOptions({
  queryKey: ['bulk-jobs'],
  queryFn: ({ signal }) => call(listBulkJobs, {}, signal),
  refetchInterval: (query) => (query.state.data?.items.some(isGoing) === true ? 1000 : false),
});

export function jobResultsQuery(bulkJobId: BulkJob['id']) {
  return infiniteQueryOptions({
    queryKey: ['bulk-jobs', bulkJobId, 'results'],
    queryFn: ({ signal, pageParam }) =>
      call(
        listBulkResults,
        { params: { bulkJobId }, query: { limit: 100, ...(pageParam === null ? {} : { after: pageParam }) } },
        signal,
      ),
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
  });
}

export function previewQuery(body: Given<typeof previewBulkJob>['body']) {
  return queryOptions({
    queryKey: ['bulk-jobs', 'preview', body],
    queryFn: ({ signal }) => call(previewBulkJob, { body }, signal),
    staleTime: 0,
    gcTime: 0,
  });
}

function useInvalidating(...keys: readonly string[]) {
  const client = useQueryClient();
  return () => Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
}

export function useStartJob() {
  return useMutation({
    mutationFn: (body: Given<typeof startBulkJob>['body']) => call(startBulkJob, { body }),
    onSuccess: useInvalidating('bulk-jobs'),
  });
}

export function useCancelJob() {
  return useMutation({
    mutationFn: (bulkJobId: BulkJob['id']) => call(cancelBulkJob, { params: { bulkJobId } }),
    onSettled: useInvalidating('bulk-jobs'),
  });
}

export function useUndoJob() {
  return useMutation({
    mutationFn: (bulkJobId: BulkJob['id']) => call(undoBulkJob, { params: { bulkJobId } }),
    onSettled: useInvalidating('bulk-jobs'),
  });
}

export function useCreateView() {
  return useMutation({
    mutationFn: (body: Given<typeof createSavedView>['body']) => call(createSavedView, { body }),
    onSuccess: useInvalidating('views', 'customers'),
  });
}

export function useChangeView() {
  return useMutation({
    mutationFn: (given: Given<typeof changeSavedView>) => call(changeSavedView, given),
    onSettled: useInvalidating('views', 'customers'),
  });
}

export function useRemoveView() {
  return useMutation({
    mutationFn: (viewId: Given<typeof removeSavedView>['params']['viewId']) =>
      call(removeSavedView, { params: { viewId } }),
    onSettled: useInvalidating('views'),
  });
}

/** The same view, with what everybody chose of it. */
export function useRestoreView() {
  return useMutation({
    mutationFn: (viewId: Given<typeof restoreSavedView>['params']['viewId']) =>
      call(restoreSavedView, { params: { viewId } }),
    onSettled: useInvalidating('views'),
  });
}

export function useCreateGroup() {
  return useMutation({
    mutationFn: (body: Given<typeof createCustomerGroup>['body']) => call(createCustomerGroup, { body }),
    onSuccess: useInvalidating('customers'),
  });
}

export function useChangeGroup() {
  return useMutation({
    mutationFn: (given: Given<typeof changeCustomerGroup>) => call(changeCustomerGroup, given),
    onSettled: useInvalidating('customers'),
  });
}

export function useRemoveGroup() {
  return useMutation({
    mutationFn: (groupId: Given<typeof removeCustomerGroup>['params']['groupId']) =>
      call(removeCustomerGroup, { params: { groupId } }),
    onSettled: useInvalidating('customers'),
  });
}
