import { stringify } from 'csv-stringify/sync';

/** RFC 4180 text, CRLF line ends. What a spreadsheet would run as a formula is neutralised by a leading apostrophe. */
export function csvText(rows: readonly (readonly (string | number | null)[])[], options: { bom: boolean }): string {
  const safe = rows.map((row) =>
    row.map((value) => (typeof value === 'string' && isFormula(value) ? `'${value}` : value)),
  );
  // A line break of either kind inside a value would end the record for most readers.
  return stringify(safe, { bom: options.bom, record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
}

// A telephone number begins with + and runs nothing: it must come out as it went in.
const isFormula = (text: string): boolean =>
  /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && !/^[+-][\d ().]*$/.test(text));
