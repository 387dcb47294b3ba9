import type { RegionCode } from '@hub/contract/regions';
import type { PublicCtx } from '../access/index.ts';
import { hasFullAdministrator } from './sessions-queries.ts';

/** Whether the installation waits for its first full administrator, and the regions to choose a home from. */
export async function getSetup(ctx: PublicCtx): Promise<{ isNeeded: boolean; regions: RegionCode[] }> {
  return { isNeeded: !(await hasFullAdministrator(ctx.directory)), regions: [...ctx.stores.keys()] };
}
