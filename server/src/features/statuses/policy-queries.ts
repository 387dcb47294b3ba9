import type { StatusPolicy } from '@hub/contract/status-policy';
import { sql } from 'kysely';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';

/** Of a partner whose policy changes, alone; of those who derive by it, together (advisory locks, freed with the transaction). */
const policyLock = 4_801_274;

export async function readPolicy(tx: TenantTx, partnerId: string): Promise<StatusPolicy> {
  return tx
    .selectFrom('partner')
    .select(['time_zone as timeZone', 'expires_soon_days as expiresSoonDays', 'inactive_days as inactiveDays'])
    .where('id', '=', partnerId)
    .executeTakeFirstOrThrow();
}

/** As above; it stays so until the transaction ends. Whoever changes it waits, and finds everything that was derived by the one before. */
export async function readPolicyForDeriving(tx: TenantTx, partnerId: string): Promise<StatusPolicy> {
  await sql`select pg_advisory_xact_lock_shared(${policyLock}::int, hashtext(${partnerId}))`.execute(tx);
  return readPolicy(tx, partnerId);
}

/** Changes the policy once nobody derives by the one before any more; every customer is then to be derived anew. */
export async function setPolicy(tx: TenantTx, partnerId: string, policy: StatusPolicy): Promise<void> {
  await tx
    .updateTable('partner')
    .set(({ eb }) => ({
      time_zone: policy.timeZone,
      expires_soon_days: policy.expiresSoonDays,
      inactive_days: policy.inactiveDays,
      status_policy_version: eb('status_policy_version', '+', 1),
    }))
    .where('id', '=', partnerId)
    .execute();
  await sql`select pg_advisory_xact_lock(${policyLock}::int, hashtext(${partnerId}))`.execute(tx);
}

export async function readPolicyVersion(
  tx: TenantTx,
  partnerId: string,
): Promise<{ version: number; applied: number }> {
  return tx
    .selectFrom('partner')
    .select(['status_policy_version as version', 'status_policy_applied as applied'])
    .where('id', '=', partnerId)
    .executeTakeFirstOrThrow();
}

export async function setPolicyApplied(tx: TenantTx, partnerId: string, version: number): Promise<void> {
  await tx.updateTable('partner').set({ status_policy_applied: version }).where('id', '=', partnerId).execute();
}

/** Every partner, with the zone that says when its day ends, and whether its policy has changed since its customers were derived. */
export async function findPartners(
  directory: Directory,
): Promise<{ id: string; timeZone: string; isPolicyNew: boolean }[]> {
  return directory
    .selectFrom('partner')
    .select([
      'id',
      'time_zone as timeZone',
      sql<boolean>`status_policy_version <> status_policy_applied`.as('isPolicyNew'),
    ])
    .orderBy('id')
    .execute();
}
