import { importBytesLimit } from '@hub/contract/imports';
import { HubError } from '../../platform/hub-error.ts';

/** Files in one ZIP: a year of days in each of five regions, with room. */
export const archiveFilesLimit = 2000;
/** Records of one call repeated pack 100 times; what packs better than this was made to fill a disk. */
const mostTimes = 250;
const notJudgedBelow = 64_000_000; // bytes; a small file may be as repetitive as it likes
const pauseBytes = 64_000_000; // how often an unpacking asks whether it may go on

/** One archive that is being unpacked, all of its files together. */
export interface Unpacking {
  fileName: string;
  packedBytes: number;
  unpackedBytes: number;
  /** Asked now and then; whatever it throws ends the unpacking. */
  mayGoOn: () => Promise<void>;
}

/** Hands the content on for as long as it stays within what an export unpacks to. Throws import_archive_too_large and import_archive_swells. */
export async function* withinLimits(content: AsyncIterable<Buffer>, archive: Unpacking): AsyncGenerator<Buffer> {
  const { fileName, packedBytes } = archive;
  for await (const chunk of content) {
    const before = archive.unpackedBytes;
    archive.unpackedBytes += chunk.length;
    if (archive.unpackedBytes > importBytesLimit)
      throw new HubError('import_archive_too_large', { fileName, limit: importBytesLimit });
    if (archive.unpackedBytes > Math.max(notJudgedBelow, mostTimes * packedBytes))
      throw new HubError('import_archive_swells', { fileName, times: mostTimes });
    if (Math.floor(before / pauseBytes) !== Math.floor(archive.unpackedBytes / pauseBytes)) await archive.mayGoOn();
    yield chunk;
  }
}
