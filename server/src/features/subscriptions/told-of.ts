import type { Subscription } from '@hub/contract/subscriptions';
import type { StoredSubscription } from './subscriptions-queries.ts';

/** What the contract names, without the days that only statuses tell. */
export const toldOf = (stored: StoredSubscription): Subscription => ({
  id: stored.id,
  customerId: stored.customerId,
  reference: stored.reference,
  startsOn: stored.startsOn,
  endsOn: stored.endsOn,
  termMonths: stored.termMonths,
  autoRenews: stored.autoRenews,
  paymentState: stored.paymentState,
  setupState: stored.setupState,
  setupNote: stored.setupNote,
  lines: stored.lines.map(({ product, ordered, assigned }) => ({ product, ordered, assigned })),
  version: stored.version,
});
