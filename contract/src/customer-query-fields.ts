import { AnomalyKind } from './calling-anomaly.ts';
import { CustomerStatus } from './customer-statuses.ts';
import { Product } from './products.ts';
import { RegionCode } from './regions.ts';

/** Values are written with hyphens: expires-soon. */
const hyphened = <Value extends string>(values: readonly Value[]): string[] =>
  values.map((value) => value.replaceAll('_', '-'));

/**
 * What a field compares.
 * - `choice`: one of `values`, written with : or =.
 * - `named`: what the partner named itself (tags, groups), by its name without case and diacritics; `none` where there is none.
 * - `country`: ISO 3166 alpha-2.
 * - `words`: : is part of it, = is all of it.
 * - `id`: the whole ID of a customer.
 * - `number`: any comparison.
 * - `future`, `past`: a date; `<30d` is nearer to today than 30 days, `>30d` farther. `none` where there is none.
 */
export type FieldKind = 'choice' | 'named' | 'country' | 'words' | 'id' | 'number' | 'future' | 'past';

interface FieldData {
  kind: FieldKind;
  values?: readonly string[];
}

/** Every field of the filter language, in the order in which they are offered. */
export const queryFields = {
  status: { kind: 'choice', values: [...hyphened(CustomerStatus.options), 'none'] },
  anomaly: { kind: 'choice', values: [...hyphened(AnomalyKind.options), 'none'] },
  product: { kind: 'choice', values: [...hyphened(Product.options), 'none'] },
  tag: { kind: 'named' },
  group: { kind: 'named' },
  region: { kind: 'choice', values: RegionCode.options },
  managed: { kind: 'choice', values: ['partner', 'external', 'own'] },
  type: { kind: 'choice', values: ['subscription', 'trial', 'both', 'none'] },
  country: { kind: 'country' },
  name: { kind: 'words' },
  domain: { kind: 'words' },
  org: { kind: 'words' },
  external: { kind: 'words' },
  subscription: { kind: 'words' },
  id: { kind: 'id' },
  'licenses.ordered': { kind: 'number' },
  'licenses.assigned': { kind: 'number' },
  'licenses.unassigned': { kind: 'number' },
  'licenses.over': { kind: 'number' },
  ends: { kind: 'future' },
  renews: { kind: 'future' },
  created: { kind: 'past' },
  'signed-in': { kind: 'past' },
  has: {
    kind: 'choice',
    values: [
      'organization',
      'domain',
      'external-id',
      'contact',
      'tags',
      'groups',
      'sign-ins',
      'assignments',
      'subscription',
      'trial',
      'setup-errors',
    ],
  },
  is: { kind: 'choice', values: ['active', 'linked', 'renewing'] },
} as const satisfies Record<string, FieldData>;

export type QueryField = keyof typeof queryFields;

/** Whether a field, or one of its values, tells what only the right subscriptions.read tells: IDs of subscriptions and numbers of licenses. */
export const tellsContracts = (field: QueryField, values: readonly string[] = []): boolean =>
  field === 'subscription' || field.startsWith('licenses.') || (field === 'has' && values.includes('assignments'));
/** Whether a field tells what only the right calling_usage.read tells. */
export const tellsCalling = (field: QueryField): boolean => field === 'anomaly';
export const queryFieldNames = Object.keys(queryFields) as QueryField[];

type OfKind<Kind extends FieldKind> = {
  [Field in QueryField]: (typeof queryFields)[Field]['kind'] extends Kind ? Field : never;
}[QueryField];
export type ChoiceField = OfKind<'choice' | 'country' | 'id'>;
export type NamedField = OfKind<'named'>;
export type WordsField = OfKind<'words'>;
export type NumberField = OfKind<'number'>;
export type DateField = OfKind<'future' | 'past'>;

/** Case does not matter. */
export const queryFieldOf = (written: string): QueryField | undefined =>
  queryFieldNames.find((name) => name === written.toLowerCase());

export const choicesOf = (field: QueryField): readonly string[] => {
  const data: FieldData = queryFields[field];
  return data.values ?? [];
};

/** A field that has been mistyped by a letter or two. */
export function similarField(written: string): QueryField | undefined {
  return similar(written.toLowerCase(), queryFieldNames) as QueryField | undefined;
}

export function similar(written: string, known: readonly string[]): string | undefined {
  if (written.length > 40) return undefined;
  const begun = known.find((name) => written.length > 1 && (name.startsWith(written) || name.endsWith(`.${written}`)));
  if (begun !== undefined) return begun;
  const [nearest] = known
    .map((name) => ({ name, far: distance(written, name) }))
    .filter(({ far }) => far <= (written.length < 5 ? 1 : 2))
    .toSorted((a, b) => a.far - b.far);
  return nearest?.name;
}

/** Levenshtein's. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [at, sign] of [...a].entries()) {
    const next = [at + 1];
    for (let to = 0; to < b.length; to += 1)
      next.push(
        Math.min((row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1, (row[to] ?? 0) + (sign === b.charAt(to) ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}
