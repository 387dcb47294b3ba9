import type { Tag, TagKind } from '@hub/contract/customer-tags';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findTags } from './tag-queries.ts';

/** All of the partner's, whoever asks; counted are the holders in their scope. */
export async function listTags(ctx: Ctx, kind: TagKind): Promise<{ items: Tag[] }> {
  requirePermission(ctx, 'customers.read');
  return { items: await inTenant(ctx, (tx) => findTags(tx, kind)) };
}
