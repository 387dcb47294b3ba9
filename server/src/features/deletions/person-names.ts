import type { Customer } from '@hub/contract/customers';
import type { PersonNames } from '@hub/contract/deletions';
import { HubError } from '../../platform/hub-error.ts';
import { VaultFault } from '../../platform/vault/index.ts';
import type { Ctx } from '../access/index.ts';
import { comparedText, type KnownBy, knownBy } from '../imports/index.ts';

const fewestDigits = 3;
const blanks: ReadonlySet<string> = new Set(['', 'na', '00000000-0000-0000-0000-000000000000']);

/**
 * What a person is known by, hashed. A number decides whose a row is where neither user UUID nor e-mail address is given; a name never
 * does. Throws deletion_person_unclear and vault_key_missing.
 */
export function hashedNames(ctx: Ctx, { userUuid, emails, numbers, names }: PersonNames): KnownBy[] {
  const certain = [...(userUuid === null ? [] : [userUuid]), ...emails];
  const short = numbers.filter((text) => comparedText(text).replace(/[^0-9]/g, '').length < fewestDigits);
  const isBlank = [...certain, ...names].some((text) => blanks.has(comparedText(text)));
  if (certain.length + numbers.length === 0 || short.length > 0 || isBlank)
    throw new HubError('deletion_person_unclear');
  try {
    return knownBy(ctx.vault, ctx.actor.partnerId, [
      ...certain.map((text) => ({ text, decides: true })),
      ...numbers.map((text) => ({ text, decides: certain.length === 0 })),
      ...names.map((text) => ({ text, decides: false })),
    ]);
  } catch (cause) {
    if (!(cause instanceof VaultFault)) throw cause;
    throw new HubError('vault_key_missing', {}, { cause });
  }
}

/** What is to be typed once more: the first of what is certain, or else the first number. */
export const typedName = ({ userUuid, emails, numbers }: PersonNames): string =>
  userUuid ?? emails[0] ?? numbers[0] ?? '';

type Contact = Customer['contact'];

/** The fields of a contact that name a person. */
export function namingFields(contact: Contact, { emails, numbers, names }: PersonNames): (keyof Contact)[] {
  const given = new Set([...emails, ...numbers, ...names].map(comparedText));
  return (['name', 'email', 'phone'] as const).filter(
    (field) => contact[field] !== '' && given.has(comparedText(contact[field])),
  );
}
