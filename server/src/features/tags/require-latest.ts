import type { TagKind } from '@hub/contract/customer-tags';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from '../access/index.ts';
import { findLaterAct, type Touched } from './later-acts-queries.ts';
import { keptFor } from './removed-tag-queries.ts';

/**
 * Whatever is taken back out of order would leave more or less than there was: refused where a removal, a merge or a bulk job that can still
 * be taken back itself touched the same tags of the same holders later. Under lockTags. Throws undo_later_tag, undo_later_job.
 */
export async function requireLatest(
  tx: TenantTx,
  { clock }: Pick<Ctx, 'clock'>,
  kind: TagKind,
  touched: readonly Touched[],
): Promise<void> {
  const since = new Date(clock.now().getTime() - keptFor);
  const later = await findLaterAct(tx, { kind, touched, since });
  if (later?.act === 'tag') throw new HubError('undo_later_tag', { name: later.name ?? '' });
  if (later) throw new HubError('undo_later_job', { name: later.name ?? '' });
}
