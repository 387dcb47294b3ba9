import { countCustomers, createCustomer, linkCustomer, listCustomers } from '@hub/contract/customers';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

/** Whether there is anybody beside the partner's own organization. */
export const otherCustomersQuery = queryOptions({
  queryKey: ['customers', 'count', '-managed:own'],
  queryFn: ({ signal }) => call(countCustomers, { query: { filter: '-managed:own' } }, signal),
});

export function customersQuery(query: Given<typeof listCustomers>['query']) {
  return queryOptions({
    queryKey: ['customers', query],
    queryFn: ({ signal }) => call(listCustomers, { query }, signal),
  });
}

export function useCreateCustomer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Given<typeof createCustomer>['body']) => call(createCustomer, { body }),
    onSuccess: () => client.invalidateQueries(), // its held rows enter: lists, imports and usage change
  });
}

export function useLinkCustomer() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<typeof linkCustomer>) => call(linkCustomer, given),
    onSuccess: () => client.invalidateQueries(),
  });
}
