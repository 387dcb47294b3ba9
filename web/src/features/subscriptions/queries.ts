import type { ReplyOf } from '@hub/contract/endpoint';
import type { CustomerId, SubscriptionId } from '@hub/contract/ids';
import {
  changeSubscription,
  createSubscription,
  listSubscriptions,
  removeSubscription,
  type SubscriptionTerms,
} from '@hub/contract/subscriptions';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';

export type SubscriptionListed = ReplyOf<typeof listSubscriptions>['items'][number];

export function subscriptionsQuery(customerId: CustomerId) {
  return queryOptions({
    queryKey: ['customer', customerId, 'subscriptions'],
    queryFn: ({ signal }) => call(listSubscriptions, { params: { customerId } }, signal),
  });
}

/** Every write changes the customer's statuses, sums and activity: all that is shown is asked anew. */
export function useSaveSubscription(customerId: CustomerId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({
      terms,
      changed,
    }: {
      terms: SubscriptionTerms;
      changed: { id: SubscriptionId; version: number } | null;
    }) =>
      changed === null
        ? call(createSubscription, { params: { customerId }, body: terms })
        : call(changeSubscription, {
            params: { subscriptionId: changed.id },
            body: { ...terms, version: changed.version },
          }),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useRemoveSubscription() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (subscriptionId: SubscriptionId) => call(removeSubscription, { params: { subscriptionId } }),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** As it is at this moment; undefined where somebody has removed it. */
export function useSubscriptionNow(customerId: CustomerId) {
  return async (id: SubscriptionId) => {
    const { items } = await call(listSubscriptions, { params: { customerId } });
    return items.find((subscription) => subscription.id === id);
  };
}
