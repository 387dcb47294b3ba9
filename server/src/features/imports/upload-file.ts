import { createWriteStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ImportUpload, uploadDays } from '@hub/contract/import-uploads';
import { ImportId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import type { CtxActor } from '../access/index.ts';
import { requireRoom, spoolPath, syncFolder } from './spool.ts';
import type { Uploader, UploadRow } from './upload-queries.ts';

const millisecondsKept = uploadDays * 86_400_000;
export const staleBefore = (now: Date): Date => new Date(now.getTime() - millisecondsKept);

export const uploaderOf = (actor: CtxActor): Uploader => (actor.kind === 'person' ? actor.personId : null);

export const uploadView = (row: UploadRow): ImportUpload => ({
  id: ImportId.parse(row.id),
  region: row.region as RegionCode,
  fileName: row.file_name,
  bytes: row.file_bytes,
  offset: row.received_bytes,
  expiresAt: new Date(row.touched_at.getTime() + millisecondsKept).toISOString(),
});

const pathOf = (dataDir: string, { region, id }: Pick<UploadRow, 'region' | 'id'>): string =>
  spoolPath(dataDir, region as RegionCode, id);

/** Lies in the spool from its first byte on: finishing moves nothing. */
export async function createUploadFile(dataDir: string, upload: { region: RegionCode; id: string }): Promise<void> {
  const path = pathOf(dataDir, upload);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await (await open(path, 'wx', 0o600)).close();
  await syncFolder(dirname(path));
}

/** Throws upload_not_found where the bytes that were acknowledged are not here, as after a restore. */
export async function requireUploadFile(dataDir: string, row: UploadRow): Promise<void> {
  const { size } = await stat(pathOf(dataDir, row)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return { size: -1 };
  });
  if (size < row.received_bytes) throw new HubError('upload_not_found');
}

const roomCheckBytes = 64_000_000;

/**
 * Writes a part behind what is there and flushes it. Returns how far the file is for good, and what cut the part off, if anything did.
 * Throws upload_past_end, and then nothing of the part counts.
 */
export async function writePart(
  dataDir: string,
  row: UploadRow,
  body: Readable,
): Promise<{ received: number; cutOffBy: unknown }> {
  const start = row.received_bytes;
  let at = start;
  async function* within(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      const before = at;
      at += chunk.length;
      if (at > row.file_bytes) throw new HubError('upload_past_end', { bytes: row.file_bytes });
      if (Math.floor(before / roomCheckBytes) !== Math.floor(at / roomCheckBytes)) await requireRoom(dataDir, 0);
      yield chunk;
    }
  }
  const path = pathOf(dataDir, row);
  const writing = createWriteStream(path, { flags: 'r+', start, highWaterMark: 1 << 20 });
  // What is being written when a part breaks off lands all the same, and must not land later.
  const closed = new Promise<void>((resolve) => writing.once('close', () => resolve()));
  let cutOffBy: unknown;
  try {
    await pipeline(body, within, writing);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new HubError('upload_not_found', {}, { cause: error });
    if (error instanceof HubError && error.code === 'upload_past_end') throw error;
    cutOffBy = error;
  } finally {
    await closed;
  }
  await flush(path);
  return { received: start + writing.bytesWritten, cutOffBy };
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
