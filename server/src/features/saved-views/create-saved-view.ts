import type { RequestOf } from '@hub/contract/endpoint';
import { nameKey } from '@hub/contract/given-names';
import type { createSavedView as endpoint, SavedView } from '@hub/contract/saved-views';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requireAskable } from '../customers/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { findNamed, getView, insertView, lockViews, setChoice } from './view-queries.ts';

/**
 * A view of one's own is nobody else's business; a shared one is audited. Throws view_name_taken, filter_invalid, filter_too_long, and
 * permission_denied or token_scope_missing where the actor may not ask this.
 */
export async function createSavedView(
  ctx: Ctx,
  { isPinned, isDefault, ...view }: RequestOf<typeof endpoint>['body'],
): Promise<SavedView> {
  requirePermission(ctx, 'views.write');
  if (view.isShared) requirePermission(ctx, 'views.share');
  requireAskable(ctx, view.filter, view.sort);
  const person = requirePerson(ctx);
  return inTenant(ctx, async (tx) => {
    await lockViews(tx, person);
    const [id, key] = [ctx.clock.id(), nameKey(view.name)];
    const taken = await findNamed(tx, person.personId, key);
    if (taken) throw new HubError('view_name_taken', { name: taken.name });
    await insertView(tx, person, { ...view, id, key, at: ctx.clock.now() });
    await setChoice(tx, person, { id, isPinned, isDefault });
    if (view.isShared)
      await audit(tx, ctx, {
        action: 'views.share',
        target: { kind: 'view', id },
        after: { name: view.name, filter: view.filter },
      });
    return getView(tx, person.personId, id);
  });
}
