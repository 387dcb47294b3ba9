import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { HubError } from '../../platform/hub-error.ts';

/** The content of a gzip file, of all its members one after another. Throws import_archive_damaged. */
export async function* readGzip(path: string, fileName: string): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const gunzip = createGunzip({ chunkSize: 1 << 18 });
  file.on('error', (error) => gunzip.destroy(error));
  try {
    yield* file.pipe(gunzip) as AsyncIterable<Buffer>;
  } catch (cause) {
    throw isOfSystem(cause) ? cause : new HubError('import_archive_damaged', { fileName }, { cause });
  } finally {
    file.destroy();
    gunzip.destroy();
  }
}

/** The disk's fault, and not what lies on it. */
export const isOfSystem = (error: unknown): boolean => (error as NodeJS.ErrnoException).syscall !== undefined;
