import type {
  ColumnMapping,
  Conversion,
  FieldSource,
  getMappingDraft,
  MappingField,
} from '@hub/contract/import-mappings';
import type { ReplyOf } from '@hub/contract/endpoint';

/** What an editor is given: of a kept file, or of a saved mapping. */
export type Draft = Omit<ReplyOf<typeof getMappingDraft>, 'fileName' | 'savedAs'>;
export type DraftFeed = Draft['feeds'][number];

/** What the choice of a column holds: nothing, one value for all rows, or columns. */
export const nothing = '';
export const oneValue = 'value';

export const choiceOf = (source: FieldSource | undefined): string => {
  if (source === undefined) return nothing;
  return 'value' in source ? oneValue : JSON.stringify(source.columns);
};

/** A choice for a field; how a column is read follows from what it holds, until somebody says otherwise. */
export function sourceOf(
  choice: string,
  before: FieldSource | undefined,
  { draft, field }: { draft: Draft; field: MappingField },
): FieldSource | undefined {
  if (choice === nothing) return undefined;
  if (choice === oneValue) return { value: field.words[0] ?? '' };
  const columns = JSON.parse(choice) as string[];
  const said = conversionOf(before);
  const first = before !== undefined && 'columns' in before ? before.columns[0] : undefined;
  // Words are those of the column before, and what followed from its values says nothing of another's. A second column beside it changes nothing.
  const isOfAnother = first !== columns[0];
  const followed = first === undefined ? undefined : likelyConversion([first], draft, field);
  const kept =
    said?.kind === 'flag' || said?.kind === 'words' || (isOfAnother && isSame(said, followed)) ? undefined : said;
  const conversion = kept ?? likelyConversion(columns, draft, field);
  return conversion === undefined ? { columns } : { columns, conversion };
}

/** Whether both read a text in one way. */
function isSame(one: Conversion | undefined, other: Conversion | undefined): boolean {
  if (one?.kind === 'time') return other?.kind === 'time' && one.form === other.form && one.zone === other.zone;
  return one?.kind === 'unit' && other?.kind === 'unit' && one.unit === other.unit;
}

function likelyConversion(columns: readonly string[], draft: Draft, field: MappingField): Conversion | undefined {
  const found = draft.columns.find(({ name }) => name === columns[0]);
  const form = found?.timeForm ?? undefined;
  if ((field.kind === 'time' || field.kind === 'day') && form !== undefined)
    return { kind: 'time', form, zone: draft.zone };
  const isClock = found?.samples.some((text) => /^\d+:\d\d(:\d\d)?$/.test(text.trim())) === true;
  return field.kind === 'duration' && isClock ? { kind: 'unit', unit: 'seconds' } : undefined;
}

/** The different values of the one column that is chosen, where they are few. */
export function valuesOf({ columns }: Draft, source: FieldSource): string[] {
  if (!('columns' in source) || source.columns.length > 1) return [];
  return columns.find(({ name }) => name === source.columns[0])?.values ?? [];
}

/** The fields that are shown: those with a source, those that are needed, and those that somebody added. */
export function shownFields(
  { fields, needed }: DraftFeed,
  mapping: ColumnMapping,
  added: readonly string[],
): MappingField[] {
  const firstNeeded = needed.flatMap((group) =>
    group.some((name) => mapping.fields[name] !== undefined) ? [] : group.slice(0, 1),
  );
  return fields.filter(
    ({ name }) => mapping.fields[name] !== undefined || firstNeeded.includes(name) || added.includes(name),
  );
}

/** Needed, and nothing else of its group has a source. */
export const isNeeded = ({ needed }: DraftFeed, name: string): boolean => needed.some((group) => group.includes(name));

export function withSource(mapping: ColumnMapping, name: string, source: FieldSource | undefined): ColumnMapping {
  const { [name]: _, ...others } = mapping.fields;
  return { ...mapping, fields: source === undefined ? others : { ...others, [name]: source } };
}

export const conversionOf = (source: FieldSource | undefined): Conversion | undefined =>
  source !== undefined && 'columns' in source ? source.conversion : undefined;

export function withConversion(source: FieldSource, conversion: Conversion | undefined): FieldSource {
  if (!('columns' in source)) return source;
  return conversion === undefined ? { columns: source.columns } : { columns: source.columns, conversion };
}

/** `ANSWERED = Success`, a pair a line. */
export const wordLines = (words: readonly { theirs: string; ours: string }[]): string =>
  words.map(({ theirs, ours }) => `${theirs} = ${ours}`).join('\n');

export const wordsOf = (lines: string): { theirs: string; ours: string }[] =>
  lines.split('\n').flatMap((line) => {
    const [theirs, ...ours] = line.split('=');
    return ours.length === 0 || theirs === undefined ? [] : [{ theirs: theirs.trim(), ours: ours.join('=').trim() }];
  });

/** A few values of the columns, the first of each. */
export function samplesOf({ columns }: Draft, source: FieldSource | undefined, kind: MappingField['kind']): string[] {
  if (source === undefined || !('columns' in source)) return [];
  const chosen = source.columns.map((name) => columns.find((column) => column.name === name)?.samples ?? []);
  const rows = (chosen[0] ?? []).map((_, row) =>
    chosen
      .map((samples) => samples[row] ?? '')
      .filter((text) => text !== '')
      .join(kind === 'time' || kind === 'day' ? ' ' : '-'),
  );
  return [...new Set(rows.filter((text) => text !== ''))].slice(0, 3);
}

/** Heads of what still needs a source, those of which one would do together; undefined where nothing does. */
export function missingFields({ fields, needed }: DraftFeed, mapping: ColumnMapping): string | undefined {
  const groups = needed.filter((group) => !group.some((name) => mapping.fields[name] !== undefined));
  const headOf = (name: string): string => fields.find((field) => field.name === name)?.header ?? name;
  return groups.length === 0 ? undefined : groups.map((group) => group.map(headOf).join(' / ')).join(', ');
}
