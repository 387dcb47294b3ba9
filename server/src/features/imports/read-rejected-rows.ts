import { Readable } from 'node:stream';
import type { RejectedRow } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import type { FileReply } from '../../platform/http/index.ts';
import { csvText } from '../../platform/csv/csv-text.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { getImportRow, type ImportRow } from './import-queries.ts';
import { type FileColumn, fileColumns, reasonHeads } from './reason-heads.ts';
import { latestHoursAhead } from './read-column.ts';
import { countRejectedRows, findRejectedRecords, findRejectedRows, type RejectedRecord } from './rejected-queries.ts';

/** A page of rejected rows in file order. Throws import_not_found. */
export async function listRejectedRows(
  ctx: Ctx,
  importId: string,
  page: { after: number; limit: number },
): Promise<{
  items: RejectedRow[];
  next: number | null;
  total: number;
  byReason: { column: string | null; reason: RejectedRow['reason']; count: number }[];
}> {
  requirePermission(ctx, 'imports.read');
  const row = await inTenant(ctx, (tx) => getImportRow(tx, importId));
  const total = row.rejected_rows ?? 0;
  if (total === 0) return { items: [], next: null, total: 0, byReason: [] };
  const { store } = await regionalScope(ctx, row.region as RegionCode);
  const [found, byReason] = await Promise.all([
    findRejectedRows(
      store,
      row.partner_id,
      row.number,
      { after: page.after, limit: page.limit + 1 },
      { columnsExpected: Array.isArray(row.header) ? row.header.length : 0, latestTime: latestTimeOf(row) },
    ),
    countRejectedRows(store, row.partner_id, row.number),
  ]);
  const items = found.slice(0, page.limit);
  return { items, next: found.length > page.limit ? (items.at(-1)?.row ?? null) : null, total, byReason };
}

/** The rejected rows as a CSV of the same columns, to be mended and dropped again. */
export async function exportRejectedRows(ctx: Ctx, importId: string): Promise<FileReply> {
  requirePermission(ctx, 'imports.read');
  const row = await inTenant(ctx, (tx) => getImportRow(tx, importId));
  const { store } = await regionalScope(ctx, row.region as RegionCode);
  const columns = fileColumns(row.header);
  const width = Array.isArray(row.header) ? row.header.length : 0;

  async function* pages(): AsyncGenerator<string> {
    yield csvText([[...reasonHeads(row.number), ...columns.map(({ head }) => head)]], { bom: true });
    for (let after = 0; ; ) {
      const records = await findRejectedRecords(store, row.partner_id, row.number, after);
      if (records.length === 0) return;
      yield csvText(
        records.map((entry) => {
          const reason = [entry.file_row, entry.file_line === 0 ? '' : entry.file_line, entry.column, entry.reason];
          return [...reason, ...valuesOf(entry, columns, width)];
        }),
        { bom: false },
      );
      after = records.at(-1)?.file_row ?? after;
    }
  }
  return { fileName: `Rejected rows_B-${row.number}.csv`, mediaType: 'text/csv', body: Readable.from(pages()) };
}

/** In the order of the header. A row of another length is as it came behind what is told of it, so that it is rejected again until somebody mends it. */
function valuesOf({ record, reason }: RejectedRecord, columns: readonly FileColumn[], width: number): string[] {
  if (reason === 'quote_misplaced') return record;
  if (reason !== 'column_count') return columns.map(({ index }) => record[index] ?? '');
  const own = new Set(columns.map(({ index }) => index));
  return record.filter((_, index) => own.has(index) || index >= width);
}

/** What was later was rejected: the hub's clock when the import began, and a day. */
const latestTimeOf = (row: ImportRow): string =>
  new Date((row.started_at ?? row.created_at).getTime() + latestHoursAhead * 3_600_000).toISOString();
