import type { Subscription } from '@hub/contract/subscriptions';
import type { StoredSubscription } from './subscriptions-queries.ts';

/** What the contract names, without the days that only statuses tell. */
export const toldOf = ({ paymentSince: _, setupSince: __, lines, ...terms }: StoredSubscription): Subscription => ({
  ...terms,
  lines: lines.map(({ product, ordered, assigned }) => ({ product, ordered, assigned })),
});
