import { createHash } from 'node:crypto';
import type { WriteStream } from 'node:fs';
import { constants, copyFile, mkdir, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { importBytesLimit } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';

/** Kept free beside the file itself: its rows are staged (about a third of a CSV's size) before the file is let go. */
const stagingShare = 0.5;
const roomCheckBytes = 64_000_000; // how often a running upload looks at the free space
const reserveBytes = 200_000_000; // what PostgreSQL and the engine need to go on working

export interface Spooled {
  spoolName: string;
  bytes: number;
  sha256: Buffer;
}

/** Spool files never leave their region's folder. */
export const spoolPath = (dataDir: string, region: RegionCode, spoolName: string): string =>
  join(dataDir, 'regions', region, 'spool', spoolName);

/** Refuses before the first byte what cannot fit. `bytes`: as announced. */
export async function requireRoom(dataDir: string, bytes: number): Promise<void> {
  if (bytes > importBytesLimit) throw new HubError('import_too_large', { bytes, limit: importBytesLimit });
  const room = await roomFor(dataDir, bytes);
  if (room.free < room.needed) throw new HubError('import_disk_full', room);
}

/** What a file of this size needs, and what there is. */
export async function roomFor(dataDir: string, bytes: number): Promise<{ needed: number; free: number }> {
  return { needed: Math.ceil(bytes * (1 + stagingShare)) + reserveBytes, free: await freeBytes(dataDir) };
}

async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

/** Writes a stream to the spool and flushes it to the disk. Whatever fails leaves no file behind. */
export async function spoolStream(
  dataDir: string,
  region: RegionCode,
  id: string,
  input: Readable,
  source: { fileName: string; bytes: number | undefined },
): Promise<Spooled> {
  if (source.bytes !== undefined) await requireRoom(dataDir, source.bytes);
  const hash = createHash('sha256');
  let bytes = 0;
  async function* count(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let unchecked = 0;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      unchecked += chunk.length;
      if (bytes > importBytesLimit) throw new HubError('import_too_large', { bytes, limit: importBytesLimit });
      if (unchecked > roomCheckBytes) {
        // Others write too, and a client may name no size: what the databases need is never given away.
        await requireRoom(dataDir, 0);
        unchecked = 0;
      }
      hash.update(chunk);
      yield chunk;
    }
  }
  return intoSpool(dataDir, region, id, async (path) => {
    try {
      await pipeline(input, count, await writingTo(path));
    } catch (cause) {
      if (cause instanceof HubError) throw cause;
      if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') {
        throw new HubError('import_disk_full', await roomFor(dataDir, source.bytes ?? bytes), { cause });
      }
      throw new HubError('import_interrupted', { bytes }, { cause });
    }
    if (bytes === 0) throw new HubError('import_empty', { fileName: source.fileName });
    return { bytes, sha256: hash.digest() };
  });
}

/** Takes a copy of a file on this machine (a clone where the file system can), so that the original may change or go. */
export async function spoolFileCopy(
  dataDir: string,
  region: RegionCode,
  id: string,
  from: string,
  fileName: string,
): Promise<Spooled> {
  const { size } = await stat(from);
  if (size === 0) throw new HubError('import_empty', { fileName });
  await requireRoom(dataDir, size);
  return intoSpool(dataDir, region, id, async (path) => {
    try {
      await copyFile(from, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== 'ENOSPC') throw cause;
      throw new HubError('import_disk_full', await roomFor(dataDir, size), { cause });
    }
    const hash = createHash('sha256');
    let bytes = 0;
    const file = await open(path, 'r+');
    try {
      for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
        hash.update(chunk as Buffer);
        bytes += (chunk as Buffer).length;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    return { bytes, sha256: hash.digest() };
  });
}

/** Writes what the hub itself unpacks to the spool and flushes it. Whatever fails leaves no file behind. */
export async function spoolContent(
  dataDir: string,
  region: RegionCode,
  id: string,
  content: AsyncIterable<Buffer>,
): Promise<Spooled> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* count(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      hash.update(chunk);
      yield chunk;
    }
  }
  return intoSpool(dataDir, region, id, async (path) => {
    await pipeline(content, count, await writingTo(path));
    return { bytes, sha256: hash.digest() };
  });
}

/** Opened before anything is read: what fails at once must not leave a file that is made behind it. */
const writingTo = async (path: string): Promise<WriteStream> =>
  (await open(path, 'wx', 0o600)).createWriteStream({ flush: true });

async function intoSpool(
  dataDir: string,
  region: RegionCode,
  id: string,
  write: (path: string) => Promise<{ bytes: number; sha256: Buffer }>,
): Promise<Spooled> {
  const path = spoolPath(dataDir, region, id);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const part = `${path}.part`;
  try {
    const written = await write(part);
    await rename(part, path);
    await syncFolder(dirname(path));
    return { spoolName: id, ...written };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Of a copy in which people are looked for. */
export const lookedSuffix = '.looked';
const derivedSuffixes = ['.entry', '.plain', '.csv', '.utf8', '.numbered', lookedSuffix];

/** Removes a spool file and everything derived from it. */
export async function dropSpoolFile(dataDir: string, region: RegionCode, spoolName: string): Promise<void> {
  await dropDerived(dataDir, region, spoolName);
  await rm(spoolPath(dataDir, region, spoolName), { force: true });
}

/** Removes what an import made of a spool file for itself. */
export async function dropDerived(dataDir: string, region: RegionCode, spoolName: string): Promise<void> {
  const path = spoolPath(dataDir, region, spoolName);
  for (const suffix of derivedSuffixes) await rm(`${path}${suffix}`, { force: true });
}

/** What a crash left behind. A file without a batch row was never acknowledged; one that is younger may still become so. */
export async function sweepSpool(
  dataDir: string,
  region: RegionCode,
  known: ReadonlySet<string>,
  olderThanMilliseconds = 0,
): Promise<void> {
  const folder = dirname(spoolPath(dataDir, region, 'x'));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    if (known.has(name)) continue;
    if (olderThanMilliseconds > 0 && (await ageOf(join(folder, name))) < olderThanMilliseconds) continue;
    await rm(join(folder, name), { force: true });
  }
}

/** In milliseconds, by the file system's own clock. */
async function ageOf(path: string): Promise<number> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  return performance.timeOrigin + performance.now() - mtimeMs;
}
