import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** Rows went beside the imports: no answer from before is remembered any more. In the transaction that tells of their end. */
export async function noteRemoval(tx: TenantTx, partnerId: string, region: RegionCode): Promise<void> {
  await tx
    .insertInto('region_removal')
    .values({ partner_id: partnerId, region, removals: 1 })
    .onConflict((on) =>
      on.columns(['partner_id', 'region']).doUpdateSet((eb) => ({ removals: eb('region_removal.removals', '+', 1) })),
    )
    .execute();
}
