import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import { sumOfMoney, whatIf } from '@hub/contract/renewal-forecast';
import type * as api from '@hub/contract/renewals';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { askedOf } from './ask-renewals.ts';
import { findRenewals } from './renewal-queries.ts';
import { holdRenewals, isUnpriced, tellRenewals } from './told-rows.ts';

/** What everything on the list would come to with a change. Nothing is stored. Throws region_not_served, filter_invalid, filter_too_long, asker_left. */
export async function tryRenewals(
  ctx: Ctx,
  { region, seatsPercent, pricePercent, ...narrowed }: RequestOf<typeof api.tryRenewals>['query'],
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.tryRenewals>> {
  requirePermission(ctx, 'subscriptions.read');
  const { today, found } = await inTenant(ctx, async (tx) => {
    const asked = await askedOf(tx, ctx, narrowed, [region]);
    const all = await findRenewals(tx, { ...asked, sort: 'endsOn', order: 'asc' });
    return { today: asked.today, found: await holdRenewals(tx, all) };
  });
  const { rows, hasSnapshots } = await tellRenewals(ctx, found, { region, today, left });
  const tried = rows.map((row) =>
    whatIf({ ...row, noticeDays: row.work.noticeDays }, { seatsPercent, pricePercent }, today),
  );
  const products = tried.flatMap((outcome) => outcome.products);
  return {
    rows: rows.length,
    licenses: products.reduce((sum, { ordered }) => sum + ordered, 0),
    seats: products.reduce((sum, { seats }) => sum + seats, 0),
    now: sumOfMoney(tried.flatMap(({ now }) => now)),
    after: sumOfMoney(tried.flatMap(({ after }) => after)),
    difference: sumOfMoney(tried.flatMap(({ difference }) => difference)),
    unpriced: rows.filter(isUnpriced).length,
    belowAssigned: tried.filter((outcome) => outcome.products.some(({ isBelowAssigned }) => isBelowAssigned)).length,
    tooLate: tried.filter(({ isTooLate }) => isTooLate).length,
    hasSnapshots,
  };
}
