import { type QueryField, queryFieldOf } from './customer-query-fields.ts';
import { parseQuery, type QueryPart } from './customer-query.ts';
import { type Span, type Token, tokensOf, type ValueToken } from './customer-query-tokens.ts';

/** The conditions of the outermost AND, for chips; none where the filter cannot be read. */
export function topTerms(text: string): QueryPart[] {
  const parsed = parseQuery(text);
  return 'error' in parsed ? [] : parsed.top;
}

/** The filter without what stands in the span, and with single spaces where it stood. */
export function withoutSpan(text: string, { from, to }: Span): string {
  const before = text.slice(0, from).replace(/\s*(AND\s*)?$/, '');
  const after = text.slice(to).replace(/^\s*(AND\s+)?/, '');
  return before === '' || after === '' ? `${before}${after}` : `${before} ${after}`;
}

/** What is being typed at the caret. What is chosen replaces the span. */
export type Completion = Span & { typed: string } & ({ kind: 'field' } | { kind: 'value'; field: QueryField });

/** `field`: the name of a field, or a word to search for. Undefined where nothing can be offered, such as within a quoted text. */
export function completionAt(text: string, caret: number): Completion | undefined {
  const token = tokensOf(text).find(({ from, to }) => from <= caret && caret <= to && !isSign(text.slice(from, to)));
  if (!token || (token.kind !== 'field' && token.kind !== 'text' && token.from === caret))
    return { kind: 'field', typed: '', from: caret, to: caret };
  if (token.kind === 'text')
    return token.quote === 'none'
      ? { kind: 'field', typed: text.slice(token.from, caret), from: token.from, to: token.to }
      : undefined;
  if (token.kind !== 'field')
    return { kind: 'field', typed: text.slice(token.from, caret), from: token.from, to: token.to };
  return inField(text, token, caret);
}

const isSign = (written: string): boolean => written === '(' || written === ')' || written === '-';

function inField(text: string, token: Token & { kind: 'field' }, caret: number): Completion | undefined {
  if (caret < token.operator.to)
    return { kind: 'field', typed: text.slice(token.from, caret), from: token.field.from, to: token.field.to };
  const field = queryFieldOf(token.field.text);
  if (field === undefined) return undefined;
  const value = token.values.find(({ from, to }) => from <= caret && caret <= to);
  if (!value) return { kind: 'value', field, typed: '', from: caret, to: caret };
  return { kind: 'value', field, typed: typedPart(text, value, caret), from: value.from, to: value.to };
}

const typedPart = (text: string, { from, quote }: ValueToken, caret: number): string =>
  text
    .slice(quote === 'none' ? from : Math.min(from + 1, caret), caret)
    .replace(/"$/, '')
    .replace(/\\(["\\])/g, '$1');
