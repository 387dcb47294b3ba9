import type { RequestOf } from '@hub/contract/endpoint';
import { nameKey } from '@hub/contract/given-names';
import type { ViewId } from '@hub/contract/ids';
import type { changeSavedView as endpoint, SavedView } from '@hub/contract/saved-views';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, type PersonActor, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { requireAskable } from '../customers/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { getToldView } from './told-views.ts';
import { deleteOthersChoices, findNamed, lockViews, setChoice, updateView } from './view-queries.ts';

type Changes = RequestOf<typeof endpoint>['body'];

/**
 * Whether it is pinned or the default each person chooses of every view that they see; the rest is its owner's. What is shared needs the
 * right to share and is audited. Throws view_not_found, view_name_taken, filter_invalid, filter_too_long, and as
 * createSavedView where the actor may not ask what it asks, or what is to open first.
 */
export async function changeSavedView(
  ctx: Ctx,
  { viewId, ...given }: Changes & { viewId: ViewId },
): Promise<SavedView> {
  requirePermission(ctx, 'views.write');
  requirePermission(ctx, 'customers.read'); // the answer tells the view, also what was not given
  const person = requirePerson(ctx);
  return inTenant(ctx, async (tx) => {
    await lockViews(tx, person);
    const before = await getToldView(tx, ctx, person.personId, viewId);
    const { isPinned = before.isPinned, isDefault = before.isDefault, ...changes } = given;
    if (Object.values(changes).some((value) => value !== undefined)) {
      if (!before.isMine) throw new HubError('view_not_found');
      await change(tx, ctx, { person, before, changes });
    }
    const { filter = before.filter, sort = before.sort } = changes;
    if (isDefault && !before.isDefault) requireAskable(ctx, filter, sort);
    if (isPinned !== before.isPinned || isDefault !== before.isDefault)
      await setChoice(tx, person, { id: viewId, isPinned, isDefault });
    return getToldView(tx, ctx, person.personId, viewId);
  });
}

async function change(
  tx: TenantTx,
  ctx: Ctx,
  { person, before, changes }: { person: PersonActor; before: SavedView; changes: Changes },
): Promise<void> {
  const {
    name = before.name,
    filter = before.filter,
    sort = before.sort,
    order = before.order,
    isShared = before.isShared,
  } = changes;
  if (isShared) requirePermission(ctx, 'views.share');
  if (filter !== before.filter || sort !== before.sort) requireAskable(ctx, filter, sort);
  const { id } = before;
  const key = nameKey(name);
  const taken = await findNamed(tx, person.personId, key);
  if (taken && taken.id !== id) throw new HubError('view_name_taken', { name: taken.name });
  await updateView(tx, { id, key, name, filter, sort, order, isShared });
  if (before.isShared && !isShared) await deleteOthersChoices(tx, person.personId, id);
  if (before.isShared || isShared)
    await audit(tx, ctx, {
      action: isShared ? 'views.share' : 'views.unshare',
      target: { kind: 'view', id },
      before: { name: before.name, filter: before.filter, isShared: before.isShared },
      after: { name, filter, isShared },
    });
}
