import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant } from '../access/index.ts';
import { setImportHash } from './archive-queries.ts';
import type { ImportRow } from './import-queries.ts';
import { spoolPath } from './spool.ts';

/** Takes the hash of a file that came in part by part; the row with it. */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- a step of a queued import: whoever queued it was asked, and its end is audited
export async function hashFile(ctx: Ctx, row: ImportRow): Promise<ImportRow> {
  if (row.sha256 !== null || row.spool_name === null) return row;
  const hash = createHash('sha256');
  const file = createReadStream(spoolPath(ctx.dataDir, row.region as RegionCode, row.spool_name), {
    highWaterMark: 1 << 20,
  });
  try {
    for await (const chunk of file) hash.update(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return row; // told of by whoever reads it
  }
  const sha256 = hash.digest();
  await inTenant(ctx, (tx) => setImportHash(tx, row, sha256));
  return { ...row, sha256 };
}
