import type { SavedView } from '@hub/contract/saved-views';
import { type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';

export interface Owner {
  partnerId: string;
  personId: string;
}

/** The person's own and those shared with the partner, with what the person chose of them. */
const viewsOf = (tx: TenantTx, personId: string) =>
  tx
    .selectFrom('saved_view')
    .leftJoin('saved_view_choice as choice', (join) =>
      join.onRef('choice.view_id', '=', 'saved_view.id').on('choice.person_id', '=', personId),
    )
    .select([
      'saved_view.id',
      'saved_view.name',
      'saved_view.filter',
      'saved_view.sort',
      'saved_view.sort_order as order',
      'saved_view.is_shared as isShared',
      sql<boolean>`saved_view.person_id = ${personId}::uuid`.as('isMine'),
      sql<boolean>`coalesce(choice.is_pinned, false)`.as('isPinned'),
      sql<boolean>`coalesce(choice.is_default, false)`.as('isDefault'),
    ])
    .where(sql<SqlBool>`(saved_view.person_id = ${personId}::uuid or saved_view.is_shared)`)
    .where('saved_view.removed_at', 'is', null);

/** By name. */
export async function findViews(tx: TenantTx, personId: string): Promise<SavedView[]> {
  return (await viewsOf(tx, personId).orderBy('saved_view.name').orderBy('saved_view.id').execute()) as SavedView[];
}

/** Throws view_not_found, also for what somebody else keeps to themselves. */
export async function getView(tx: TenantTx, personId: string, id: string): Promise<SavedView> {
  const row = await viewsOf(tx, personId).where('saved_view.id', '=', id).executeTakeFirst();
  if (!row) throw new HubError('view_not_found');
  return row as SavedView;
}

/** Whoever changes views of theirs takes this first: one name once, one default. */
export async function lockViews(tx: TenantTx, { partnerId, personId }: Owner): Promise<void> {
  await tx
    .selectFrom('membership')
    .select('role')
    .where('person_id', '=', personId)
    .where('partner_id', '=', partnerId)
    .forNoKeyUpdate()
    .execute();
}

/** The person's own view of that name. */
export async function findNamed(
  tx: TenantTx,
  personId: string,
  key: string,
): Promise<{ id: string; name: string } | undefined> {
  return tx
    .selectFrom('saved_view')
    .select(['id', 'name'])
    .where('person_id', '=', personId)
    .where('name_key', '=', key)
    .executeTakeFirst();
}

type Stored = Pick<SavedView, 'name' | 'filter' | 'sort' | 'order' | 'isShared'> & { id: string; key: string };

export async function insertView(
  tx: TenantTx,
  { partnerId, personId }: Owner,
  { at, ...view }: Stored & { at: Date },
): Promise<void> {
  await tx
    .insertInto('saved_view')
    .values({ id: view.id, partner_id: partnerId, person_id: personId, ...columnsOf(view), created_at: at })
    .execute();
}

export async function updateView(tx: TenantTx, view: Stored): Promise<void> {
  await tx.updateTable('saved_view').set(columnsOf(view)).where('id', '=', view.id).execute();
}

const columnsOf = ({ name, key, filter, sort, order, isShared }: Stored) => ({
  name,
  name_key: key,
  filter,
  sort,
  sort_order: order,
  is_shared: isShared,
});

/** How long a removed view can be restored, in milliseconds. */
export const keptFor = 24 * 3_600_000;

/** Nobody sees it any more, and its name is free. */
export async function markRemoved(tx: TenantTx, id: string, at: Date): Promise<void> {
  await tx
    .updateTable('saved_view')
    .set({ removed_at: at, name_key: `\n${id}` })
    .where('id', '=', id)
    .execute();
}

/** A view of the person's own that was removed after `since`, as it is to be stored. Throws view_not_found. */
export async function getRemoved(
  tx: TenantTx,
  personId: string,
  { id, since }: { id: string; since: Date },
): Promise<Pick<SavedView, 'name' | 'filter' | 'isShared'>> {
  const row = await tx
    .selectFrom('saved_view')
    .select(['name', 'filter', 'is_shared as isShared'])
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('removed_at', '>', since)
    .executeTakeFirst();
  if (!row) throw new HubError('view_not_found');
  return row;
}

export async function markRestored(tx: TenantTx, id: string, key: string): Promise<void> {
  await tx.updateTable('saved_view').set({ removed_at: null, name_key: key }).where('id', '=', id).execute();
}

/** For good: those that were removed before. */
export async function deleteRemoved(tx: TenantTx, before: Date): Promise<void> {
  await tx.deleteFrom('saved_view').where('removed_at', '<=', before).execute();
}

/** Pinned or not, and default instead of whichever was. */
export async function setChoice(
  tx: TenantTx,
  { partnerId, personId }: Owner,
  { id, isPinned, isDefault }: { id: string; isPinned: boolean; isDefault: boolean },
): Promise<void> {
  if (isDefault)
    await tx
      .updateTable('saved_view_choice')
      .set({ is_default: false })
      .where('person_id', '=', personId)
      .where('view_id', '!=', id)
      .where('is_default', '=', true)
      .execute();
  const chosen = { is_pinned: isPinned, is_default: isDefault };
  await tx
    .insertInto('saved_view_choice')
    .values({ partner_id: partnerId, view_id: id, person_id: personId, ...chosen })
    .onConflict((conflict) => conflict.columns(['view_id', 'person_id']).doUpdateSet(chosen))
    .execute();
}

/** What others chose of a view that is shared no more. */
export async function deleteOthersChoices(tx: TenantTx, personId: string, id: string): Promise<void> {
  await tx.deleteFrom('saved_view_choice').where('view_id', '=', id).where('person_id', '!=', personId).execute();
}
