import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant } from '../access/index.ts';
import { dropSpoolFile } from './spool.ts';
import { staleBefore } from './upload-file.ts';
import { deleteStaleUploads } from './upload-queries.ts';

/** Forgets a partner's uploads that nobody went on with for 7 days, with their bytes. */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself, for no person; nothing had come in yet
export async function sweepUploads(ctx: Ctx, region: RegionCode): Promise<void> {
  const gone = await inTenant(ctx, (tx) => deleteStaleUploads(tx, region, staleBefore(ctx.clock.now())));
  for (const name of gone) await dropSpoolFile(ctx.dataDir, region, name);
}
