import type { Readable } from 'node:stream';
import type { ImportUpload } from '@hub/contract/import-uploads';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { requireRoom, roomFor } from './spool.ts';
import { requireUploadFile, uploaderOf, uploadView, writePart } from './upload-file.ts';
import { findUploadForUpdate, setUploadReceived, setUploadWriter, type UploadRow } from './upload-queries.ts';

/** Requests that write at this moment in this process, by upload: a client that comes again has given its last one up. */
const writing = new Map<string, { body: Readable; ended: Promise<void> }>();

/**
 * Takes the next bytes of an upload. When this returns, they survive a crash; of a part that breaks off, what had arrived does. Throws
 * upload_offset with the byte to go on from, upload_past_end, import_interrupted and import_disk_full.
 */
// oxlint-disable-next-line hub/verb-audits -- beginning and finishing are audited; a file of 20 GB comes in a thousand parts
export async function appendUpload(
  ctx: Ctx,
  input: { uploadId: string; offset: number; body: Readable; bytes: number | undefined },
): Promise<ImportUpload> {
  requirePermission(ctx, 'imports.write');
  const { uploadId, body } = input;
  const writer = ctx.clock.id();
  const row = await takeOver(ctx, uploadId, { offset: input.offset, writer });
  await requireUploadFile(ctx.dataDir, row);
  await requireRoom(ctx.dataDir, Math.min(input.bytes ?? 0, row.file_bytes));
  const { received, cutOffBy } = await alone(uploadId, body, () => writePart(ctx.dataDir, row, body));
  const after = await inTenant(ctx, (tx) =>
    setUploadReceived(tx, uploadId, writer, { bytes: received, at: ctx.clock.now() }),
  );
  if (cutOffBy !== undefined) throw await cutOffFault(ctx, cutOffBy, row, received);
  if (after === undefined) throw await fault(ctx, uploadId);
  return uploadView(after);
}

async function takeOver(
  ctx: Ctx,
  uploadId: string,
  { offset, writer }: { offset: number; writer: string },
): Promise<UploadRow> {
  requirePermission(ctx, 'imports.write');
  return inTenant(ctx, async (tx) => {
    const row = await findUploadForUpdate(tx, uploadId, uploaderOf(ctx.actor));
    if (row === undefined) throw new HubError('upload_not_found');
    if (row.received_bytes !== offset) throw new HubError('upload_offset', { offset: row.received_bytes });
    await setUploadWriter(tx, uploadId, writer, ctx.clock.now());
    return row;
  });
}

/** Ends the request that wrote to this upload before, so that no late byte of it falls behind ours. */
async function alone<Result>(uploadId: string, body: Readable, work: () => Promise<Result>): Promise<Result> {
  const before = writing.get(uploadId);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const mine = { body, ended };
  writing.set(uploadId, mine);
  before?.body.destroy(new Error('the client sends this part anew'));
  try {
    await before?.ended;
    return await work();
  } finally {
    if (writing.get(uploadId) === mine) writing.delete(uploadId);
    resolve();
  }
}

/** Another request came in between: it says how far the upload is. */
async function fault(ctx: Ctx, uploadId: string): Promise<HubError> {
  const row = await inTenant(ctx, (tx) => findUploadForUpdate(tx, uploadId, uploaderOf(ctx.actor)));
  return row === undefined
    ? new HubError('upload_not_found')
    : new HubError('upload_offset', { offset: row.received_bytes });
}

async function cutOffFault(ctx: Ctx, cause: unknown, row: UploadRow, received: number): Promise<HubError> {
  if (cause instanceof HubError) return cause;
  if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
    return new HubError('import_disk_full', await roomFor(ctx.dataDir, row.file_bytes - received), { cause });
  return new HubError('import_interrupted', { bytes: received - row.received_bytes }, { cause });
}
