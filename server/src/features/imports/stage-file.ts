import { stat } from 'node:fs/promises';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type RegionalStore, StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { convertJson } from './convert-json.ts';
import { enterStage } from './enter-stage.ts';
import { isPeriodic } from './feeds/feed.ts';
import { findBrokenText } from './find-broken-text.ts';
import { findSameFile, type ImportRow, setImportProgress, setImportRecognized } from './import-queries.ts';
import { mappingsAtHand } from './mappings/mappings-at-hand.ts';
import { linkCorrection } from './link-correction.ts';
import { numberRows } from './number-rows.ts';
import { recognizeFile } from './recognize-file.ts';
import { insertRejectedRows } from './rejected-queries.ts';
import { SpaceEnds } from './space-ends.ts';
import { spoolPath } from './spool.ts';
import { earliestTime, latestHoursAhead } from './read-column.ts';
import { type FileShape, fileStructure, hasColumn, readSettings, stageStatement } from './stage-sql.ts';
import * as staging from './staging-queries.ts';
import { isPlain } from './text-form.ts';
import { transcode } from './transcode.ts';
import { unpackFile } from './unpack-file.ts';
import { convertUsers } from './user-licenses.ts';

/** Reads the spooled file of an import into its stage; rejected rows are kept with their reasons. Returns how many rows it has. */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- a step of a queued import: whoever queued it was asked, and its end is audited
export async function stageFile(
  ctx: Ctx,
  found: ImportRow,
  store: RegionalStore,
  workplace: staging.Workplace,
): Promise<{ tables: staging.Staging; read: number; rejected: number }> {
  const source = spoolPath(ctx.dataDir, store.region, found.spool_name ?? found.id);
  await requireSpooled(ctx, found, source);
  let file = await prepareFile(ctx, found, store, { from: await unpackFile(ctx, found, source), beside: source });
  const row = await linkCorrection(ctx, found, file.header);
  const { feed } = file.shape;
  const tables = staging.stagingOf(workplace, feed);
  const parameters = {
    partner: row.partner_id,
    batch: row.number,
    ...timeLimits(ctx),
    ...given(row, file.shape),
  };
  const pass: ReadingPass = { ctx, row, store, tables, parameters };
  await staging.createStage(tables);
  await enterStage(ctx, row, 'reading');
  let summary = await readFile(pass, file);
  if (summary === 'broken' || (summary.openQuotes > 0 && file.hasLines)) {
    const path = `${source}.numbered`;
    await numberRows(file.path, path, file.shape);
    file = { ...file, path, shape: { ...file.shape, isNumbered: true, isTight: false } };
    await enterStage(ctx, row, 'reading');
    await staging.emptyStage(tables);
    summary = await readFile(pass, file);
  }
  if (summary === 'broken')
    throw new Error(`The numbered file of import B-${row.number} could not be split into rows.`);

  await enterStage(ctx, row, 'checking');
  const read = summary.valid + summary.rejected;
  // Skipped away by a mapping: the file is kept, and asked about again.
  if (read === 0 && file.shape.made !== undefined)
    throw new HubError('import_unknown_columns', {
      fileName: row.file_name,
      firstLine: file.header.join(', ').slice(0, 80),
    });
  if (read === 0) throw new HubError('import_header_only', { fileName: row.file_name });
  if (summary.rejected > 0) {
    await staging.eraseRejectedRows(tables);
    await insertRejectedRows({ store, parameters: pass.parameters, ...file });
  }
  return { tables, read, rejected: summary.rejected };
}

/** What the rows do not say, whoever brought the file has: for the statements. Throws what is to be asked. */
function given(row: ImportRow, shape: FileShape): Record<string, string> {
  const needsCustomer = !hasColumn(shape, 'org_uuid') && row.org_uuid === null;
  const needsPeriod = isPeriodic(shape.feed) && !hasColumn(shape, 'period_from') && row.period_from === null;
  const data = { fileName: row.file_name };
  if (needsCustomer && needsPeriod) throw new HubError('import_needs_customer_and_period', data);
  if (needsCustomer) throw new HubError('import_needs_customer', data);
  if (needsPeriod) throw new HubError('import_needs_period', data);
  return {
    ...(row.org_uuid === null ? {} : { org: row.org_uuid }),
    ...(row.period_from === null ? {} : { periodFrom: row.period_from }),
    ...(row.period_to === null ? {} : { periodTo: row.period_to }),
  };
}

/** What was acknowledged is lost by nobody: a process that does not find it looks into another folder than the one that took it. */
async function requireSpooled(ctx: Ctx, row: ImportRow, source: string): Promise<void> {
  try {
    await stat(source);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    ctx.log.error({ trackingId: ctx.trackingId, importId: row.id, path: source }, 'the file of an import is not here');
    throw new HubError('import_file_missing', { fileName: row.file_name }, { cause });
  }
}

interface ReadingPass {
  ctx: Ctx;
  row: ImportRow;
  store: RegionalStore;
  tables: staging.Staging;
  parameters: Record<string, string | number>;
}

/** Lets the engine read the file into the stage. 'broken': a quote stands where none can stand, and nothing is known of what follows it. */
async function readFile(
  { ctx, row, store, tables, parameters }: ReadingPass,
  { path, shape, hasLines }: PreparedFile,
): Promise<staging.ReadRows | 'broken'> {
  const { size } = await stat(path);
  const began = performance.now();
  try {
    await store.load({
      insert: stageStatement(tables.stage, shape),
      file: { path, format: 'CSV', structure: fileStructure(shape) },
      settings: readSettings(shape),
      parameters,
      onProgress: ({ rows, bytes }) => void report(ctx, row, { rows, bytes: Math.min(bytes, size), size, began }),
    });
  } catch (error) {
    if (hasLines && !shape.isNumbered && error instanceof StoreFault && error.kind === 'unreadable') return 'broken';
    throw error;
  }
  return staging.countRead(tables);
}

interface PreparedFile {
  path: string;
  shape: FileShape;
  header: readonly string[];
  hasLines: boolean;
}

/** Recognises the file and brings it into the one shape that the engine reads: UTF-8 CSV. */
async function prepareFile(
  ctx: Ctx,
  row: ImportRow,
  store: RegionalStore,
  { from, beside }: { from: string; beside: string },
): Promise<PreparedFile> {
  const recognized = await recognizeFile(from, row.file_name, mappingsAtHand(ctx, row));
  // JSON is looked at while it is converted: a file less to read.
  const isChecked = recognized.form.encoding !== 'utf-8' || recognized.format === 'json';
  const spaceEnds = recognized.format === 'csv' ? new SpaceEnds(recognized.shape.delimiter) : undefined;
  const brokenAt = isChecked ? undefined : await findBrokenText(from, (bytes) => spaceEnds?.look(bytes));
  if (brokenAt !== undefined) throw new HubError('import_not_utf8', { fileName: row.file_name, line: brokenAt });
  const sameAs = await inTenant(ctx, (tx) => findSameFile(tx, row));
  const sameFile = sameAs === undefined ? [] : [{ code: 'same_file' as const, data: { number: sameAs } }];
  const path = `${beside}.csv`;
  if (recognized.format !== 'csv') {
    const source = { fileName: row.file_name, form: recognized.form };
    const converted =
      recognized.format === 'json'
        ? await convertJson(from, path, { ...source, encoding: source.form.encoding })
        : await convertUsers(store, { from, beside, to: path }, { ...source, layout: recognized.layout });
    await inTenant(ctx, (tx) =>
      setImportRecognized(tx, row.id, {
        feed: converted.feed.code,
        format: recognized.format === 'json' ? 'json' : 'csv',
        header: converted.header,
        notes: [...converted.notes, ...sameFile],
      }),
    );
    const shape: FileShape = {
      feed: converted.feed,
      factors: new Map(),
      columns: converted.columns,
      delimiter: ',',
      headRecords: 1,
      headLines: 1,
      isNumbered: false,
      isTight: converted.isTight,
    };
    return { path, shape, header: converted.header, hasLines: false };
  }
  const { shape, header, notes, form, mappingId } = recognized;
  await inTenant(ctx, (tx) =>
    setImportRecognized(tx, row.id, {
      feed: shape.feed.code,
      format: 'csv',
      header,
      notes: [...notes, ...sameFile],
      mappingId,
    }),
  );
  if (isPlain(form))
    return { path: from, shape: { ...shape, isTight: spaceEnds?.mayOccur === false }, header, hasLines: true };
  const text = `${beside}.utf8`;
  await transcode(from, text, form);
  return { path: text, shape, header, hasLines: true };
}

/** Between these a time is believed. */
export function timeLimits(ctx: Ctx): { earliest: string; latest: string } {
  const forEngine = (instant: Date): string => instant.toISOString().replace('T', ' ').replace('Z', '');
  return {
    earliest: forEngine(new Date(earliestTime)),
    latest: forEngine(new Date(ctx.clock.now().getTime() + latestHoursAhead * 3_600_000)),
  };
}

async function report(
  ctx: Ctx,
  row: ImportRow,
  progress: { rows: number; bytes: number; size: number; began: number },
): Promise<void> {
  const seconds = (performance.now() - progress.began) / 1000;
  const rate = seconds > 0 ? progress.bytes / seconds : 0;
  await inTenant(ctx, (tx) =>
    setImportProgress(tx, row, {
      rows_done: progress.rows,
      // What is read may have been unpacked or converted: shown as a share of the file that was sent.
      bytes_done: progress.size > 0 ? Math.round((progress.bytes / progress.size) * row.file_bytes) : 0,
      rows_per_second: seconds > 0 ? progress.rows / seconds : null,
      seconds_left: rate > 0 ? (progress.size - progress.bytes) / rate : null,
    }),
  ).catch((error: unknown) =>
    ctx.log[isDirectoryAway(error) ? 'debug' : 'warn'](
      { err: error, trackingId: ctx.trackingId },
      'progress was not written',
    ),
  );
}
