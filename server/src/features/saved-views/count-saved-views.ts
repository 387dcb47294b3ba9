import type { ViewId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { countIfReadable } from '../customers/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { findToldViews } from './told-views.ts';

/** Of the pinned ones, in the scope of whoever asks. */
export async function countSavedViews(ctx: Ctx): Promise<{ items: { id: ViewId; customers: number | null }[] }> {
  requirePermission(ctx, 'customers.read');
  const { personId } = requirePerson(ctx);
  return inTenant(ctx, async (tx) => {
    const items: { id: ViewId; customers: number | null }[] = [];
    for (const { id, filter, isPinned } of await findToldViews(tx, ctx, personId))
      if (isPinned) items.push({ id, customers: (await countIfReadable(tx, ctx, filter)) ?? null });
    return { items };
  });
}
