export interface CsvRecord {
  /** On which it begins, from 1. */
  line: number;
  fields: string[];
}

const quote = '"';
// A file of nothing but separators would else be an array of its size; whoever counts the columns sees that there are too many.
const mostFields = 1000;

/**
 * The records of a CSV text one by one; quotes as in RFC 4180, any line ends, empty lines passed over. A quote that never closes takes the
 * rest of the text into its field.
 */
export function* csvRecords(text: string, delimiter: string): Generator<CsvRecord> {
  let line = 1;
  let at = 0;
  const ends = new RegExp(`[${delimiter === '\t' ? '\\t' : delimiter}\\r\\n]`, 'g');
  while (at < text.length) {
    const record: CsvRecord = { line, fields: [] };
    for (;;) {
      let field = '';
      if (text[at] === quote) {
        const quoted = quotedField(text, at + 1);
        line += quoted.breaks;
        field = quoted.field;
        at = quoted.end;
      }
      ends.lastIndex = at;
      const end = ends.exec(text)?.index ?? text.length;
      if (record.fields.length < mostFields) record.fields.push(field + text.slice(at, end));
      at = end + 1;
      if (text[end] === delimiter) continue;
      if (text[end] === '\r' && text[at] === '\n') at++;
      line++;
      break;
    }
    if (record.fields.length > 1 || record.fields[0]?.trim() !== '') yield record;
  }
}

/** Behind the opening quote, up to behind the closing one. */
function quotedField(text: string, from: number): { field: string; end: number; breaks: number } {
  const pieces: string[] = [];
  let begin = from;
  let end = text.length;
  let next = text.length;
  for (;;) {
    const at = text.indexOf(quote, begin);
    if (at === -1) break;
    if (text[at + 1] === quote) {
      pieces.push(text.slice(begin, at + 1));
      begin = at + 2;
      continue;
    }
    end = at;
    next = at + 1;
    break;
  }
  pieces.push(text.slice(begin, end));
  const field = pieces.join('');
  return { field, end: next, breaks: field.match(/\r\n|\r|\n/g)?.length ?? 0 };
}
