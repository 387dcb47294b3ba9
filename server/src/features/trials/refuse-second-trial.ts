import { type Product, productNames } from '@hub/contract/products';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { hasEnded } from '../subscriptions/index.ts';
import { findOpenTrialOf } from './trials-queries.ts';

/** A customer tries a product once at a time (DOMAIN 3); what has ended is in nobody's way. Throws trial_of_product_open. */
export async function refuseSecondTrial(
  tx: TenantTx,
  trial: { id: string; customerId: string; endsOn: string; lines: readonly { product: Product }[] },
  today: string,
): Promise<void> {
  if (hasEnded(trial, today)) return;
  const { id: except, customerId } = trial;
  const products = trial.lines.map(({ product }) => product);
  const other = await findOpenTrialOf(tx, { customerId, products, today, except });
  if (other)
    throw new HubError('trial_of_product_open', { product: productNames[other.product], reference: other.reference });
}
