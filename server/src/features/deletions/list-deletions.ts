import type { RequestOf, ReplyOf } from '@hub/contract/endpoint';
import type { listDeletions as listing } from '@hub/contract/deletions';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findDeletions } from './deletion-queries.ts';
import { deletionViews } from './deletion-view.ts';

export async function listDeletions(
  ctx: Ctx,
  { after, limit }: RequestOf<typeof listing>['query'],
): Promise<ReplyOf<typeof listing>> {
  requirePermission(ctx, 'deletions.write');
  return inTenant(ctx, async (tx) => {
    const rows = await findDeletions(tx, { after, limit: limit + 1 });
    const items = await deletionViews(tx, ctx, rows.slice(0, limit));
    return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
  });
}
