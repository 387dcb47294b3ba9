import type { RegionCode } from '@hub/contract/regions';
import type { PublicCtx } from '../access/index.ts';
import { hasAnyPartner } from './sessions-queries.ts';

/** Whether the installation waits for its first partner, and the regions to choose a home from. */
export async function getSetup(ctx: PublicCtx): Promise<{ isNeeded: boolean; regions: RegionCode[] }> {
  return { isNeeded: !(await hasAnyPartner(ctx.directory)), regions: [...ctx.stores.keys()] };
}
