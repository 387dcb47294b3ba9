import {
  changeCustomerTags,
  changeSubscriptionTags,
  changeTag,
  listTags,
  mergeTag,
  removeTag,
  restoreTag,
  type TagGiven,
  type TagKind,
} from '@hub/contract/customer-tags';
import { CustomerId, SubscriptionId, type TagId } from '@hub/contract/ids';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';

export function tagsQuery(kind: TagKind) {
  return queryOptions({
    queryKey: ['tags', kind],
    queryFn: ({ signal }) => call(listTags, { query: { kind } }, signal),
  });
}

/** Gives a customer or a subscription tags and takes others away; what others did meanwhile stays. */
export function useChangeTags(kind: TagKind, holderId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { add?: TagGiven[]; remove?: TagId[] }) =>
      kind === 'customer'
        ? call(changeCustomerTags, { params: { customerId: CustomerId.parse(holderId) }, body })
        : call(changeSubscriptionTags, { params: { subscriptionId: SubscriptionId.parse(holderId) }, body }),
    // Also after a refusal: what is shown may be older than what refused it.
    onSettled: () => client.invalidateQueries(),
  });
}

// A tag stands on customers, in lists and filters: after a write all that is shown is asked anew.

export function useChangeTag() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<typeof changeTag>) => call(changeTag, given),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useMergeTag() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (given: Given<typeof mergeTag>) => call(mergeTag, given),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useRemoveTag() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tagId: TagId) => call(removeTag, { params: { tagId } }),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Takes back a removal or a merge. */
export function useRestoreTag() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (tagId: TagId) => call(restoreTag, { params: { tagId } }),
    onSettled: () => client.invalidateQueries(),
  });
}
