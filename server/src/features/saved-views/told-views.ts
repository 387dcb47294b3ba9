import type { SavedView } from '@hub/contract/saved-views';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, scopePersonOf } from '../access/index.ts';
import { findShown } from '../customers/index.ts';
import { findViews, getView } from './view-queries.ts';

/** Those of findViews whose filter the actor may read: to a person in a scope, others' views that name customers are not there. */
export async function findToldViews(tx: TenantTx, ctx: Ctx, personId: string): Promise<SavedView[]> {
  const views = await findViews(tx, personId);
  if (scopePersonOf(ctx.actor) === undefined || views.every(({ isMine }) => isMine)) return views;
  const { isToldFilter } = await findShown(tx, ctx);
  return views.filter(({ isMine, filter }) => isMine || isToldFilter(filter));
}

/** Throws view_not_found, also for what is not told. */
export async function getToldView(tx: TenantTx, ctx: Ctx, personId: string, id: string): Promise<SavedView> {
  const view = await getView(tx, personId, id);
  if (view.isMine || scopePersonOf(ctx.actor) === undefined) return view;
  if (!(await findShown(tx, ctx)).isToldFilter(view.filter)) throw new HubError('view_not_found');
  return view;
}
