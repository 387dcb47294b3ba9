import { withoutSpan } from '@hub/contract/customer-query-bar';
import type { QueryField } from '@hub/contract/customer-query-fields';
import { printQuery } from '@hub/contract/customer-query-print';
import { parseQuery, type Query, type QueryError, type QueryPart } from '@hub/contract/customer-query';

/** A filter that looks for a text as it is, whatever stands in it. */
export const searchFilter = (text: string): string =>
  text.trim() === '' ? '' : printQuery({ kind: 'text', text: text.trim() });

/** Both filters: what holds an OR at its top is put into brackets. */
export function andAlso(one: string, other: string): string {
  const [first, second] = [one.trim(), other.trim()];
  if (first === '') return second;
  if (second === '') return first;
  return `${bracketed(first)} ${bracketed(second)}`;
}

function bracketed(text: string): string {
  const parsed = parseQuery(text);
  return 'ok' in parsed && parsed.ok.kind === 'or' ? `(${text})` : text;
}

export interface Condition {
  part: QueryPart;
  source: string;
  isNot: boolean;
  /** Without its denial. */
  query: Query;
}

/** The conditions of a filter's outermost AND, as chips show them; none where it cannot be read. */
export function conditionsOf(text: string): Condition[] {
  const parsed = parseQuery(text);
  if ('error' in parsed) return [];
  return parsed.top.map((part) => {
    const isNot = part.query.kind === 'not';
    return {
      part,
      source: text.slice(part.from, part.to),
      isNot,
      query: part.query.kind === 'not' ? part.query.part : part.query,
    };
  });
}

const isPlainOf = (condition: Condition, field: QueryField): boolean =>
  !condition.isNot &&
  (condition.query.kind === 'choice' || condition.query.kind === 'named') &&
  condition.query.field === field;

/** What a filter lets pass of a field, by conditions of the outermost AND; values as the contract has them, '' for none of a named field. */
export function valuesIn(text: string, field: QueryField): string[] {
  return conditionsOf(text).flatMap((condition) => {
    if (!isPlainOf(condition, field)) return [];
    const { query } = condition;
    if (query.kind === 'choice') return query.values;
    return query.kind === 'named' ? query.values.map((value) => value ?? '') : [];
  });
}

/** The filter with other values of a field; without any, the condition goes. The other conditions stay as they were written. */
export function withValues(
  text: string,
  field: { name: QueryField; kind: 'choice' | 'named' },
  values: readonly string[],
): string {
  let rest = text;
  for (;;) {
    const old = conditionsOf(rest).find((condition) => isPlainOf(condition, field.name));
    if (old === undefined) break;
    rest = withoutSpan(rest, old.part);
  }
  return values.length === 0 ? rest : andAlso(rest, conditionText(field, values));
}

/** One condition as it is written: `status:expires-soon,trial`. */
export function conditionText(
  field: { name: QueryField; kind: 'choice' | 'named' },
  values: readonly string[],
): string {
  if (field.kind === 'named')
    return printQuery({
      kind: 'named',
      field: field.name as 'tag' | 'group',
      values: values.map((value) => (value === '' ? null : value)),
    });
  return printQuery({ kind: 'choice', field: field.name as 'status', values: [...values] });
}

/** Only words to look for: these may be asked for while somebody types. */
export function isPlainText(text: string): boolean {
  const parsed = parseQuery(text);
  return 'ok' in parsed && parsed.top.length > 0 && parsed.top.every(({ query }) => query.kind === 'text');
}

/** What is wrong with a filter; null where it can be read. */
export function faultOf(text: string): QueryError | null {
  const parsed = parseQuery(text);
  return 'error' in parsed ? parsed.error : null;
}
