import { crc32 } from 'node:zlib';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { HubError } from '../../platform/hub-error.ts';
import { isOfSystem } from './read-gzip.ts';
import { archiveFilesLimit } from './unpack-limits.ts';

export interface ZippedFile {
  /** `archive.zip / folder/calls.csv`: to show, never a path. */
  fileName: string;
  /** As the archive says. */
  bytes: number;
  /** Throws import_packed_encrypted, import_packed_unknown and import_archive_damaged, all about this file alone. */
  read: () => AsyncGenerator<Buffer>;
}

export interface OpenZip {
  files: ZippedFile[];
  close: () => void;
}

/** What the packing machine put in beside people's files. */
const bycatch = /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i;
const mostBytes = 2 ** 50; // an archive may claim more than a number holds
const officeMark = '[Content_Types].xml';

/**
 * The files of a ZIP in its order, by its directory at the end; nothing is unpacked yet. Throws import_archive_damaged, import_archive_empty,
 * import_archive_too_many, and import_not_text for what only looks like a ZIP, such as a workbook.
 */
export async function openZip(path: string, fileName: string): Promise<OpenZip> {
  const zip = await openPromise(path, { autoClose: false, decodeStrings: false }).catch((cause: unknown) => {
    throw isOfSystem(cause) ? cause : new HubError('import_archive_damaged', { fileName }, { cause });
  });
  try {
    const files: ZippedFile[] = [];
    for (const [name, entry] of await readDirectory(zip, fileName)) {
      if (name === officeMark) throw new HubError('import_not_text', { fileName, looksLike: 'an Excel file' });
      // An import that an earlier attempt named by its one file has that name by now.
      const shown = fileName.endsWith(` / ${name}`) ? fileName : `${fileName} / ${name}`;
      if (!name.endsWith('/') && !bycatch.test(name))
        files.push({
          fileName: shown,
          bytes: Math.min(entry.uncompressedSize, mostBytes),
          read: () => readEntry(zip, entry, shown),
        });
    }
    if (files.length === 0) throw new HubError('import_archive_empty', { fileName });
    if (files.length > archiveFilesLimit)
      throw new HubError('import_archive_too_many', { fileName, limit: archiveFilesLimit });
    return { files, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

const entriesLimit = 10 * archiveFilesLimit; // folders and bycatch too

async function readDirectory(zip: ZipFile, fileName: string): Promise<[string, Entry][]> {
  const entries: [string, Entry][] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (entries.length === entriesLimit) break;
      entries.push([shownName(entry), entry]);
    }
  } catch (cause) {
    throw isOfSystem(cause) ? cause : new HubError('import_archive_damaged', { fileName }, { cause });
  }
  if (entries.length === entriesLimit)
    throw new HubError('import_archive_too_many', { fileName, limit: archiveFilesLimit });
  return entries;
}

/** The name in the archive without what would upset a reader; the end of it where it is long. */
function shownName({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  const name = getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
  return name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}]/gu, ' ')
    .trim()
    .slice(-200)
    .toWellFormed();
}

async function* readEntry(zip: ZipFile, entry: Entry, fileName: string): AsyncGenerator<Buffer> {
  if (entry.isEncrypted()) throw new HubError('import_packed_encrypted', { fileName });
  if (!entry.canDecodeFileData())
    throw new HubError('import_packed_unknown', { fileName, method: entry.compressionMethod });
  let sum = 0;
  try {
    for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (cause) {
    throw isOfSystem(cause) ? cause : new HubError('import_archive_damaged', { fileName }, { cause });
  }
  if (sum !== entry.crc32) throw new HubError('import_archive_damaged', { fileName });
}
