import type { SavedView } from '@hub/contract/saved-views';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, scopePersonOf } from '../access/index.ts';
import { findShown, isRefused } from '../customers/index.ts';
import { findViews, getView } from './view-queries.ts';

/** What the actor may not ask opens first for nobody: their role may have told more when they chose it. */
const toldView = (ctx: Ctx, view: SavedView): SavedView => ({
  ...view,
  isDefault: view.isDefault && !isRefused(ctx, view),
});

/** Those of findViews whose filter the actor may read: to a person in a scope, others' views that name customers are not there. */
export async function findToldViews(tx: TenantTx, ctx: Ctx, personId: string): Promise<SavedView[]> {
  const views = (await findViews(tx, personId)).map((view) => toldView(ctx, view));
  if (scopePersonOf(ctx.actor) === undefined || views.every(({ isMine }) => isMine)) return views;
  const { isToldFilter } = await findShown(tx, ctx);
  return views.filter(({ isMine, filter }) => isMine || isToldFilter(filter));
}

/** Throws view_not_found, also for what is not told. */
export async function getToldView(tx: TenantTx, ctx: Ctx, personId: string, id: string): Promise<SavedView> {
  const view = toldView(ctx, await getView(tx, personId, id));
  if (view.isMine || scopePersonOf(ctx.actor) === undefined) return view;
  if (!(await findShown(tx, ctx)).isToldFilter(view.filter)) throw new HubError('view_not_found');
  return view;
}
