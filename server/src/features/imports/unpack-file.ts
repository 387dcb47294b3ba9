import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Ctx } from '../access/index.ts';
import { archiveKindOf } from './archive-kind.ts';
import { enterStage } from './enter-stage.ts';
import type { ImportRow } from './import-queries.ts';
import { readGzip } from './read-gzip.ts';
import { openZip } from './read-zip.ts';
import { requireRoom } from './spool.ts';
import { type Unpacking, withinLimits } from './unpack-limits.ts';

/**
 * Unpacks a spooled file beside itself and returns where; the file itself where it is not packed. Of a ZIP its one file, which may be
 * packed by gzip once more. What is packed deeper is refused by whoever recognizes it, as is a ZIP in a ZIP.
 */
export async function unpackFile(ctx: Ctx, row: ImportRow, source: string): Promise<string> {
  const kind = await archiveKindOf(source);
  if (kind === undefined || (kind === 'zip' && row.archive_id !== null)) return source;
  await enterStage(ctx, row, 'unpacking');
  if (kind === 'gzip') return unpackGzip(await unpackingOf(ctx, row, source), source);
  const entry = `${source}.entry`;
  const zip = await openZip(source, row.file_name);
  try {
    const [file] = zip.files;
    if (file === undefined || zip.files.length > 1) return source;
    await pipeline(withinLimits(file.read(), await unpackingOf(ctx, row, source)), writing(entry));
  } finally {
    zip.close();
  }
  if ((await archiveKindOf(entry)) !== 'gzip') return entry;
  return unpackGzip(await unpackingOf(ctx, row, entry), entry);
}

async function unpackGzip(archive: Unpacking, from: string): Promise<string> {
  const to = `${from.replace(/\.entry$/, '')}.plain`;
  await pipeline(withinLimits(readGzip(from, archive.fileName), archive), writing(to));
  return to;
}

export async function unpackingOf(ctx: Ctx, row: ImportRow, path: string): Promise<Unpacking> {
  const { size } = await stat(path);
  return {
    fileName: row.file_name,
    packedBytes: size,
    unpackedBytes: 0,
    async mayGoOn() {
      await enterStage(ctx, row, 'unpacking');
      await requireRoom(ctx.dataDir, 0);
    },
  };
}

const writing = (path: string) => createWriteStream(path, { mode: 0o600 });
