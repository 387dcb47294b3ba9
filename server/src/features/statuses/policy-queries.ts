import type { StatusPolicy } from '@hub/contract/status-policy';
import { sql } from 'kysely';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';
import { statusRules } from './status-rules.ts';

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

/** Whether all customers are to be derived anew: the policy changed since they were, or a release has other rules. */
const isPolicyNew = sql<boolean>`(status_policy_version <> status_policy_applied or status_rules_applied < ${statusRules}::int)`;

export async function readPolicyVersion(
  tx: TenantTx,
  partnerId: string,
): Promise<{ version: number; isPolicyNew: boolean }> {
  return tx
    .selectFrom('partner')
    .select(['status_policy_version as version', isPolicyNew.as('isPolicyNew')])
    .where('id', '=', partnerId)
    .executeTakeFirstOrThrow();
}

/** By this version of the policy, and by the rules of this release. */
export async function setPolicyApplied(tx: TenantTx, partnerId: string, version: number): Promise<void> {
  await tx
    .updateTable('partner')
    .set({ status_policy_applied: version, status_rules_applied: statusRules })
    .where('id', '=', partnerId)
    .execute();
}

/** Every partner, with the zone that says when its day ends, and whether all its customers are to be derived anew. */
export async function findPartners(
  directory: Directory,
): Promise<{ id: string; timeZone: string; isPolicyNew: boolean }[]> {
  return directory
    .selectFrom('partner')
    .select(['id', 'time_zone as timeZone', isPolicyNew.as('isPolicyNew')])
    .orderBy('id')
    .execute();
}
