import type { ViewId } from '@hub/contract/ids';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { deleteRemoved, getView, keptFor, lockViews, markRemoved } from './view-queries.ts';

/** One's own; where it was shared, it is gone for everybody, and that is audited. For a day restoreSavedView brings it back. Throws view_not_found. */
export async function removeSavedView(ctx: Ctx, viewId: ViewId): Promise<void> {
  requirePermission(ctx, 'views.write');
  const person = requirePerson(ctx);
  await inTenant(ctx, async (tx) => {
    await lockViews(tx, person);
    const { isMine, isShared, name, filter } = await getView(tx, person.personId, viewId);
    if (!isMine) throw new HubError('view_not_found');
    const now = ctx.clock.now();
    await deleteRemoved(tx, new Date(now.getTime() - keptFor));
    await markRemoved(tx, viewId, now);
    if (isShared)
      await audit(tx, ctx, { action: 'views.remove', target: { kind: 'view', id: viewId }, before: { name, filter } });
  });
}
