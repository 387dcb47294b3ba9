import { createReadStream } from 'node:fs';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../../platform/hub-error.ts';
import type { Ctx } from '../../access/index.ts';
import { archiveKindOf } from '../archive-kind.ts';
import type { ImportRow } from '../import-queries.ts';
import { readGzip } from '../read-gzip.ts';
import { openZip } from '../read-zip.ts';
import { spoolPath } from '../spool.ts';
import { readForm } from '../text-form.ts';

const headBytes = 1_000_000; // a hundred rows of the widest report have 150 kB

/**
 * The beginning of the kept file of an import that was not recognised, in whole lines, unpacked where it is packed. Throws
 * import_not_mappable where there is no such file, or it is no CSV.
 */
export async function readHead(ctx: Ctx, row: ImportRow): Promise<string> {
  if (row.state !== 'failed' || row.spool_name === null) throw new HubError('import_not_mappable');
  const path = spoolPath(ctx.dataDir, row.region as RegionCode, row.spool_name);
  const head = await beginningOf(path, row.file_name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT')
      throw new HubError('import_file_missing', { fileName: row.file_name }, { cause: error });
    throw error;
  });
  const { text } = readForm(head);
  requireText(text);
  return head.length < headBytes ? text : text.slice(0, text.lastIndexOf('\n') + 1);
}

async function beginningOf(path: string, fileName: string): Promise<Buffer> {
  const kind = await archiveKindOf(path);
  if (kind === undefined) return firstBytes(createReadStream(path, { end: headBytes - 1 }));
  if (kind === 'gzip') return firstBytes(readGzip(path, fileName));
  const zip = await openZip(path, fileName);
  try {
    const [only] = zip.files;
    return only === undefined ? Buffer.alloc(0) : await firstBytes(only.read());
  } finally {
    zip.close();
  }
}

async function firstBytes(content: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= headBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, headBytes);
}

/** Throws import_not_mappable where this is no CSV. */
export function requireText(text: string): void {
  if (text.includes('\0') || text.trim() === '' || /^\s*[{[]/.test(text)) throw new HubError('import_not_mappable');
}
