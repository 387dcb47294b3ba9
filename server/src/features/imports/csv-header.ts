export type Delimiter = ',' | ';' | '\t';

const delimiters: readonly Delimiter[] = [',', ';', '\t'];

/** The separator that splits the first line into most columns. */
export function delimiterOf(text: string): Delimiter {
  const counts = delimiters.map((delimiter) => ({ delimiter, columns: splitHeader(text, delimiter).length }));
  counts.sort((a, b) => b.columns - a.columns);
  return counts[0]?.delimiter ?? ',';
}

/** The fields of the first record; quotes as in RFC 4180. */
export function splitHeader(text: string, delimiter: Delimiter): string[] {
  const fields: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (isQuoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else isQuoted = false;
    } else if (char === '"' && field === '') isQuoted = true;
    else if (char === delimiter) {
      fields.push(field);
      field = '';
    } else if (char === '\n' || char === '\r') break;
    else field += char;
  }
  fields.push(field);
  return fields.map((name) => name.trim());
}
