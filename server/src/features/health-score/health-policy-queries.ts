import { defaultHealthPolicy, HealthPolicy } from '@hub/contract/health-score';
import type { TenantTx } from '../../platform/directory/directory.ts';

export async function readHealthPolicy(tx: TenantTx, partnerId: string): Promise<HealthPolicy> {
  const row = await tx
    .selectFrom('partner')
    .select('health_policy')
    .where('id', '=', partnerId)
    .executeTakeFirstOrThrow();
  return row.health_policy === null ? defaultHealthPolicy : HealthPolicy.parse(row.health_policy);
}

/** Whoever changes it waits for who changes it at this moment. */
export async function lockHealthPolicy(tx: TenantTx, partnerId: string): Promise<void> {
  await tx.selectFrom('partner').select('id').where('id', '=', partnerId).forNoKeyUpdate().execute();
}

export async function setHealthPolicy(tx: TenantTx, partnerId: string, policy: HealthPolicy): Promise<void> {
  await tx
    .updateTable('partner')
    .set({ health_policy: JSON.stringify(policy) })
    .where('id', '=', partnerId)
    .execute();
}
