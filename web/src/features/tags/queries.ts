import {
  changeCustomerTags,
  changeSubscriptionTags,
  listTags,
  type TagGiven,
  type TagKind,
} from '@hub/contract/customer-tags';
import { CustomerId, SubscriptionId, type TagId } from '@hub/contract/ids';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

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
