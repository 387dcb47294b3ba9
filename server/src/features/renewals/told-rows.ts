import type { RegionCode } from '@hub/contract/regions';
import { forecastAsIs, nextTermMonths, type RenewalProduct } from '@hub/contract/renewal-forecast';
import { daysFrom, lastDayToReduce, urgencyOf } from '@hub/contract/renewal-rules';
import type { RenewalRow, RenewalWork } from '@hub/contract/renewals';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { type AssignedNow, findAssignedNow } from '../subscription-analytics/index.ts';
import { findHeld, type HeldProduct, type RenewalFacts } from './renewal-queries.ts';
import { blankWork } from './blank-work.ts';
import { findWork } from './work-queries.ts';

/** What the directory says of a renewal, before its region is asked what is assigned. */
export interface HeldRenewal {
  facts: RenewalFacts;
  held: readonly HeldProduct[];
  work: RenewalWork;
}

export async function holdRenewals(tx: TenantTx, found: readonly RenewalFacts[]): Promise<HeldRenewal[]> {
  const ids = found.map(({ id }) => id);
  const held = await findHeld(tx, ids);
  const work = await findWork(tx, ids);
  return found.map((facts) => ({
    facts,
    held: held.get(facts.id) ?? [],
    work:
      work.get(facts.id)?.find(({ termEndsOn }) => termEndsOn === facts.endsOn) ??
      blankWork(facts.endsOn, facts.noticeDays),
  }));
}

/** Rows as of today, with what is assigned by snapshots; what the directory has of it may be years old (docs/adr/0026-subscription-analytics.md). */
export async function tellRenewals(
  ctx: Ctx,
  renewals: readonly HeldRenewal[],
  { region, today, left }: { region: RegionCode; today: string; left: AbortSignal | undefined },
): Promise<{ rows: RenewalRow[]; hasSnapshots: boolean }> {
  const orgs = [...new Set(renewals.flatMap(({ facts: { org } }) => (org === null ? [] : [org])))];
  const assigned = await findAssignedNow(ctx, region, { day: today, orgs, left });
  return {
    rows: renewals.map((renewal) => rowOf(renewal, today, assigned ?? (() => undefined))),
    hasSnapshots: assigned !== undefined,
  };
}

/** What a customer's row is told by; also without what is assigned, which is in no sum. */
export function rowOf({ facts, held, work }: HeldRenewal, today: string, assigned: AssignedNow): RenewalRow {
  const { id, org, reference, startsOn, recordedEnd, endsOn, autoRenews, termMonths } = facts;
  const products = held.map((own): RenewalProduct => {
    const now = org === null ? undefined : assigned({ org, subscription: reference, product: own.product });
    return { ...own, assigned: now?.assigned ?? null, assignedAsOf: now?.asOf ?? null };
  });
  const term = { endsOn, autoRenews, noticeDays: work.noticeDays };
  const months = nextTermMonths(termMonths, { from: startsOn, to: recordedEnd });
  const urgency = urgencyOf(term, today);
  if (urgency === undefined) throw new Error(`Subscription ${id} was found, and is none of the workbench.`);
  return {
    // Branded when they were written.
    subscriptionId: id as RenewalRow['subscriptionId'],
    reference,
    customerId: facts.customerId as RenewalRow['customerId'],
    customerName: facts.customerName,
    urgency,
    endsOn,
    autoRenews,
    daysUntil: daysFrom(today, endsOn),
    lastDayToReduce: lastDayToReduce(term),
    nextTermMonths: months,
    products,
    forecast: forecastAsIs({ ...term, products, nextTermMonths: months }),
    work,
  };
}

/** Whether a product of it is in no forecast. */
export const isUnpriced = ({ products }: Pick<RenewalRow, 'products'>): boolean =>
  products.length === 0 || products.some(({ price }) => price === null);
