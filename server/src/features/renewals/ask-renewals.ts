import type { RegionCode } from '@hub/contract/regions';
import type { RenewalStage, RenewalUrgency } from '@hub/contract/renewal-rules';
import { HubError } from '../../platform/hub-error.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { meaningOf } from '../customers/index.ts';
import type { RenewalsAsked } from './renewal-queries.ts';

export interface Narrowed {
  filter?: string | undefined;
  urgency?: RenewalUrgency | undefined;
  stage?: RenewalStage | undefined;
  owner?: string | undefined;
}

/** What is asked of the directory, as of today in the partner's zone. Throws region_not_served, filter_invalid, filter_too_long. */
export async function askedOf(
  tx: TenantTx,
  ctx: Ctx,
  { filter = '', urgency, stage, owner }: Narrowed,
  regions: readonly RegionCode[],
): Promise<RenewalsAsked> {
  for (const region of regions) if (!ctx.stores.has(region)) throw new HubError('region_not_served', { region });
  const { condition, today } = await meaningOf(tx, ctx, filter);
  return { today, regions, condition, urgency, stage, owner };
}
