import { rm, stat } from 'node:fs/promises';
import type { ErrorCode } from '@hub/contract/errors';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type RegionalStore, StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lenientColumns } from './call-history-columns.ts';
import { convertJson } from './convert-json.ts';
import {
  deleteEmptyRelease,
  deleteTask,
  findKnownOrgs,
  findSameFile,
  getImportRow,
  type ImportRow,
  setImportCommitted,
  setImportProgress,
  setImportRecognized,
  setImportState,
} from './import-queries.ts';
import { insertBrokenRows, insertRejectedRows } from './rejected-queries.ts';
import { recognizeFile } from './recognize-file.ts';
import { dropSpoolFile, spoolPath } from './spool.ts';
import { earliestTime, type FileShape, fileStructure, latestHoursAhead, readSettings, stageStatement } from './stage-sql.ts';
import * as staging from './staging-queries.ts';
import { transcode } from './transcode.ts';

/** Thrown inside when the person canceled: undo and say nothing. */
class Canceled extends Error {}

const emptyOrg = '00000000-0000-0000-0000-000000000000';

interface Staged {
  read: number;
  rejected: number;
}

/**
 * Runs one queued import to its end: committed, failed or canceled. Whatever a stopped process left of it is erased first, so running it
 * again is always right. Rows are staged, compared, attached, and visible from the directory's commit on (docs/ARCHITECTURE.md).
 */
export async function runImport(ctx: Ctx, importId: string): Promise<void> {
  const row = await inTenant(ctx, (tx) => getImportRow(tx, importId));
  const region = row.region as RegionCode;
  const store = ctx.stores.get(region);
  if (!store) throw new Error(`Import B-${row.number} belongs to the region ${region}, which this installation does not serve.`);
  const tables = staging.stagingOf(store, row.partner_id, row.number);
  await staging.eraseBatch(tables);
  if (row.state !== 'queued' && row.state !== 'running') {
    await finish(ctx, row);
    return;
  }
  const isOurs = await inTenant(ctx, (tx) =>
    setImportState(tx, row.id, ['queued', 'running'], { state: 'running', stage: 'recognizing', started_at: ctx.clock.now(), rows_done: 0, bytes_done: 0 }),
  );
  if (!isOurs) return;
  try {
    await staging.createStage(tables);
    const staged = row.source === 'release' ? await stageRelease(ctx, row, tables) : await stageFile(ctx, row, store, tables);
    await publish(ctx, row, tables, staged);
    await staging.dropStaging(tables);
  } catch (error) {
    await staging.eraseBatch(tables);
    if (!(error instanceof Canceled)) await fail(ctx, row, error);
  }
  await finish(ctx, row);
}

async function enter(ctx: Ctx, row: ImportRow, stage: 'reading' | 'checking' | 'publishing'): Promise<void> {
  const isOurs = await inTenant(ctx, (tx) => setImportState(tx, row.id, ['running'], { stage }));
  if (!isOurs) throw new Canceled();
}

async function stageFile(ctx: Ctx, row: ImportRow, store: RegionalStore, tables: staging.Staging): Promise<Staged> {
  const source = spoolPath(ctx.dataDir, store.region, row.spool_name ?? row.id);
  const prepared = await prepareFile(ctx, row, source);
  const { path, shape, hasLines } = prepared;
  await enter(ctx, row, 'reading');

  const errorsPath = `${source}.errors`;
  await rm(errorsPath, { force: true });
  const settings = readSettings(shape, errorsPath);
  const parameters = { partner: row.partner_id, batch: row.number, ...timeLimits(ctx) };
  const { size } = await stat(path);
  const began = performance.now();
  await store.load({
    insert: stageStatement(tables.stage, shape),
    file: { path, format: 'CSV', structure: fileStructure(shape) },
    settings,
    parameters,
    onProgress: ({ rows, bytes }) => void report(ctx, row, { rows, bytes: Math.min(bytes, size), size, began }),
  });

  await enter(ctx, row, 'checking');
  const summary = await staging.summarizeStage(tables, lenientColumns.length);
  const brokenRows = await readBrokenRows(store, errorsPath);
  const read = summary.valid + summary.rejected + brokenRows.length;
  if (read === 0) throw new HubError('import_header_only', { fileName: row.file_name });
  if (summary.rejected > 0) await insertRejectedRows({ store, shape, path, settings: readSettings(shape, `${source}.errors2`), parameters, hasLines, brokenRows });
  if (brokenRows.length > 0) await insertBrokenRows(store, errorsPath, { partner: row.partner_id, batch: row.number }, hasLines);
  return { read, rejected: summary.rejected + brokenRows.length };
}

interface PreparedFile {
  path: string;
  shape: FileShape;
  hasLines: boolean;
}

/** Recognises the file and brings it into the one shape that the engine reads: UTF-8 CSV. */
async function prepareFile(ctx: Ctx, row: ImportRow, source: string): Promise<PreparedFile> {
  const recognized = await recognizeFile(source, row.file_name);
  const sameAs = await inTenant(ctx, (tx) => findSameFile(tx, row));
  const sameFile = sameAs === undefined ? [] : [{ code: 'same_file' as const, data: { number: sameAs } }];
  if (recognized.format === 'json') {
    const path = `${source}.csv`;
    await rm(path, { force: true });
    const converted = await convertJson(source, path, { fileName: row.file_name, encoding: recognized.encoding });
    await inTenant(ctx, (tx) => setImportRecognized(tx, row.id, { format: 'json', header: converted.header, notes: [...converted.notes, ...sameFile] }));
    return { path, shape: { columns: converted.columns, delimiter: ',' }, hasLines: false };
  }
  const { header, notes, columns, delimiter, encoding } = recognized;
  await inTenant(ctx, (tx) => setImportRecognized(tx, row.id, { format: 'csv', header, notes: [...notes, ...sameFile] }));
  if (encoding === 'utf-8') return { path: source, shape: { columns, delimiter }, hasLines: true };
  const path = `${source}.utf8`;
  await transcode(source, path, encoding);
  return { path, shape: { columns, delimiter }, hasLines: true };
}

function timeLimits(ctx: Ctx): { earliest: string; latest: string } {
  const forEngine = (instant: Date): string => instant.toISOString().replace('T', ' ').replace('Z', '');
  return {
    earliest: forEngine(new Date(earliestTime)),
    latest: forEngine(new Date(ctx.clock.now().getTime() + latestHoursAhead * 3_600_000)),
  };
}

async function readBrokenRows(store: RegionalStore, errorsPath: string): Promise<number[]> {
  const { size } = await stat(errorsPath).catch(() => ({ size: 0 }));
  if (size === 0) return [];
  const rows = await store.askFile<{ broken_row: number }>({
    select: 'SELECT broken_row FROM @file ORDER BY broken_row',
    file: { path: errorsPath, format: 'CSV', structure: 'at String, d Nullable(String), t Nullable(String), broken_row UInt64, reason String, raw String' },
    settings: 'input_format_allow_errors_num = 0',
  });
  return rows.map((entry) => entry.broken_row);
}

async function report(ctx: Ctx, row: ImportRow, progress: { rows: number; bytes: number; size: number; began: number }): Promise<void> {
  const seconds = (performance.now() - progress.began) / 1000;
  const rate = seconds > 0 ? progress.bytes / seconds : 0;
  await inTenant(ctx, (tx) =>
    setImportProgress(tx, row.id, {
      rows_done: progress.rows,
      bytes_done: progress.bytes,
      rows_per_second: seconds > 0 ? progress.rows / seconds : null,
      seconds_left: rate > 0 ? (progress.size - progress.bytes) / rate : null,
    }),
  ).catch((error: unknown) => ctx.log.warn({ err: error, trackingId: ctx.trackingId }, 'progress was not written'));
}

async function stageRelease(ctx: Ctx, row: ImportRow, tables: staging.Staging): Promise<Staged> {
  await enter(ctx, row, 'reading');
  await staging.stageHeldRows(tables, row.release_org_uuid ?? emptyOrg);
  return { read: await staging.countStaged(tables), rejected: 0 };
}

async function publish(ctx: Ctx, row: ImportRow, tables: staging.Staging, staged: Staged): Promise<void> {
  await enter(ctx, row, 'checking');
  const summary = await staging.summarizeStage(tables, lenientColumns.length);
  const twins = summary.valid - summary.distinct;
  if (twins > 0) await staging.dropTwins(tables);

  const known = await staging.dropKnown(tables, 'call_leg');
  if (known.newer > 0) await staging.markSuperseded(tables);
  const held = await holdUnknown(ctx, row, tables);
  const entering = await staging.countStaged(tables);
  const span = await staging.stageSpan(tables);

  await enter(ctx, row, 'publishing');
  if (entering > 0) await staging.attachStage(tables, 'call_leg');
  const counts = {
    read_rows: staged.read,
    new_rows: entering - known.newer,
    duplicate_rows: twins + known.duplicate + held.duplicate,
    replaced_rows: known.newer,
    rejected_rows: staged.rejected,
    held_rows: held.held,
  };
  const isCommitted = await inTenant(ctx, async (tx) => {
    const at = ctx.clock.now();
    const done = await setImportCommitted(
      tx,
      row.id,
      {
        ...counts,
        covers_from: span.first === null ? null : new Date(span.first),
        covers_to: span.last === null ? null : new Date(span.last),
        emptied: lenientColumns.map((column, bit) => ({ column: column.header, count: summary.emptied[bit] ?? 0 })).filter((entry) => entry.count > 0),
      },
      at,
    );
    if (!done) return false;
    await deleteTask(tx, row.id);
    await audit(tx, ctx, { action: 'imports.commit', target: { kind: 'import', id: row.id }, after: counts });
    return true;
  });
  if (!isCommitted) throw new Canceled();
  if (row.source === 'release') await staging.deleteHeldRows(tables.store, row.partner_id, row.release_org_uuid ?? emptyOrg);
}

/** Rows of organizations that no customer of this partner has in this region wait in the region. */
async function holdUnknown(ctx: Ctx, row: ImportRow, tables: staging.Staging): Promise<{ held: number; duplicate: number }> {
  const organizations = await staging.findStagedOrganizations(tables);
  const ids = organizations.map((entry) => entry.org_uuid);
  const known = await inTenant(ctx, (tx) => findKnownOrgs(tx, row.region as RegionCode, ids));
  const unknown = ids.filter((id) => !known.has(id));
  return unknown.length === 0 ? { held: 0, duplicate: 0 } : staging.holdOrganizations(tables, unknown);
}

/** What is the file's own fault ends the import; what is ours keeps the file for another try. */
async function fail(ctx: Ctx, row: ImportRow, error: unknown): Promise<void> {
  const failure = failureOf(error);
  if (failure.code === 'import_engine_failed') ctx.log.error({ err: error, trackingId: ctx.trackingId, importId: row.id }, 'an import failed');
  const keepsFile = failure.code === 'import_engine_failed' || failure.code === 'import_disk_full';
  await inTenant(ctx, async (tx) => {
    const done = await setImportState(tx, row.id, ['running'], {
      state: 'failed',
      stage: null,
      ended_at: ctx.clock.now(),
      failure: JSON.stringify(failure),
      ...(keepsFile ? {} : { spool_name: null }),
    });
    if (done) await audit(tx, ctx, { action: 'imports.fail', target: { kind: 'import', id: row.id }, after: { code: failure.code } });
  });
}

function failureOf(error: unknown): { code: ErrorCode; data: Record<string, string | number> } {
  if (error instanceof HubError) return { code: error.code, data: error.data };
  const isFull = (error instanceof StoreFault && error.kind === 'disk_full') || (error as NodeJS.ErrnoException).code === 'ENOSPC';
  if (isFull) return { code: 'import_disk_full', data: { needed: 'more', free: 0 } };
  const reason = error instanceof StoreFault ? error.message.slice(0, 200) : 'an unexpected fault';
  return { code: 'import_engine_failed', data: { reason } };
}

/** Lets the task go, and the file where nobody needs it any more. */
async function finish(ctx: Ctx, row: ImportRow): Promise<void> {
  const keepsFile = await inTenant(ctx, async (tx) => {
    await deleteTask(tx, row.id);
    const after = await getImportRow(tx, row.id);
    await deleteEmptyRelease(tx, row.id);
    return after.spool_name !== null;
  });
  if (!keepsFile && row.spool_name !== null) await dropSpoolFile(ctx.dataDir, row.region as RegionCode, row.spool_name);
  else if (row.spool_name !== null) await dropDerived(spoolPath(ctx.dataDir, row.region as RegionCode, row.spool_name));
}

async function dropDerived(source: string): Promise<void> {
  for (const suffix of ['.csv', '.utf8', '.errors', '.errors2']) await rm(`${source}${suffix}`, { force: true });
}

