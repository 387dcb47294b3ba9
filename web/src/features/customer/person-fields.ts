import type { PersonNames } from '@hub/contract/deletions';
import { z } from 'zod';

/** By what a person is known, as it is typed: several of a kind with semicolons between. */
export interface PersonFields {
  userUuid: string;
  emails: string;
  numbers: string;
  names: string;
}

export const noPerson: PersonFields = { userUuid: '', emails: '', numbers: '', names: '' };

const several = (text: string): string[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');

export const isUuid = (text: string): boolean => z.guid().safeParse(text.trim()).success;

export const namesOf = ({ userUuid, emails, numbers, names }: PersonFields): PersonNames => ({
  userUuid: userUuid.trim() === '' ? null : userUuid.trim(),
  emails: several(emails),
  numbers: several(numbers),
  names: several(names),
});

/** What is to be typed once more; empty where nothing tells who is meant. */
export function typedName(fields: PersonFields): string {
  const { userUuid, emails, numbers } = namesOf(fields);
  return userUuid ?? emails[0] ?? numbers[0] ?? '';
}

/** The fields with one more of a kind; of user UUIDs there is one. */
export function fieldsOfKind(
  fields: PersonFields,
  kind: 'userUuids' | 'emails' | 'numbers' | 'names',
  text: string,
): Partial<PersonFields> {
  if (kind === 'userUuids') return { userUuid: text };
  return { [kind]: [...several(fields[kind]), text].join('; ') };
}
