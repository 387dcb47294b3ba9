import type { Customer } from '@hub/contract/customers';
import type { PersonNames } from '@hub/contract/deletions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { comparedText } from '../imports/index.ts';

type Contact = Customer['contact'];

/** The fields of a contact that name a person. */
export function namingFields(contact: Contact, { emails, numbers, names }: PersonNames): (keyof Contact)[] {
  const given = new Set([...emails, ...numbers, ...names].map(comparedText));
  return (['name', 'email', 'phone'] as const).filter(
    (field) => contact[field] !== '' && given.has(comparedText(contact[field])),
  );
}

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
