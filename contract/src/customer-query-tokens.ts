import { queryFieldOf } from './customer-query-fields.ts';

/** From the first to behind the last UTF-16 unit, counted from 0, as a text field counts its selection. */
export interface Span {
  from: number;
  to: number;
}

export interface ValueToken extends Span {
  text: string;
  quote: 'none' | 'closed' | 'open';
}

export type Operator = ':' | '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Token =
  | (Span & { kind: 'open' | 'close' | 'minus' | 'and' | 'or' | 'not' })
  | (Span & ValueToken & { kind: 'text' })
  | (Span & {
      kind: 'field';
      field: Span & { text: string };
      operator: Span & { sign: Operator };
      values: ValueToken[];
    });

const space = /[\s\p{Cc}\u200b\ufeff]/u;
const head = /([A-Za-z][A-Za-z.-]*)(:(?:!=|[<>]=?|=)|!=|[<>]=?|[:=])/y;
const spacedHead = /([A-Za-z][A-Za-z.-]*)\s+(!=|[<>]=?|=)/y;
const words = { AND: 'and', OR: 'or', NOT: 'not' } as const;

/** Reads any text whatever into tokens; what is wrong with it is for the parser to say. Bounded: each character is looked at a few times. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const sign = text.charAt(at);
    if (space.test(sign)) at += 1;
    else if (sign === '(' || sign === ')') {
      tokens.push({ kind: sign === '(' ? 'open' : 'close', from: at, to: at + 1 });
      at += 1;
    } else if (sign === '-' && at + 1 < text.length && !/[\s)]/.test(text.charAt(at + 1))) {
      tokens.push({ kind: 'minus', from: at, to: at + 1 });
      at += 1;
    } else {
      const token = fieldAt(text, at) ?? wordAt(text, at);
      tokens.push(token);
      at = token.to;
    }
  }
  return tokens;
}

function fieldAt(text: string, from: number): Token | undefined {
  head.lastIndex = from;
  spacedHead.lastIndex = from;
  const spaced = spacedHead.exec(text);
  const match = head.exec(text) ?? (spaced?.[1] !== undefined && queryFieldOf(spaced[1]) ? spaced : null);
  if (!match) return undefined;
  const [all, name = '', written = ''] = match;
  const sign = (written.length > 1 ? written.replace(/^:/, '') : written) as Operator;
  const operator = { from: from + all.length - written.length, to: from + all.length, sign };
  let at = operator.to;
  // `licenses.over > 20` is read; `name: acme` is a field without a value and a word.
  if (sign !== ':') at = pastSpace(text, at);
  const values = [valueAt(text, at, true)];
  at = values[0]?.to ?? at;
  while (text.charAt(at) === ',') {
    const value = valueAt(text, pastSpace(text, at + 1), true);
    values.push(value);
    at = value.to;
  }
  return { kind: 'field', from, to: at, field: { from, to: from + name.length, text: name }, operator, values };
}

function wordAt(text: string, from: number): Token {
  const value = valueAt(text, from, false);
  if (value.quote === 'none' && Object.hasOwn(words, value.text))
    return { kind: words[value.text as keyof typeof words], from, to: value.to };
  return { kind: 'text', ...value };
}

const pastSpace = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && space.test(text.charAt(at))) at += 1;
  return at;
};

/** In a list of values the comma ends one; in a bare word it is a letter like any other. */
function valueAt(text: string, from: number, isListed: boolean): ValueToken {
  if (text.charAt(from) === '"') return quotedAt(text, from);
  let to = from;
  while (to < text.length) {
    const sign = text.charAt(to);
    if (space.test(sign) || sign === '(' || sign === ')' || sign === '"' || (isListed && sign === ',')) break;
    to += 1;
  }
  return { text: text.slice(from, to).normalize('NFC'), quote: 'none', from, to };
}

function quotedAt(text: string, from: number): ValueToken {
  let content = '';
  let at = from + 1;
  let isClosed = false;
  while (at < text.length && !isClosed) {
    const sign = text.charAt(at);
    if (sign === '"') isClosed = true;
    else if (sign === '\\' && /["\\]/.test(text.charAt(at + 1))) {
      content += text.charAt(at + 1);
      at += 1;
    } else content += sign;
    at += 1;
  }
  const clean = content.replace(/\p{Cc}/gu, ' ').normalize('NFC');
  return { text: clean, quote: isClosed ? 'closed' : 'open', from, to: at };
}
