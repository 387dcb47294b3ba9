import type { SavedView } from '@hub/contract/saved-views';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { requirePerson } from '../sessions/index.ts';
import { findToldViews } from './told-views.ts';

export async function listSavedViews(ctx: Ctx): Promise<{ items: SavedView[] }> {
  requirePermission(ctx, 'customers.read');
  const { personId } = requirePerson(ctx);
  return { items: await inTenant(ctx, (tx) => findToldViews(tx, ctx, personId)) };
}
