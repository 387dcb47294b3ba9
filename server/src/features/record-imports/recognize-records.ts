import type { RecordKind } from '@hub/contract/record-imports';
import { HubError } from '../../platform/hub-error.ts';
import { columnsIn, columnsOfKind, neededColumns, type RecordColumn, recordKindOf } from '@hub/contract/record-columns';

export interface RecognizedRecords {
  kind: RecordKind;
  /** The file's own column names in its order. */
  header: string[];
  /** What each of them is; undefined: nothing that is known. */
  columns: (RecordColumn | undefined)[];
}

/** Tells by the header what a file is. Throws records_unknown, import_columns_missing, import_columns_twice. */
export function recognizeRecords(header: readonly string[], fileName: string): RecognizedRecords {
  const kind = recordKindOf(header);
  if (kind === undefined) {
    const firstLine = header
      .join(', ')
      .replace(/\p{Cc}/gu, ' ')
      .slice(0, 80);
    throw new HubError('records_unknown', { fileName, firstLine });
  }
  const columns = columnsIn(kind, header);
  const present = columns.filter((column) => column !== undefined);
  const titles = (list: readonly RecordColumn[]): string =>
    columnsOfKind[kind]
      .filter(({ column }) => list.includes(column))
      .map(({ title }) => title)
      .join(' / ');
  const missing = neededColumns[kind].filter((oneOf) => !oneOf.some((column) => present.includes(column)));
  const asks = (column: RecordColumn): boolean => missing.some((oneOf) => oneOf.includes(column));
  if (present.includes('product') && !present.includes('ordered') && !asks('ordered')) missing.push(['ordered']);
  if (missing.length > 0)
    throw new HubError('import_columns_missing', { fileName, columns: missing.map(titles).join(', ') });
  const twice = [...new Set(present.filter((column, place) => present.indexOf(column) !== place))];
  if (twice.length > 0)
    throw new HubError('import_columns_twice', { fileName, columns: twice.map((one) => titles([one])).join(', ') });
  return { kind, header: [...header], columns };
}
