import type { ColumnMapping, Conversion, FieldSource } from '@hub/contract/import-mappings';
import { normalHeader } from '../call-history-columns.ts';
import { callHistory } from '../feeds/call-history.ts';
import type { Feed, FeedColumn } from '../feeds/feed.ts';
import { matchHeader } from '../feeds/match-header.ts';
import { columnsNamed } from './foreign-names.ts';
import { answerOf, directionOf } from './foreign-words.ts';
import { knownWords } from './known-words.ts';
import { isClock, isDayAlone, namesZone, timeForm } from './time-form.ts';

/** A column by the name that mappings use, with values of its first rows, and all different ones where they are few. */
export interface SeenColumn {
  name: string;
  samples: readonly string[];
  values: readonly string[];
}

type Fields = Record<string, FieldSource>;

/** Where nothing in the file tells: a row is a call of the one who calls, and that one is a person. */
const usual: Record<string, string> = { direction: 'ORIGINATING', user_type: 'User' };

/** What a file's columns probably mean for a feed. */
export function suggestMapping(
  feed: Feed,
  columns: readonly SeenColumn[],
  { hasHeader, zone }: { hasHeader: boolean; zone: string },
): ColumnMapping {
  const fields: Fields = {};
  const match = matchHeader(
    feed,
    columns.map(({ name }) => name),
  );
  for (const column of feed.columns) {
    const own = columns[match.columns.indexOf(column.name)];
    const factor = match.factors.get(column.name) ?? 1;
    for (const found of own === undefined ? otherNames(feed, column.name, columns) : [own]) {
      const conversion = conversionFor(feed, column, found, { zone, factor: own === undefined ? 1 : factor });
      if (conversion === 'unfit') continue;
      fields[column.name] = { columns: [found.name], ...(conversion === undefined ? {} : { conversion }) };
      break;
    }
  }
  addTime(feed, fields, columns, zone);
  if (feed === callHistory) addByContent(fields, columns);
  return { feed: feed.code, hasHeader, skipRows: 0, fields };
}

function otherNames(feed: Feed, field: string, columns: readonly SeenColumn[]): SeenColumn[] {
  if (feed !== callHistory) return [];
  if (field === 'user') return columnsNamed('user', columns).filter((column) => !isOfNumbers(column));
  const named = columnsNamed(field, columns);
  return field === 'user_number' ? [...named, ...columnsNamed('user', columns).filter(isOfNumbers)] : named;
}

const filledOf = ({ samples }: SeenColumn): string[] =>
  samples.map((text) => text.trim()).filter((text) => text !== '');

const isOfNumbers = (column: SeenColumn): boolean => {
  const filled = filledOf(column);
  return filled.length > 0 && filled.every((text) => /^\+?[\d(][\d\s()./-]*$/.test(text));
};

const unused = (fields: Fields, columns: readonly SeenColumn[]): SeenColumn[] => {
  const used = new Set(Object.values(fields).flatMap((source) => ('columns' in source ? source.columns : [])));
  return columns.filter(({ name }) => !used.has(name));
};

/** A time of whatever name; and where its column holds days alone, with the column of the times of those days. */
function addTime(feed: Feed, fields: Fields, columns: readonly SeenColumn[], zone: string): void {
  const time = feed.columns.find(({ kind }) => kind === 'required_time' || kind === 'day');
  if (time === undefined) return;
  if (fields[time.name] === undefined) {
    const found = columns.find(({ samples }) => timeForm(samples) !== undefined);
    const form = found && timeForm(found.samples);
    if (found && form) fields[time.name] = { columns: [found.name], conversion: { kind: 'time', form, zone } };
  }
  const source = fields[time.name];
  if (time.kind === 'day' || source === undefined || !('columns' in source)) return;
  const place = columns.findIndex(({ name }) => name === source.columns[0]);
  const days = columns[place];
  const form = days && timeForm(days.samples);
  if (days === undefined || form === undefined || !filledOf(days).every(isDayAlone)) return;
  const lengths = columnsNamed('duration', columns);
  const free = unused(fields, columns).filter((column) => !lengths.includes(column));
  const beside = [columns[place + 1], columns[place - 1]].filter((column) => column !== undefined);
  const clock = [...columnsNamed('clock', free), ...beside.filter((column) => free.includes(column))].find(
    (column) => filledOf(column).length > 0 && filledOf(column).every(isClock),
  );
  if (clock !== undefined)
    fields[time.name] = { columns: [days.name, clock.name], conversion: { kind: 'time', form, zone } };
}

/** What names did not tell, values do: lengths like 01:30, words for directions and answers, numbers of telephones. */
function addByContent(fields: Fields, columns: readonly SeenColumn[]): void {
  const answer = fields['answer_time'];
  if (fields['answered'] === undefined && answer !== undefined && 'columns' in answer)
    fields['answered'] = { columns: answer.columns, conversion: { kind: 'flag', words: ['', '0'], meaning: 'no' } };
  const only = (test: (column: SeenColumn) => boolean): SeenColumn | undefined => {
    const found = unused(fields, columns).filter(test);
    return found.length === 1 ? found[0] : undefined;
  };
  const allAre = (values: readonly string[], test: (text: string) => boolean): boolean =>
    values.length > 0 && values.every(test);
  if (fields['direction'] === undefined) {
    const found = only(({ values }) => allAre(values, (text) => directionOf(text) !== undefined));
    if (found !== undefined) fields['direction'] = { columns: [found.name], ...withDirections(found) };
  }
  if (fields['answered'] === undefined) {
    const found = only(({ values }) => allAre(values, (text) => text.length > 1 && answerOf(text) !== undefined));
    const conversion = found && answersOf(found);
    if (found !== undefined) fields['answered'] = { columns: [found.name], ...(conversion && { conversion }) };
  }
  if (fields['duration'] === undefined) {
    const found = only((column) => allAre(filledOf(column), (text) => /^(\d{1,3}:)?\d{1,3}:[0-5]\d$/.test(text)));
    if (found !== undefined)
      fields['duration'] = { columns: [found.name], conversion: { kind: 'unit', unit: 'seconds' } };
  }
  addNumber(fields, columns);
  for (const [name, value] of Object.entries(usual)) fields[name] ??= { value };
}

const ofUser = ['user_number', 'user', 'user_uuid', 'calling_number'];

/** A number of nobody in particular is that of the user, where nothing else names one; else of the one who was called. */
function addNumber(fields: Fields, columns: readonly SeenColumn[]): void {
  const free = unused(fields, columns);
  const isTelephone = (column: SeenColumn): boolean =>
    isOfNumbers(column) && filledOf(column).some((text) => /^\+\d/.test(text));
  const [found] = [...columnsNamed('number', free).filter(isOfNumbers), ...free.filter(isTelephone)];
  if (found === undefined) return;
  if (!ofUser.some((name) => fields[name] !== undefined)) fields['user_number'] = { columns: [found.name] };
  else if (fields['called_number'] === undefined) fields['called_number'] = { columns: [found.name] };
}

function conversionFor(
  feed: Feed,
  column: FeedColumn,
  found: SeenColumn,
  { zone, factor }: { zone: string; factor: number },
): Conversion | undefined | 'unfit' {
  const filled = filledOf(found);
  if (column.kind.endsWith('time') || column.kind === 'day') {
    if (filled.length === 0) return undefined;
    const form = timeForm(filled);
    if (form === undefined) return 'unfit';
    return isOwnForm(column, filled, form) ? undefined : { kind: 'time', form, zone };
  }
  if (isMeasured(column)) {
    if (factor !== 1)
      return { kind: 'unit', unit: factor === 60 ? 'minutes' : factor === 3600 ? 'hours' : 'milliseconds' };
    if (/min|мин|분/.test(normalHeader(found.name))) return { kind: 'unit', unit: 'minutes' };
    return filled.some((text) => text.includes(':')) ? { kind: 'unit', unit: 'seconds' } : undefined;
  }
  if (column.kind === 'flag') return answersOf(found);
  return column.name === 'direction' && knownWords(feed, column.name).length > 0
    ? withDirections(found).conversion
    : undefined;
}

const wordsOf = (column: SeenColumn): string[] => [
  ...new Set([...column.values, ...(column.values.length === 0 ? filledOf(column) : [])]),
];

const mostFlagWords = 20;

/** Which words say yes; where none is known to, which say no. Words of which neither is known are asked about. */
function answersOf(column: SeenColumn): Conversion | undefined {
  const words = wordsOf(column);
  if (words.every((text) => /^(true|false)$/i.test(text))) return undefined;
  const meaning = (word: string): boolean | undefined => answerOf(word);
  const yes = words.filter((word) => meaning(word) === true);
  if (yes.length > 0) return { kind: 'flag', words: yes.slice(0, mostFlagWords), meaning: 'yes' };
  const isKnown = words.every((word) => meaning(word) === false) && words.length <= mostFlagWords;
  return isKnown ? { kind: 'flag', words, meaning: 'no' } : undefined;
}

function withDirections(column: SeenColumn): { conversion?: Conversion } {
  const own = knownWords(callHistory, 'direction');
  const words = wordsOf(column).flatMap((theirs) => {
    const ours = directionOf(theirs);
    return ours === undefined || own.includes(theirs.toUpperCase()) ? [] : [{ theirs, ours }];
  });
  return words.length === 0 ? {} : { conversion: { kind: 'words', words: words.slice(0, 50) } };
}

/** Fields of seconds, also those that call history counts in whole ones. */
export const isMeasured = ({ kind, name }: FeedColumn): boolean =>
  kind === 'seconds' || kind === 'milliseconds' || (kind.endsWith('count') && name.endsWith('duration'));

const isOwnForm = ({ kind }: FeedColumn, samples: readonly string[], form: string): boolean =>
  form === 'iso' && (kind === 'day' ? samples.every((text) => text.length === 10) : samples.every(namesZone));
