import type { ReplyOf, RequestOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/renewals';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { askedOf } from './ask-renewals.ts';
import { cursorOf, placeOf } from './renewal-cursor.ts';
import { findRenewals } from './renewal-queries.ts';
import { holdRenewals, tellRenewals } from './told-rows.ts';

/** A page of the workbench. Throws region_not_served, filter_invalid, filter_too_long, cursor_invalid, asker_left. */
export async function listRenewals(
  ctx: Ctx,
  { region, sort, order, after, limit, ...narrowed }: RequestOf<typeof api.listRenewals>['query'],
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.listRenewals>> {
  requirePermission(ctx, 'subscriptions.read');
  const place = after === undefined ? undefined : placeOf({ sort, order }, after);
  const { page, next, today } = await inTenant(ctx, async (tx) => {
    const asked = await askedOf(tx, ctx, narrowed, [region]);
    // One more than asked for tells whether there is a next page.
    const found = await findRenewals(tx, { ...asked, sort, order, after: place, limit: limit + 1 });
    const last = found.at(limit - 1);
    return {
      page: await holdRenewals(tx, found.slice(0, limit)),
      next: found.length > limit && last ? cursorOf({ sort, order }, last.place) : null,
      today: asked.today,
    };
  });
  const { rows, hasSnapshots } = await tellRenewals(ctx, page, { region, today, left });
  return { rows, next, today, hasSnapshots };
}
