import type { RecordKind } from '@hub/contract/record-imports';
import { HubError } from '../../platform/hub-error.ts';
import { columnsOfKind, neededColumns, plainKey, type RecordColumn } from './record-columns.ts';

export interface RecognizedRecords {
  kind: RecordKind;
  /** The file's own column names in its order. */
  header: string[];
  /** What each of them is; undefined: nothing that is known. */
  columns: (RecordColumn | undefined)[];
}

const byKey: Readonly<Record<RecordKind, ReadonlyMap<string, RecordColumn>>> = {
  customers: keysOf('customers'),
  subscriptions: keysOf('subscriptions'),
  trials: keysOf('trials'),
  sign_ins: keysOf('sign_ins'),
  orders: keysOf('orders'),
  invoices: keysOf('invoices'),
};

function keysOf(kind: RecordKind): Map<string, RecordColumn> {
  return new Map(
    columnsOfKind[kind].flatMap(({ column, title, also }) =>
      [title, ...also].map((spelling): [string, RecordColumn] => [plainKey(spelling), column]),
    ),
  );
}

/** Tells by the header what a file is. Throws records_unknown, import_columns_missing, import_columns_twice. */
export function recognizeRecords(header: readonly string[], fileName: string): RecognizedRecords {
  const kind = kindOf(header);
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

const columnsIn = (kind: RecordKind, header: readonly string[]): (RecordColumn | undefined)[] =>
  header.map((name) => byKey[kind].get(plainKey(name)));

function kindOf(header: readonly string[]): RecordKind | undefined {
  const has = (kind: RecordKind, column: RecordColumn): boolean => columnsIn(kind, header).includes(column);
  // These name their subscription, too.
  if (has('invoices', 'reference')) return 'invoices';
  if (has('orders', 'reference')) return 'orders';
  if (has('subscriptions', 'reference')) return 'subscriptions';
  if (has('trials', 'reference')) return 'trials';
  if (has('sign_ins', 'lastSignIn')) return 'sign_ins';
  const known = columnsIn('customers', header).filter((column) => column !== undefined);
  // A name alone, or an organization's ID alone, stands in files of any kind.
  return known.includes('name') && new Set(known).size > 1 ? 'customers' : undefined;
}
