import type { RegionCode } from '@hub/contract/regions';
import type { PublicCtx } from '../access/index.ts';
import { hasAnyPartner } from './sessions-queries.ts';

/** Whether the installation waits for its first partner, the regions to choose a home from, and whether asking for the session makes sense. */
export async function getSetup(
  ctx: PublicCtx,
  { sessionToken }: { sessionToken: string | undefined },
): Promise<{ isNeeded: boolean; regions: RegionCode[]; hasSession: boolean }> {
  return {
    isNeeded: !(await hasAnyPartner(ctx.directory)),
    regions: [...ctx.stores.keys()],
    hasSession: sessionToken !== undefined,
  };
}
