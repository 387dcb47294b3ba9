import { changeCustomer, type Customer } from '@hub/contract/customers';
import { z } from 'zod';
import type { Translate } from '../../lib/i18n.ts';
import type { ConflictField } from '../../ui/use-conflict.ts';

type Body = NonNullable<typeof changeCustomer.body>['shape'];
const given: Body | undefined = changeCustomer.body?.shape;

/** As the contract takes it, told by codes that have words beside the field. */
const as = (schema: z.ZodType | undefined, fault: string) =>
  z.string().refine((text) => schema === undefined || schema.safeParse(text).success, fault);

/** A customer as it is typed. */
export const CustomerForm = z.object({
  name: z.string().trim().min(1, 'required').max(200, 'long'),
  domain: as(given?.domain, 'domain'),
  externalId: z.string().trim().max(200, 'long'),
  kind: z.enum(['owned', 'external']),
  contactName: z.string().trim().max(200, 'long'),
  contactEmail: as(given?.contact.shape.email, 'email'),
  contactPhone: z.string().trim().max(50, 'long'),
});
export type CustomerForm = z.input<typeof CustomerForm>;

type Known = Pick<Customer, 'name' | 'domain' | 'externalId' | 'kind' | 'contact'>;

export function formOf({ name, domain, externalId, kind, contact }: Known): CustomerForm {
  return {
    name,
    domain: domain ?? '',
    externalId: externalId ?? '',
    kind: kind === 'external' ? 'external' : 'owned',
    contactName: contact.name,
    contactEmail: contact.email,
    contactPhone: contact.phone,
  };
}

export function bodyOf({ contactName, contactEmail, contactPhone, ...form }: CustomerForm) {
  return { ...form, contact: { name: contactName, email: contactEmail, phone: contactPhone } };
}

/** How a conflict tells each field. */
export function conflictFields(t: Translate): ConflictField<CustomerForm>[] {
  return [
    { label: t('common.name'), names: ['name'], text: (form) => form.name },
    { label: t('customer.domain'), names: ['domain'], text: (form) => form.domain },
    { label: t('customers.externalId'), names: ['externalId'], text: (form) => form.externalId },
    { label: t('customer.managedBy'), names: ['kind'], text: (form) => t(`customer.kind.${form.kind}`) },
    { label: t('edit.contactName'), names: ['contactName'], text: (form) => form.contactName },
    { label: t('edit.contactEmail'), names: ['contactEmail'], text: (form) => form.contactEmail },
    { label: t('edit.contactPhone'), names: ['contactPhone'], text: (form) => form.contactPhone },
  ];
}
