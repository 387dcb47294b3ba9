import type { CallingPolicy } from '@hub/contract/calling-policy';
import type { TenantTx } from '../../platform/directory/directory.ts';

export async function readCallingPolicy(tx: TenantTx, partnerId: string): Promise<CallingPolicy> {
  const row = await tx
    .selectFrom('partner')
    .select(['quality_policy', 'usage_regular_from', 'usage_heavy_from'])
    .where('id', '=', partnerId)
    .executeTakeFirstOrThrow();
  return {
    qualityPolicy: row.quality_policy,
    bands: { regularFrom: row.usage_regular_from, heavyFrom: row.usage_heavy_from },
  };
}

/** Whoever changes it waits for who changes it at this moment. */
export async function lockCallingPolicy(tx: TenantTx, partnerId: string): Promise<void> {
  await tx.selectFrom('partner').select('id').where('id', '=', partnerId).forNoKeyUpdate().execute();
}

export async function setCallingPolicy(
  tx: TenantTx,
  partnerId: string,
  { qualityPolicy, bands }: CallingPolicy,
): Promise<void> {
  await tx
    .updateTable('partner')
    .set({
      quality_policy: qualityPolicy,
      usage_regular_from: bands.regularFrom,
      usage_heavy_from: bands.heavyFrom,
    })
    .where('id', '=', partnerId)
    .execute();
}
