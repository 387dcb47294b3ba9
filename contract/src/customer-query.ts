import {
  type ChoiceField,
  choicesOf,
  type DateField,
  type NamedField,
  type NumberField,
  type QueryField,
  queryFieldOf,
  queryFields,
  similar,
  similarField,
  type WordsField,
} from './customer-query-fields.ts';
import { type Operator, type Span, type Token, tokensOf, type ValueToken } from './customer-query-tokens.ts';

/** The longest filter; longer ones answer filter_too_long. */
export const filterMaximumLength = 4000;
export const filterMaximumDepth = 50;
/** Each value of a list counts. */
export const filterMaximumTerms = 200;

export type Comparison = '=' | '<' | '<=' | '>' | '>=';
/** `none`: there is no such date, such as no sign-in ever. */
export type DateValue =
  | { kind: 'none' }
  | { kind: 'date'; date: string }
  | { kind: 'relative'; count: number; unit: 'd' | 'w' | 'm' | 'y' };

/** One condition. It holds or it does not: what is not known fulfils none. Of several values one is enough. */
export type QueryTerm =
  | { kind: 'text'; text: string }
  /** `values` as the API has them (expires_soon), countries in upper case, ids in lower case. */
  | { kind: 'choice'; field: ChoiceField; values: string[] }
  /** null stands for `none`. */
  | { kind: 'named'; field: NamedField; values: (string | null)[] }
  | { kind: 'words'; field: WordsField; isWhole: boolean; values: string[] }
  /** Several values only with `=`. */
  | { kind: 'number'; field: NumberField; comparison: Comparison; values: number[] }
  | { kind: 'date'; field: DateField; comparison: Comparison; value: DateValue };

/** `and` of nothing is the empty filter: everybody. Neither `and` nor `or` holds its own kind, `not` holds no `not`. */
export type Query =
  | QueryTerm
  | { kind: 'and'; parts: Query[] }
  | { kind: 'or'; parts: Query[] }
  | { kind: 'not'; part: Query };

/** The closed list of what can be wrong with a filter; `data` fills the sentence. */
export type QueryErrorCode =
  | 'too_long' // length, limit
  | 'field_unknown' // field, suggestion (may be empty)
  | 'value_missing' // field
  | 'value_unknown' // field, value, suggestion (may be empty)
  | 'value_single' // field: a comparison takes one value
  | 'operator_unsuitable' // field, operator
  | 'number_expected' // field, value
  | 'date_expected' // field, value
  | 'country_expected' // field, value
  | 'id_expected' // field, value
  | 'quote_open'
  | 'bracket_open'
  | 'bracket_close'
  | 'brackets_empty'
  | 'operand_missing' // word: AND, OR, NOT or -
  | 'too_deep' // limit
  | 'too_many_terms'; // limit

export interface QueryError {
  /** UTF-16 units from 0, as a text field counts. */
  at: number;
  length: number;
  code: QueryErrorCode;
  data: Record<string, string | number>;
}

/** A condition of the outermost AND and where it stands. */
export interface QueryPart extends Span {
  query: Query;
}

/** Thrown within the parser only. */
class Fault extends Error {
  readonly error: QueryError;
  constructor({ from, to }: Span, code: QueryErrorCode, data: QueryError['data'] = {}) {
    super(code);
    this.error = { at: from, length: Math.max(to - from, 0), code, data };
  }
}

/** Never throws. `top` holds the conditions of the outermost AND, one by one as written. */
export function parseQuery(text: string): { ok: Query; top: QueryPart[] } | { error: QueryError } {
  try {
    if (text.length > filterMaximumLength) {
      const data = { length: text.length, limit: filterMaximumLength };
      throw new Fault({ from: filterMaximumLength, to: text.length }, 'too_long', data);
    }
    const state: State = { tokens: tokensOf(text), at: 0, depth: 0, terms: 0, end: text.length };
    const any = readAny(state);
    const rest = state.tokens[state.at];
    if (rest) throw new Fault(rest, 'bracket_close');
    const top = any.top ?? [any].filter(({ query }) => !isEverybody(query));
    return { ok: any.query, top: top.map(({ query, from, to }) => ({ query, from, to })) };
  } catch (fault) {
    if (fault instanceof Fault) return { error: fault.error };
    throw fault;
  }
}

const isEverybody = (query: Query): boolean => query.kind === 'and' && query.parts.length === 0;

/** All of them; flat. */
export function allOf(parts: readonly Query[]): Query {
  const flat = parts.flatMap((part) => (part.kind === 'and' ? part.parts : [part]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: 'and', parts: flat };
}

/** One of them; flat. */
export function anyOf(parts: readonly Query[]): Query {
  const flat = parts.flatMap((part) => (part.kind === 'or' ? part.parts : [part]));
  const [only] = flat;
  return flat.length === 1 && only ? only : { kind: 'or', parts: flat };
}

export const noneOf = (part: Query): Query => (part.kind === 'not' ? part.part : { kind: 'not', part });

interface State {
  tokens: Token[];
  at: number;
  depth: number;
  terms: number;
  end: number;
}
/** `top`: of an AND that stands for itself. */
type Read = QueryPart & { top?: QueryPart[] | undefined };

function readAny(state: State): Read {
  const parts = [readAll(state)];
  while (state.tokens[state.at]?.kind === 'or') {
    const word = state.tokens[state.at];
    state.at += 1;
    if (word) refuseNothing(state, word, 'OR');
    parts.push(readAll(state));
  }
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  return { query: anyOf(parts.map(({ query }) => query)), ...around(state, parts) };
}

const around = (state: State, parts: readonly Span[]): Span => ({
  from: parts[0]?.from ?? state.end,
  to: parts.at(-1)?.to ?? state.end,
});

function readAll(state: State): Read {
  const parts: QueryPart[] = [];
  for (let token = state.tokens[state.at]; token && token.kind !== 'close'; token = state.tokens[state.at]) {
    if (token.kind === 'or') {
      if (parts.length === 0) throw new Fault(token, 'operand_missing', { word: 'OR' });
      break;
    }
    if (token.kind === 'and') {
      if (parts.length === 0) throw new Fault(token, 'operand_missing', { word: 'AND' });
      state.at += 1;
      refuseNothing(state, token, 'AND');
    }
    parts.push(readOne(state));
  }
  return { query: allOf(parts.map(({ query }) => query)), top: parts, ...around(state, parts) };
}

/** Behind AND, OR and NOT something must stand. */
function refuseNothing(state: State, word: Span, written: string): void {
  const next = state.tokens[state.at]?.kind;
  if (next === undefined || next === 'close' || next === 'and' || next === 'or')
    throw new Fault(word, 'operand_missing', { word: written });
}

function readOne(state: State): QueryPart {
  let isNot = false;
  const from = state.tokens[state.at]?.from ?? state.end;
  for (let token = state.tokens[state.at]; token?.kind === 'minus' || token?.kind === 'not'; ) {
    isNot = !isNot;
    state.at += 1;
    refuseNothing(state, token, token.kind === 'not' ? 'NOT' : '-');
    token = state.tokens[state.at];
  }
  const { query, to } = readPlain(state);
  return { query: isNot ? noneOf(query) : query, from, to };
}

function readPlain(state: State): QueryPart {
  const token = state.tokens[state.at];
  if (!token) throw new Fault({ from: state.end, to: state.end }, 'brackets_empty'); // not reached: callers look ahead
  state.at += 1;
  if (token.kind === 'open') return readBrackets(state, token);
  if (token.kind !== 'text' && token.kind !== 'field') throw new Fault(token, 'operand_missing', { word: token.kind });
  const values = token.kind === 'field' ? token.values : [token];
  state.terms += values.length;
  if (state.terms > filterMaximumTerms) throw new Fault(token, 'too_many_terms', { limit: filterMaximumTerms });
  const open = values.find(({ quote }) => quote === 'open');
  if (open) throw new Fault({ from: open.from, to: state.end }, 'quote_open');
  const query: Query = token.kind === 'text' ? { kind: 'text', text: token.text } : readTerm(token);
  return { query, from: token.from, to: token.to };
}

function readBrackets(state: State, bracket: Span): QueryPart {
  state.depth += 1;
  if (state.depth > filterMaximumDepth) throw new Fault(bracket, 'too_deep', { limit: filterMaximumDepth });
  if (state.tokens[state.at]?.kind === 'close') {
    throw new Fault({ from: bracket.from, to: state.tokens[state.at]?.to ?? bracket.to }, 'brackets_empty');
  }
  const { query } = readAny(state);
  const close = state.tokens[state.at];
  if (close?.kind !== 'close') throw new Fault(bracket, 'bracket_open');
  state.at += 1;
  state.depth -= 1;
  return { query, from: bracket.from, to: close.to };
}

function readTerm({ field: written, operator, values }: Token & { kind: 'field' }): Query {
  const field = queryFieldOf(written.text);
  if (field === undefined) {
    const suggestion = similarField(written.text) ?? '';
    throw new Fault(written, 'field_unknown', { field: written.text, suggestion });
  }
  for (const value of values) {
    const isEmpty = value.text.trim() === '';
    if (isEmpty) throw new Fault({ from: written.from, to: value.to }, 'value_missing', { field });
  }
  const { sign } = operator;
  return sign === '!='
    ? noneOf(termOf(field, { ...operator, sign: '=' }, values))
    : termOf(field, { ...operator, sign }, values);
}

/** `!=` is the denial of `=`. */
type Sign = Exclude<Operator, '!='>;

function termOf(field: QueryField, operator: Span & { sign: Sign }, values: readonly ValueToken[]): QueryTerm {
  const { kind } = queryFields[field];
  const { sign } = operator;
  const comparison: Comparison = sign === ':' ? '=' : sign;
  if (kind === 'number') {
    refuseSeveral(field, comparison, values);
    return { kind: 'number', field: field as NumberField, comparison, values: values.map((v) => numberOf(field, v)) };
  }
  if (kind === 'future' || kind === 'past') {
    refuseSeveral(field, '<', values);
    const [value] = values as [ValueToken];
    return { kind: 'date', field: field as DateField, comparison, value: dateOf(field, kind, comparison, value) };
  }
  if (comparison !== '=') throw new Fault(operator, 'operator_unsuitable', { field, operator: sign });
  if (kind === 'words') {
    const texts = values.map(({ text }) => text.trim());
    return { kind: 'words', field: field as WordsField, isWhole: sign === '=', values: texts };
  }
  if (kind === 'named') {
    const names = values.map(({ text, quote }) =>
      quote === 'none' && text.toLowerCase() === 'none' ? null : text.trim(),
    );
    return { kind: 'named', field: field as NamedField, values: names };
  }
  return { kind: 'choice', field: field as ChoiceField, values: values.map((value) => choiceOf(field, value)) };
}

function refuseSeveral(field: QueryField, comparison: Comparison, values: readonly ValueToken[]): void {
  const [, second] = values;
  if (second && comparison !== '=') throw new Fault(second, 'value_single', { field });
}

function numberOf(field: QueryField, value: ValueToken): number {
  if (!/^\d{1,12}$/.test(value.text)) throw new Fault(value, 'number_expected', { field, value: value.text });
  return Number(value.text);
}

function dateOf(field: QueryField, kind: 'future' | 'past', comparison: Comparison, value: ValueToken): DateValue {
  const text = value.text.toLowerCase();
  if (text === 'today') return { kind: 'relative', count: 0, unit: 'd' };
  // A customer that was never created is none.
  if ((text === 'none' || (text === 'never' && kind === 'past')) && comparison === '=' && field !== 'created')
    return { kind: 'none' };
  const relative = /^(\d{1,4})([dwmy])$/.exec(text);
  if (relative) return { kind: 'relative', count: Number(relative[1]), unit: relative[2] as 'd' | 'w' | 'm' | 'y' };
  if (isDate(text)) return { kind: 'date', date: text };
  throw new Fault(value, 'date_expected', { field, value: value.text });
}

/** One that exists in the calendar, of a year that people and databases know. */
function isDate(text: string): boolean {
  if (!/^[1-9]\d{3}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function choiceOf(field: QueryField, value: ValueToken): string {
  const { kind } = queryFields[field];
  const text = value.text.trim().toLowerCase();
  if (kind === 'country') {
    if (!/^[a-z]{2}$/.test(text)) throw new Fault(value, 'country_expected', { field, value: value.text });
    return text.toUpperCase();
  }
  if (kind === 'id') {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text))
      throw new Fault(value, 'id_expected', { field, value: value.text });
    return text;
  }
  const choices = choicesOf(field);
  const written = text.replaceAll('_', '-');
  if (!choices.includes(written)) {
    const suggestion = similar(written, choices) ?? '';
    throw new Fault(value, 'value_unknown', { field, value: value.text, suggestion });
  }
  return field === 'status' || field === 'product' || field === 'anomaly' ? written.replaceAll('-', '_') : written;
}
