import { deleteCustomerData, deletePersonData, findPersonData, getCustomerData } from '@hub/contract/deletions';
import {
  changeCustomer,
  getCustomer,
  listStatusHistory,
  mergeCustomer,
  previewMerge,
  recordSignIn,
} from '@hub/contract/customers';
import type { CustomerId } from '@hub/contract/ids';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

export function customerQuery(customerId: CustomerId) {
  return queryOptions({
    queryKey: ['customer', customerId],
    queryFn: ({ signal }) => call(getCustomer, { params: { customerId } }, signal),
  });
}

export function statusHistoryQuery(customerId: CustomerId) {
  return queryOptions({
    queryKey: ['customer', customerId, 'status-history'],
    queryFn: ({ signal }) => call(listStatusHistory, { params: { customerId } }, signal),
  });
}

// A customer stands in lists, numbers and the log: after a write all that is shown is asked anew.

export function useChangeCustomer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<typeof changeCustomer>) => call(changeCustomer, given),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function mergePreviewQuery(customerId: CustomerId, otherCustomerId: CustomerId) {
  return queryOptions({
    queryKey: ['customer', customerId, 'merge', otherCustomerId],
    queryFn: ({ signal }) => call(previewMerge, { params: { customerId }, query: { otherCustomerId } }, signal),
  });
}

export function useMergeCustomer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<typeof mergeCustomer>) => call(mergeCustomer, given),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useRecordSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<typeof recordSignIn>) => call(recordSignIn, given),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** What there is of a customer, asked anew each time: somebody is about to delete it. */
export const customerDataQuery = (customerId: CustomerId) =>
  queryOptions({
    queryKey: ['customer', customerId, 'data'],
    queryFn: ({ signal }) => call(getCustomerData, { params: { customerId } }, signal),
    staleTime: 0,
    gcTime: 0,
  });

export function useDeleteData() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<typeof deleteCustomerData>) => call(deleteCustomerData, given),
    onSuccess: () => client.invalidateQueries({ queryKey: ['deletions'] }),
  });
}

/** Asks only: a person's names travel in the body, which no log keeps. */
export function useFindPerson() {
  return useMutation({ mutationFn: (given: Given<typeof findPersonData>) => call(findPersonData, given) });
}

export function useDeletePerson() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<typeof deletePersonData>) => call(deletePersonData, given),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['deletions'] }),
        client.invalidateQueries({ queryKey: ['customer'] }),
      ]),
  });
}
