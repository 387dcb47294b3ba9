import type { TenantTx } from '../../platform/directory/directory.ts';

/** The name of the customer whose subscription or trial has this reference; undefined where it is not the actor's to see. */
export async function findReferenceHolder(tx: TenantTx, reference: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('contract_reference')
    .innerJoin('customer', 'customer.id', 'contract_reference.customer_id')
    .select('customer.name')
    .where('contract_reference.reference', '=', reference)
    .executeTakeFirst();
  return row?.name;
}

const keys = ['contract_reference_pkey', 'subscription_partner_id_reference_key', 'trial_partner_id_reference_key'];

/** Whether a write failed because another subscription or trial of the partner has the reference. */
export function isReferenceTaken(error: unknown): boolean {
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  return code === '23505' && typeof constraint === 'string' && keys.includes(constraint); // unique_violation
}
