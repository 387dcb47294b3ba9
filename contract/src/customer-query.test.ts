import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allOf, anyOf, noneOf, parseQuery, type Query, type QueryTerm } from './customer-query.ts';
import { completionAt, topTerms, withoutSpan } from './customer-query-bar.ts';
import { daysOf } from './customer-query-dates.ts';
import { type ChoiceField, choicesOf, type DateField, type NumberField } from './customer-query-fields.ts';
import { printQuery } from './customer-query-print.ts';

const read = (text: string): Query => {
  const parsed = parseQuery(text);
  if ('error' in parsed) throw new Error(`${text}: ${JSON.stringify(parsed.error)}`);
  return parsed.ok;
};
const errorOf = (text: string) => {
  const parsed = parseQuery(text);
  return 'error' in parsed ? parsed.error : undefined;
};

/** As the parser leaves a text. */
const clean = (text: string): string => text.replace(/\p{Cc}/gu, ' ').normalize('NFC');
const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom(
    'север',
    '한빛',
    'AND',
    'OR',
    'NOT',
    '-x',
    '"',
    '\\',
    'a"b\\',
    'none',
    'a:b',
    'a>1',
    '(',
    'x,y',
    ' ',
    '😀',
    '\u202eabc',
  ),
);
const value = anyText.map((text) => clean(text).trim()).filter((text) => text !== '');
const several = <Value>(one: fc.Arbitrary<Value>) => fc.array(one, { minLength: 1, maxLength: 3 });
const choiceField = fc.constantFrom<ChoiceField>(
  'status',
  'anomaly',
  'product',
  'region',
  'managed',
  'type',
  'has',
  'is',
);
const inApi = (field: string, written: string): string =>
  field === 'status' || field === 'product' || field === 'anomaly' ? written.replaceAll('-', '_') : written;
const comparison = fc.constantFrom('=', '<', '<=', '>', '>=');
const term: fc.Arbitrary<QueryTerm> = fc.oneof(
  anyText.map((text): QueryTerm => ({ kind: 'text', text: clean(text) })),
  choiceField.chain((field) =>
    several(fc.constantFrom(...choicesOf(field).map((written) => inApi(field, written)))).map(
      (values): QueryTerm => ({ kind: 'choice', field, values }),
    ),
  ),
  several(fc.constantFrom('BG', 'KR')).map((values): QueryTerm => ({ kind: 'choice', field: 'country', values })),
  several(fc.uuid()).map((values): QueryTerm => ({ kind: 'choice', field: 'id', values })),
  fc.record({ kind: fc.constant('named'), field: fc.constantFrom('tag', 'group'), values: several(fc.option(value)) }),
  fc.record({
    kind: fc.constant('words'),
    field: fc.constantFrom('name', 'domain', 'org', 'external', 'subscription'),
    isWhole: fc.boolean(),
    values: several(value),
  }),
  fc
    .record({
      kind: fc.constant('number'),
      field: fc.constantFrom<NumberField>('licenses.ordered', 'licenses.over'),
      comparison,
      values: several(fc.nat()),
    })
    .map((made): QueryTerm => (made.comparison === '=' ? made : { ...made, values: made.values.slice(0, 1) })),
  fc.record({
    kind: fc.constant('date'),
    field: fc.constantFrom<DateField>('ends', 'renews', 'created', 'signed-in'),
    comparison,
    value: fc.oneof(
      fc.record({ kind: fc.constant('date'), date: fc.constantFrom('2026-02-28', '2024-02-29', '9999-12-31') }),
      fc.record({
        kind: fc.constant('relative'),
        count: fc.nat({ max: 9999 }),
        unit: fc.constantFrom('d', 'w', 'm', 'y'),
      }),
    ),
  }),
  fc.constantFrom<QueryTerm>({ kind: 'date', field: 'signed-in', comparison: '=', value: { kind: 'none' } }),
) as fc.Arbitrary<QueryTerm>;
const { query } = fc.letrec<{ query: Query }>((tie) => ({
  query: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    term,
    fc.array(tie('query'), { maxLength: 3 }).map(allOf),
    fc.array(tie('query'), { minLength: 1, maxLength: 3 }).map(anyOf),
    tie('query').map(noneOf),
  ),
}));
/** The empty filter has a meaning only when it stands alone. */
const hasEmpty = (tree: Query): boolean =>
  tree.kind === 'and' || tree.kind === 'or'
    ? tree.parts.length === 0 || tree.parts.some(hasEmpty)
    : tree.kind === 'not' && hasEmpty(tree.part);

test('what is printed reads as the same filter', () => {
  fc.assert(
    fc.property(
      query.filter((tree) => !hasEmpty(tree)),
      (tree) => {
        const text = printQuery(tree);
        if (text.length > 4000) return;
        expect(read(text)).toEqual(tree);
        expect(printQuery(read(text))).toBe(text);
      },
    ),
    { numRuns: 1000 },
  );
});

test('any text whatever is read or refused at a place within it, and can be completed', () => {
  const piece = fc.oneof(
    anyText,
    fc.constantFrom('(', ')', '-', 'AND ', 'OR ', 'NOT ', 'status:', 'licenses.over > ', '"', ',', ':', ' ', 'tag:"x'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.nat(), (pieces, place) => {
      const text = pieces.join('');
      const error = errorOf(text);
      const caret = place % (text.length + 1);
      const completion = completionAt(text, caret);
      const within = (from: number, to: number): boolean => from >= 0 && from <= to && to <= text.length;
      expect(completion === undefined || within(completion.from, completion.to)).toBe(true);
      expect(error === undefined || within(error.at, error.at + error.length)).toBe(true);
      for (const { query: part, from, to } of topTerms(text)) expect(read(text.slice(from, to))).toEqual(part);
    }),
    { numRuns: 2000 },
  );
});

test('the example of the issue', () => {
  const text = 'status:expires-soon product:calling tag:"north" licenses.unassigned>20 -region:eu renews<30d acme';
  expect(printQuery(read(text))).toBe(text.replace('"north"', 'north'));
  expect(topTerms(text).map(({ from, to }) => text.slice(from, to))).toEqual(text.split(' '));
});

test.each([
  ['a AND b', 'a b'],
  ['NOT a', '-a'],
  ['a OR b c', 'a OR b c'],
  ['(a OR b) c', '(a OR b) c'],
  ['status:trial, expired', 'status:trial,expired'],
  ['STATUS:Expires_Soon', 'status:expires-soon'],
  ['licenses.over > 20', 'licenses.over>20'],
  ['licenses.over:>=5', 'licenses.over>=5'],
  ['region!=eu', '-region:eu'],
  ['tag:none,"none"', 'tag:none,"none"'],
  ['country:bg', 'country:BG'],
  ['ends<=today', 'ends<=0d'],
  ['and or not', 'and or not'],
  ['R&D acme,inc', 'R&D "acme,inc"'],
  ['', ''],
])('%s is written %s', (text, printed) => {
  expect(printQuery(read(text))).toBe(printed);
});

test.each([
  ['stauts:trial', 'field_unknown', 0, 6, { field: 'stauts', suggestion: 'status' }],
  ['a status:tria', 'value_unknown', 9, 4, { field: 'status', value: 'tria', suggestion: 'trial' }],
  ['name:', 'value_missing', 0, 5, { field: 'name' }],
  ['name: acme', 'value_missing', 0, 5, { field: 'name' }],
  ['region>eu', 'operator_unsuitable', 6, 1, { field: 'region', operator: '>' }],
  ['licenses.over>many', 'number_expected', 14, 4, { field: 'licenses.over', value: 'many' }],
  ['licenses.over>1,2', 'value_single', 16, 1, { field: 'licenses.over' }],
  ['created>2026-02-30', 'date_expected', 8, 10, { field: 'created', value: '2026-02-30' }],
  ['created:never', 'date_expected', 8, 5, { field: 'created', value: 'never' }],
  ['country:bulgaria', 'country_expected', 8, 8, { field: 'country', value: 'bulgaria' }],
  ['id:7', 'id_expected', 3, 1, { field: 'id', value: '7' }],
  ['tag:"north acme', 'quote_open', 4, 11, {}],
  ['(a', 'bracket_open', 0, 1, {}],
  ['a)', 'bracket_close', 1, 1, {}],
  ['a ()', 'brackets_empty', 2, 2, {}],
  ['a OR', 'operand_missing', 2, 2, { word: 'OR' }],
  ['OR a', 'operand_missing', 0, 2, { word: 'OR' }],
  ['a AND OR b', 'operand_missing', 2, 3, { word: 'AND' }],
  ['(NOT)', 'operand_missing', 1, 3, { word: 'NOT' }],
])('%s is refused', (text, code, at, length, data) => {
  expect(errorOf(text)).toEqual({ code, at, length, data });
});

test('limits answer, whatever is sent', () => {
  expect(errorOf('('.repeat(200))).toMatchObject({ code: 'too_deep', at: 50 });
  expect(errorOf(`${'('.repeat(50)}a${')'.repeat(50)}`)).toBeUndefined();
  expect(errorOf('-'.repeat(3999) + 'a')).toBeUndefined();
  expect(errorOf('NOT '.repeat(900) + 'a')).toBeUndefined();
  expect(errorOf('a '.repeat(201))).toMatchObject({ code: 'too_many_terms' });
  expect(errorOf(`id:${'x,'.repeat(300)}`)).toMatchObject({ code: 'too_many_terms' });
  for (const piece of ['(', 'x', '"', '\\', 'a:', '-', '\u0000', '가', 'licenses.over ', 'AND '])
    expect(errorOf(piece.repeat(10_000))).toMatchObject({ code: 'too_long', data: { limit: 4000 } });
});

test('relative days count forward for what is to come and back for what is past', () => {
  const days = (text: string) => daysOf(read(text) as QueryTerm & { kind: 'date' }, '2026-03-31');
  expect(days('renews<30d')).toEqual({ from: '2026-03-31', to: '2026-04-29' });
  expect(days('renews>30d')).toEqual({ from: '2026-05-01' });
  expect(days('ends:1m')).toEqual({ from: '2026-04-30', to: '2026-04-30' });
  expect(days('signed-in>90d')).toEqual({ to: '2025-12-30' });
  expect(days('signed-in<7d')).toEqual({ from: '2026-03-25', to: '2026-03-31' });
  expect(days('created>=2026-01-01')).toEqual({ from: '2026-01-01' });
  expect(days('created>9999y')).toEqual({ to: '1000-01-01' });
  expect(days('signed-in:never')).toBeUndefined();
});

test.each([
  ['sta|', { kind: 'field', typed: 'sta', from: 0, to: 3 }],
  ['a -re|gi', { kind: 'field', typed: 're', from: 3, to: 7 }],
  ['a | b', { kind: 'field', typed: '', from: 2, to: 2 }],
  ['(|', { kind: 'field', typed: '', from: 1, to: 1 }],
  ['status:|', { kind: 'value', field: 'status', typed: '', from: 7, to: 7 }],
  ['status:trial,ex|p x', { kind: 'value', field: 'status', typed: 'ex', from: 13, to: 16 }],
  ['tag:"nor| th" x', { kind: 'value', field: 'tag', typed: 'nor', from: 4, to: 12 }],
  ['licenses.over > |', { kind: 'value', field: 'licenses.over', typed: '', from: 16, to: 16 }],
  ['foo:|', undefined],
  ['"ac|me', undefined],
])('at %s is completed', (marked, expected) => {
  expect(completionAt(marked.replace('|', ''), marked.indexOf('|'))).toEqual(expected);
});

test('a condition is taken out with what joined it', () => {
  const without = (text: string, at: number) => withoutSpan(text, topTerms(text)[at] ?? { from: 0, to: 0 });
  expect(without('a b c', 1)).toBe('a c');
  expect(without('a AND b AND c', 1)).toBe('a c');
  expect(without('a AND b', 1)).toBe('a');
  expect(without('a AND b', 0)).toBe('b');
  expect(without('a', 0)).toBe('');
});
