import type { Customer } from '@hub/contract/customers';
import type { TenantTx } from '../../platform/directory/directory.ts';

type Contact = Customer['contact'];

const columnOf = { name: 'contact_name', email: 'contact_email', phone: 'contact_phone' } as const;

export async function emptyContact(
  tx: TenantTx,
  customerId: string,
  fields: readonly (keyof Contact)[],
): Promise<void> {
  const emptied = Object.fromEntries(fields.map((field) => [columnOf[field], '']));
  await tx
    .updateTable('customer')
    .set((eb) => ({ ...emptied, version: eb('version', '+', 1) }))
    .where('id', '=', customerId)
    .execute();
}
