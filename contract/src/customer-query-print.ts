import type { DateValue, Query, QueryTerm } from './customer-query.ts';

/** A filter as text, in one way of writing: read again it is the same filter. */
export function printQuery(query: Query): string {
  if (query.kind === 'and') return query.parts.map((part) => inAnd(part)).join(' ');
  if (query.kind === 'or') return query.parts.map((part) => inOr(part)).join(' OR ');
  if (query.kind === 'not') return `-${isTerm(query.part) ? printTerm(query.part) : `(${printQuery(query.part)})`}`;
  return printTerm(query);
}

const isTerm = (query: Query): query is QueryTerm =>
  query.kind !== 'and' && query.kind !== 'or' && query.kind !== 'not';
const inAnd = (query: Query): string => (query.kind === 'or' ? `(${printQuery(query)})` : printQuery(query));
const inOr = inAnd;

function printTerm(term: QueryTerm): string {
  switch (term.kind) {
    case 'text':
      return /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@/+&'-]*$/u.test(term.text) && !/^(AND|OR|NOT)$/.test(term.text)
        ? term.text
        : quoted(term.text);
    case 'choice':
      return `${term.field}:${term.values.map((value) => value.replaceAll('_', '-')).join(',')}`;
    case 'named':
      return `${term.field}:${term.values.map((name) => (name === null ? 'none' : valueOf(name))).join(',')}`;
    case 'words':
      return `${term.field}${term.isWhole ? '=' : ':'}${term.values.map(valueOf).join(',')}`;
    case 'number':
      return `${term.field}${signOf(term.comparison)}${term.values.join(',')}`;
    case 'date':
      return `${term.field}${signOf(term.comparison)}${dateText(term.value)}`;
  }
}

const signOf = (comparison: string): string => (comparison === '=' ? ':' : comparison);

const dateText = (value: DateValue): string => {
  if (value.kind === 'none') return 'none';
  return value.kind === 'date' ? value.date : `${value.count}${value.unit}`;
};

/** A value of a field: bare where nothing in it could be read as something else. */
export const valueOf = (text: string): string =>
  /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._@/+&'-]*$/u.test(text) && text.toLowerCase() !== 'none' ? text : quoted(text);

const quoted = (text: string): string => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
