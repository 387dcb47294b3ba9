import { HubError } from '../../platform/hub-error.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { findDeletion } from './deletion-queries.ts';

/** Throws deletion_not_found and deletion_not_ended. */
export async function downloadReceipt(ctx: Ctx, deletionId: string): Promise<FileReply> {
  requirePermission(ctx, 'deletions.write');
  const row = await inTenant(ctx, (tx) => findDeletion(tx, deletionId));
  if (!row) throw new HubError('deletion_not_found');
  if (row.receipt === null) throw new HubError('deletion_not_ended');
  return {
    fileName: `Deletion receipt_${row.id}.json`,
    mediaType: 'application/json',
    body: `{"receipt":${row.receipt},"sha256":"${row.sha256}"}\n`,
  };
}
