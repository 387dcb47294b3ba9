import type { PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import type { PublicCtx } from '../access/index.ts';
import { allPartners } from './sessions-queries.ts';

/** Every partner of the installation by name, for the operator's command line: no endpoint may offer it. */
export async function listPartners(ctx: PublicCtx): Promise<{ id: PartnerId; name: string; homeRegion: RegionCode }[]> {
  const rows = await allPartners(ctx.directory);
  return rows.map(({ id, name, homeRegion }) => ({ id, name, homeRegion }));
}
