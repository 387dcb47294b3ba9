import { defaultLowAssignmentRule, LowAssignmentRule } from '@hub/contract/low-assignment';
import type { TenantTx } from '../../platform/directory/directory.ts';

export async function readLowAssignmentRule(tx: TenantTx, partnerId: string): Promise<LowAssignmentRule> {
  const row = await tx
    .selectFrom('partner')
    .select('low_assignment_rule')
    .where('id', '=', partnerId)
    .executeTakeFirstOrThrow();
  return row.low_assignment_rule === null ? defaultLowAssignmentRule : LowAssignmentRule.parse(row.low_assignment_rule);
}

/** Whoever changes it waits for who changes it at this moment. */
export async function lockLowAssignmentRule(tx: TenantTx, partnerId: string): Promise<void> {
  await tx.selectFrom('partner').select('id').where('id', '=', partnerId).forNoKeyUpdate().execute();
}

export async function setLowAssignmentRule(tx: TenantTx, partnerId: string, rule: LowAssignmentRule): Promise<void> {
  await tx
    .updateTable('partner')
    .set({ low_assignment_rule: JSON.stringify(rule) })
    .where('id', '=', partnerId)
    .execute();
}
