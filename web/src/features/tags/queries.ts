import {
  listTags,
  setCustomerTags,
  setSubscriptionTags,
  type TagGiven,
  type TagKind,
} from '@hub/contract/customer-tags';
import { CustomerId, SubscriptionId } from '@hub/contract/ids';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export function tagsQuery(kind: TagKind) {
  return queryOptions({
    queryKey: ['tags', kind],
    queryFn: ({ signal }) => call(listTags, { query: { kind } }, signal),
  });
}

/** Replaces the tags of a customer or of a subscription. */
export function useSetTags(kind: TagKind, holderId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tags: TagGiven[]) =>
      kind === 'customer'
        ? call(setCustomerTags, { params: { customerId: CustomerId.parse(holderId) }, body: { tags } })
        : call(setSubscriptionTags, { params: { subscriptionId: SubscriptionId.parse(holderId) }, body: { tags } }),
    onSuccess: () => client.invalidateQueries(),
  });
}
