import { nameKey } from '@hub/contract/given-names';
import type { ViewId } from '@hub/contract/ids';
import type { SavedView } from '@hub/contract/saved-views';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { getToldView } from './told-views.ts';
import { findNamed, getRemoved, keptFor, lockViews, markRestored } from './view-queries.ts';

/**
 * The same view with what everybody chose of it; who chose another default meanwhile keeps that. What is shared needs the right to share and
 * is audited. Throws view_not_found, view_name_taken where another one has its name by now.
 */
export async function restoreSavedView(ctx: Ctx, viewId: ViewId): Promise<SavedView> {
  requirePermission(ctx, 'views.write');
  requirePermission(ctx, 'customers.read'); // the answer tells the view
  const person = requirePerson(ctx);
  return inTenant(ctx, async (tx) => {
    await lockViews(tx, person);
    const since = new Date(ctx.clock.now().getTime() - keptFor);
    const { name, filter, isShared } = await getRemoved(tx, person.personId, { id: viewId, since });
    if (isShared) requirePermission(ctx, 'views.share');
    const key = nameKey(name);
    const taken = await findNamed(tx, person.personId, key);
    if (taken) throw new HubError('view_name_taken', { name: taken.name });
    await markRestored(tx, viewId, key);
    if (isShared)
      await audit(tx, ctx, { action: 'views.share', target: { kind: 'view', id: viewId }, after: { name, filter } });
    return getToldView(tx, ctx, person.personId, viewId);
  });
}
