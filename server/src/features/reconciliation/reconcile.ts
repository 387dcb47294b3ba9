import type { CustomerId, SubscriptionId } from '@hub/contract/ids';
import type { Product } from '@hub/contract/products';
import type { ReconciliationRow } from '@hub/contract/reconciliation';
import { type Billing, findingOf, licensesAtStake, moneyOf, unitPriceOf } from '@hub/contract/reconciliation-rules';
import type { RegionLines } from '../subscription-analytics/index.ts';
import type { BilledSubscription } from './reconciliation-queries.ts';
import type { RegionBilling } from './region-billing.ts';

type Reason = ReconciliationRow['reason'];
type Held = Pick<ReconciliationRow, 'bought' | 'isBoughtFromSnapshot' | 'assigned' | 'asOf'>;
type Of = Pick<ReconciliationRow, 'customerId' | 'customerName' | 'subscriptionId' | 'reference' | 'product'>;

const nothingHeld: Held = { bought: 0, isBoughtFromSnapshot: false, assigned: null, asOf: null };

/** What is held and what is billed, side by side. `others` are the subscriptions that are billed today and do not run. */
export function reconcile(
  { contracts, lines, day }: Pick<RegionLines, 'contracts' | 'lines' | 'day'>,
  billing: RegionBilling,
  others: readonly BilledSubscription[],
): ReconciliationRow[] {
  const isBillingKnown = billing.size > 0;
  const held = lines
    .filter(({ contract }) => contract.kind === 'subscription')
    .map(({ contract, product, total, isTotalFromSnapshot, assigned, asOf }) => {
      const own = billing.get(contract.id)?.get(product);
      return rowOf(
        ofContract(contract, product),
        { bought: total, isBoughtFromSnapshot: isTotalFromSnapshot, assigned, asOf },
        { billing: own, isKnown: isBillingKnown, reason: reasonOf(own, isBillingKnown) },
      );
    });
  const unheld = contracts
    .filter(({ kind }) => kind === 'subscription')
    .flatMap((contract) => {
      const isRecorded = contract.held.length > 0;
      const products = new Set(contract.held.map(({ product }) => product));
      return billedToday(billing.get(contract.id))
        .filter(([product]) => !products.has(product))
        .map(([product, own]) =>
          rowOf(ofContract(contract, product), isRecorded ? nothingHeld : { ...nothingHeld, bought: null }, {
            billing: own,
            isKnown: true,
            reason: isRecorded ? 'not_held' : 'no_products',
          }),
        );
    });
  const ended = others.flatMap(({ id, reference, startsOn, customerId, customerName }) =>
    billedToday(billing.get(id)).map(([product, own]) =>
      rowOf(
        {
          customerId: customerId as CustomerId,
          customerName,
          subscriptionId: id as SubscriptionId,
          reference,
          product,
        },
        nothingHeld,
        { billing: own, isKnown: true, reason: startsOn > day ? 'not_begun' : 'ended' },
      ),
    ),
  );
  return [...held, ...unheld, ...ended];
}

/** Of what is not held a period of the past is no finding; neither is what credits have taken away. */
export const billedToday = (billings: ReadonlyMap<Product, Billing> | undefined): [Product, Billing][] =>
  [...(billings ?? [])].filter(([, { standing, billed }]) => standing === 'current' && billed > 0);

const ofContract = ({ id, reference, customer }: RegionLines['contracts'][number], product: Product): Of => ({
  // Branded when they were written.
  customerId: customer.id as CustomerId,
  customerName: customer.name,
  subscriptionId: id as SubscriptionId,
  reference,
  product,
});

function reasonOf(billing: Billing | undefined, isKnown: boolean): Reason {
  if (!isKnown) return 'no_invoices';
  if (billing === undefined) return 'never';
  if (billing.standing === 'stopped') return 'stopped';
  return billing.billed <= 0 && billing.isCredited ? 'credited' : null;
}

function rowOf(
  of: Of,
  held: Held,
  { billing, isKnown, reason }: { billing: Billing | undefined; isKnown: boolean; reason: Reason },
): ReconciliationRow {
  const billed = isKnown ? (billing?.billed ?? 0) : null;
  const { bought, assigned } = held;
  const quantities = { bought, assigned, billed };
  const finding = findingOf(quantities);
  const stake = licensesAtStake(quantities);
  const price = billing?.price ?? null;
  return {
    key: `${of.subscriptionId} ${of.product}`,
    ...of,
    finding,
    reason: isTelling(finding) ? reason : null,
    ...held,
    billed,
    billing: billing
      ? { standing: billing.standing, from: billing.from, to: billing.to, monthly: billing.monthly }
      : null,
    unitPrice: price === null ? null : { currency: price.currency, amount: unitPriceOf(price) },
    billedLessBought: less(billed, bought),
    assignedLessBought: less(assigned, bought),
    billedLessAssigned: less(billed, assigned),
    money: price === null || stake === null ? null : { currency: price.currency, amount: moneyOf(stake, price) },
  };
}

/** Where there is nothing or no comparison it is told why; of two numbers that differ they tell it themselves. */
const isTelling = (finding: ReconciliationRow['finding']): boolean =>
  finding === 'bought_not_billed' || finding === 'billed_not_bought' || finding === 'not_comparable';

const less = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);
