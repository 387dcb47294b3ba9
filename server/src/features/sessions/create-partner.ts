import type { PartnerId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { PublicCtx } from '../access/index.ts';
import { insertOwnCustomer } from '../customers/index.ts';
import { insertPartner } from './sessions-queries.ts';

/** A partner together with its own organization, which is one of its customers. `tx` is bound to `id`. Throws region_not_served. */
export async function createPartner(
  tx: TenantTx,
  ctx: PublicCtx,
  { id, name, homeRegion }: { id: PartnerId; name: string; homeRegion: RegionCode },
): Promise<void> {
  if (!ctx.stores.has(homeRegion)) throw new HubError('region_not_served', { region: homeRegion });
  await insertPartner(tx, { id, name, homeRegion, at: ctx.clock.now() });
  await insertOwnCustomer(tx, { id: ctx.clock.id(), partnerId: id, name, region: homeRegion, at: ctx.clock.now() });
}
