import { Readable } from 'node:stream';
import { type ImportBatch, ImportNote } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { stringify } from 'csv-stringify/sync';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { feedOf } from './feeds/all-feeds.ts';
import { matchHeader } from './feeds/match-header.ts';
import { getImportRow, type ImportRow } from './import-queries.ts';
import { placeOf } from './mappings/file-columns.ts';
import { receiveCorrected } from './receive-upload.ts';
import { type FileColumn, fileColumns, reasonHeads } from './reason-heads.ts';
import { findRejectedRecordsOf, type RejectedRecord } from './rejected-queries.ts';

/** What stands in a rejected row in place of the value that it was rejected for. */
export interface CorrectedValue {
  row: number;
  value: string;
}

/**
 * Queues an import of rejected rows with other values in place of those that they were rejected for; it is linked to theirs. The rest of
 * each row is as it was sent. Throws rejected_row_not_found, and rejected_row_needs_file where no one value is at fault.
 */
export async function correctRejectedRows(
  ctx: Ctx,
  importId: string,
  corrected: readonly CorrectedValue[],
): Promise<ImportBatch> {
  requirePermission(ctx, 'imports.write');
  const row = await inTenant(ctx, (tx) => getImportRow(tx, importId));
  const { store } = await regionalScope(ctx, row.region as RegionCode);
  const values = new Map(corrected.map(({ row: number, value }) => [number, value]));
  const records = await findRejectedRecordsOf(store, row.partner_id, row.number, [...values.keys()]);
  const columns = fileColumns(row.header);
  const placeIn = placesIn(row, columns);
  const lines = [...values].map(([number, value]) => {
    const record = records.find(({ file_row }) => file_row === number);
    if (record === undefined) throw new HubError('rejected_row_not_found', { row: number });
    return [...correctedRecord(record, value, columns, placeIn(record.column)), number];
  });
  const [head = ''] = reasonHeads(row.number);
  const text = stringify([[...columns.map((column) => column.head), head], ...lines], { record_delimiter: '\n' });
  const content = Buffer.from(text, 'utf8');
  return receiveCorrected(ctx, {
    region: row.region as RegionCode,
    fileName: `B-${row.number}_corrected.csv`,
    body: Readable.from([content]),
    bytes: content.length,
  });
}

/** Where in the file the column stands that a fault names: by its head in the report, or, read by a mapping, by the file's own name or its place. */
function placesIn(row: ImportRow, columns: readonly FileColumn[]): (faulty: string) => number | undefined {
  if (row.feed === null) return () => undefined;
  const feed = feedOf(row.feed);
  const heads = columns.map(({ head }) => head);
  if (
    ImportNote.array()
      .parse(row.notes)
      .some(({ code }) => code === 'mapped')
  )
    return (faulty) => placeOf(faulty, heads, heads.length);
  const match = matchHeader(feed, heads);
  return (faulty) => {
    const name = feed.columns.find(({ header }) => header === faulty)?.name;
    const place = name === undefined ? -1 : match.columns.indexOf(name);
    return place < 0 ? undefined : place;
  };
}

function correctedRecord(
  { record, file_row }: RejectedRecord,
  value: string,
  columns: readonly FileColumn[],
  place: number | undefined,
): string[] {
  const hasAll = columns.every(({ index }) => index < record.length);
  if (place === undefined || !hasAll) throw new HubError('rejected_row_needs_file', { row: file_row });
  return columns.map(({ index }, at) => (at === place ? value : (record[index] ?? '')));
}
