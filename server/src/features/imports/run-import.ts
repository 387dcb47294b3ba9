import { stat } from 'node:fs/promises';
import type { ErrorCode } from '@hub/contract/errors';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type RegionalStore, StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lenientColumns } from './call-history-columns.ts';
import { convertJson } from './convert-json.ts';
import { findBrokenText } from './find-broken-text.ts';
import {
  beginAttempt,
  findImport,
  findImportScope,
  findSameFile,
  getImportRow,
  type ImportRow,
  setImportCommitted,
  setImportProgress,
  setImportRecognized,
  setOwnState,
} from './import-queries.ts';
import { deleteEmptyRelease, findComparable, findEntitledBatches, findKnownOrgs } from './release-queries.ts';
import { deleteEndedTask, deleteTask } from './task-queries.ts';
import { numberRows } from './number-rows.ts';
import { insertRejectedRows } from './rejected-queries.ts';
import { recognizeFile } from './recognize-file.ts';
import { dropDerived, dropSpoolFile, roomFor, spoolPath } from './spool.ts';
import {
  earliestTime,
  type FileShape,
  fileStructure,
  latestHoursAhead,
  readSettings,
  stageStatement,
} from './stage-sql.ts';
import * as staging from './staging-queries.ts';
import { transcode } from './transcode.ts';

/** Thrown inside when the person canceled, or another process took the import over: undo what is ours and say nothing. */
class NoLongerOurs extends Error {}

const emptyOrg = '00000000-0000-0000-0000-000000000000';

interface Staged {
  read: number;
  rejected: number;
  /** Of a release: the imports whose held rows enter. */
  released?: number[];
}

/**
 * Runs one queued import to its end: committed, failed or canceled. Whatever a stopped process left of it is erased first, so running it
 * again is always right. Where the region's store goes away under it, it is queued again, unless it may not wait; where the store takes no writes, always. Rows are staged, compared, attached, and visible from the directory's commit on (docs/ARCHITECTURE.md).
 */
// oxlint-disable-next-line hub/verb-asks -- the runner calls it; whoever queued the import was asked
export async function runImport(
  ctx: Ctx,
  importId: string,
  { mayWait = true }: { mayWait?: boolean } = {},
): Promise<'ended' | 'unavailable' | 'read_only'> {
  const found = await inTenant(ctx, (tx) => getImportRow(tx, importId));
  const region = found.region as RegionCode;
  const store = ctx.stores.get(region);
  if (!store)
    throw new Error(
      `Import B-${found.number} belongs to the region ${region}, which this installation does not serve.`,
    );
  const isOpen = found.state === 'queued' || found.state === 'running';
  // First of all: from here on nothing that another process may still do for this import counts.
  const attempt = isOpen ? await inTenant(ctx, (tx) => beginAttempt(tx, importId, ctx.clock.now())) : undefined;
  const row = { ...found, attempt: attempt ?? found.attempt };
  const tables = staging.stagingOf(store, row.partner_id, row.number, row.attempt);
  if (isOpen && attempt === undefined) return 'ended';
  if (found.state !== 'committed') await staging.eraseBatch(tables);
  if (!isOpen) {
    await finish(ctx, row);
    return 'ended';
  }
  try {
    await staging.createStage(tables);
    const staged =
      row.source === 'release' ? await stageRelease(ctx, row, tables) : await stageFile(ctx, row, store, tables);
    await publish(ctx, row, tables, staged);
  } catch (error) {
    if (error instanceof StoreFault && error.kind === 'unavailable' && mayWait)
      return wait(ctx, row, error.kind, error);
    // Somebody makes it take writes again; until then every import of the region would fail in its turn.
    if (error instanceof StoreFault && error.kind === 'read_only') return wait(ctx, row, error.kind, error);
    const isTakenOver = (await inTenant(ctx, (tx) => findImport(tx, row.id)))?.attempt !== row.attempt;
    if (isTakenOver) {
      ctx.log.warn({ err: error, trackingId: ctx.trackingId, importId: row.id }, 'another process took an import over');
      return 'ended';
    }
    await undo(ctx, row, tables, error);
  }
  await tidy(ctx, row, tables);
  return 'ended';
}

/** The store went away, or takes no writes: the file stays where it is, and what was begun is erased before the next try. A commit that was made stands. */
async function wait<Kind extends 'unavailable' | 'read_only'>(
  ctx: Ctx,
  row: ImportRow,
  kind: Kind,
  error: StoreFault,
): Promise<Kind> {
  ctx.log.warn({ err: error, trackingId: ctx.trackingId, importId: row.id }, 'an import waits for its region');
  await inTenant(ctx, (tx) =>
    setOwnState(tx, row, {
      state: 'queued',
      stage: null,
      rows_done: 0,
      bytes_done: 0,
      waits_for: kind === 'read_only' ? kind : null,
    }),
  );
  return kind;
}

/** Erases the batch, unless the directory has it as committed: a commit's answer can be lost on its way, and then the rows must stay. */
async function undo(ctx: Ctx, row: ImportRow, tables: staging.Staging, error: unknown): Promise<void> {
  const after = await inTenant(ctx, (tx) => findImport(tx, row.id));
  if (after?.state === 'committed') {
    ctx.log.error(
      { err: error, trackingId: ctx.trackingId, importId: row.id },
      'an import was committed, and what follows it failed',
    );
    return;
  }
  try {
    await staging.eraseBatch(tables);
  } catch (cause) {
    // A store that takes no writes cannot be tidied either. Rows of a batch that is not committed never count, and another try erases them.
    if (!(cause instanceof StoreFault) || !takesNoWrites.has(cause.kind) || error instanceof NoLongerOurs) throw cause;
    ctx.log.error(
      { err: cause, trackingId: ctx.trackingId, importId: row.id },
      'a failed import could not be erased yet',
    );
  }
  if (!(error instanceof NoLongerOurs)) await fail(ctx, row, error);
}

const takesNoWrites: ReadonlySet<StoreFault['kind']> = new Set(['read_only', 'disk_full']);

/** What follows the end of an import, whatever the end was. */
async function tidy(ctx: Ctx, row: ImportRow, tables: staging.Staging): Promise<void> {
  try {
    await staging.dropStaging(tables);
  } catch (error) {
    // The next start drops what is left; the import itself has ended, and the queue goes on.
    if (!(error instanceof StoreFault)) throw error;
    ctx.log.warn({ err: error, trackingId: ctx.trackingId, importId: row.id }, 'tables of an import were left behind');
  }
  await finish(ctx, row);
}

async function enter(ctx: Ctx, row: ImportRow, stage: 'reading' | 'checking' | 'publishing'): Promise<void> {
  const isOurs = await inTenant(ctx, (tx) => setOwnState(tx, row, { stage, waits_for: null }));
  if (!isOurs) throw new NoLongerOurs();
}

async function stageFile(ctx: Ctx, row: ImportRow, store: RegionalStore, tables: staging.Staging): Promise<Staged> {
  const source = spoolPath(ctx.dataDir, store.region, row.spool_name ?? row.id);
  const pass: ReadingPass = {
    ctx,
    row,
    store,
    tables,
    parameters: { partner: row.partner_id, batch: row.number, ...timeLimits(ctx) },
  };
  let file = await prepareFile(ctx, row, source);
  await enter(ctx, row, 'reading');
  let summary = await readFile(pass, file);
  if (summary === 'broken' || (summary.openQuotes > 0 && file.hasLines)) {
    const path = `${source}.numbered`;
    await numberRows(file.path, path, file.shape);
    file = { ...file, path, shape: { ...file.shape, isNumbered: true } };
    await enter(ctx, row, 'reading');
    await staging.emptyStage(tables);
    summary = await readFile(pass, file);
  }
  if (summary === 'broken')
    throw new Error(`The numbered file of import B-${row.number} could not be split into rows.`);

  await enter(ctx, row, 'checking');
  const read = summary.valid + summary.rejected;
  if (read === 0) throw new HubError('import_header_only', { fileName: row.file_name });
  if (summary.rejected > 0) await insertRejectedRows({ store, parameters: pass.parameters, ...file });
  return { read, rejected: summary.rejected };
}

interface ReadingPass {
  ctx: Ctx;
  row: ImportRow;
  store: RegionalStore;
  tables: staging.Staging;
  parameters: { partner: string; batch: number; earliest: string; latest: string };
}

/** Lets the engine read the file into the stage. 'broken': a quote stands where none can stand, and nothing is known of what follows it. */
async function readFile(
  { ctx, row, store, tables, parameters }: ReadingPass,
  { path, shape, hasLines }: PreparedFile,
): Promise<staging.StageSummary | 'broken'> {
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
  return staging.summarizeStage(tables, lenientColumns.length);
}

interface PreparedFile {
  path: string;
  shape: FileShape;
  hasLines: boolean;
}

/** Recognises the file and brings it into the one shape that the engine reads: UTF-8 CSV. */
async function prepareFile(ctx: Ctx, row: ImportRow, source: string): Promise<PreparedFile> {
  const recognized = await recognizeFile(source, row.file_name);
  const brokenAt = recognized.encoding === 'utf-8' ? await findBrokenText(source) : undefined;
  if (brokenAt !== undefined) throw new HubError('import_not_utf8', { fileName: row.file_name, line: brokenAt });
  const sameAs = await inTenant(ctx, (tx) => findSameFile(tx, row));
  const sameFile = sameAs === undefined ? [] : [{ code: 'same_file' as const, data: { number: sameAs } }];
  if (recognized.format === 'json') {
    const path = `${source}.csv`;
    const converted = await convertJson(source, path, { fileName: row.file_name, encoding: recognized.encoding });
    await inTenant(ctx, (tx) =>
      setImportRecognized(tx, row.id, {
        format: 'json',
        header: converted.header,
        notes: [...converted.notes, ...sameFile],
      }),
    );
    const shape: FileShape = {
      columns: converted.columns,
      delimiter: ',',
      headRecords: 1,
      headLines: 1,
      isNumbered: false,
    };
    return { path, shape, hasLines: false };
  }
  const { header, notes, columns, delimiter, encoding, headRecords, headLines } = recognized;
  const shape: FileShape = { columns, delimiter, headRecords, headLines, isNumbered: false };
  await inTenant(ctx, (tx) =>
    setImportRecognized(tx, row.id, { format: 'csv', header, notes: [...notes, ...sameFile] }),
  );
  if (encoding === 'utf-8') return { path: source, shape, hasLines: true };
  const path = `${source}.utf8`;
  await transcode(source, path, encoding);
  return { path, shape, hasLines: true };
}

function timeLimits(ctx: Ctx): { earliest: string; latest: string } {
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
      bytes_done: progress.bytes,
      rows_per_second: seconds > 0 ? progress.rows / seconds : null,
      seconds_left: rate > 0 ? (progress.size - progress.bytes) / rate : null,
    }),
  ).catch((error: unknown) => ctx.log.warn({ err: error, trackingId: ctx.trackingId }, 'progress was not written'));
}

async function stageRelease(ctx: Ctx, row: ImportRow, tables: staging.Staging): Promise<Staged> {
  await enter(ctx, row, 'reading');
  const orgUuid = row.release_org_uuid ?? emptyOrg;
  const known = await inTenant(ctx, (tx) => findKnownOrgs(tx, row.region as RegionCode, [orgUuid]));
  // Without its customer nothing may enter, and nothing may be taken from what is held.
  const released = known.has(orgUuid) ? await releasedBatches(ctx, row, tables, orgUuid) : [];
  if (released.length > 0) await staging.stageHeldRows(tables, orgUuid, released);
  return { read: await staging.countStaged(tables), rejected: 0, released };
}

/** What somebody brought who may not write to this organization goes on waiting, unless who sees all customers lets it in. */
async function releasedBatches(ctx: Ctx, row: ImportRow, tables: staging.Staging, orgUuid: string): Promise<number[]> {
  const batches = await staging.findHoldingBatches(tables, orgUuid);
  if (row.releases_all) return batches;
  return inTenant(ctx, (tx) => findEntitledBatches(tx, { region: row.region as RegionCode, orgUuid, batches }));
}

async function publish(ctx: Ctx, row: ImportRow, tables: staging.Staging, staged: Staged): Promise<void> {
  await enter(ctx, row, 'checking');
  const summary = await staging.summarizeStage(tables, lenientColumns.length);
  const twins = summary.valid - summary.distinct;
  if (twins > 0) await staging.dropTwins(tables);

  const { duplicate, held } = await sortOut(ctx, row, tables);
  const newer = await staging.markSuperseded(tables);
  const entering = await staging.countStaged(tables);
  const span = await staging.stageSpan(tables);

  await enter(ctx, row, 'publishing');
  if (entering > 0) {
    await staging.attachStage(tables, 'call_leg');
    await staging.savePlaces(tables);
  }
  const counts = {
    read_rows: staged.read,
    new_rows: entering - newer,
    duplicate_rows: twins + duplicate + held.duplicate,
    replaced_rows: newer,
    rejected_rows: staged.rejected,
    held_rows: held.held,
  };
  const isCommitted = await inTenant(ctx, async (tx) => {
    const at = ctx.clock.now();
    const done = await setImportCommitted(
      tx,
      row,
      {
        ...counts,
        covers_from: span.first === null ? null : new Date(span.first),
        covers_to: span.last === null ? null : new Date(span.last),
        emptied: lenientColumns
          .map((column, bit) => ({ column: column.header, count: summary.emptied[bit] ?? 0 }))
          .filter((entry) => entry.count > 0),
      },
      at,
    );
    if (!done) return false;
    // A release keeps its task until its rows are no longer held as well.
    if (row.source !== 'release') await deleteTask(tx, row.id);
    await audit(tx, ctx, { action: 'imports.commit', target: { kind: 'import', id: row.id }, after: counts });
    return true;
  });
  if (!isCommitted) throw new NoLongerOurs();
  if (row.source === 'release' && staged.read > 0)
    await staging.deleteHeldRows(tables, row.release_org_uuid ?? emptyOrg, staged.released ?? []);
}

interface SortedOut {
  duplicate: number;
  held: { held: number; duplicate: number };
}

/**
 * What is known goes, what is of unknown organizations waits. Of an uploader who sees only assigned customers, rows outside their scope
 * wait too, and first, so that no count tells whether they are known; and nothing of theirs replaces a leg of another organization.
 */
async function sortOut(ctx: Ctx, row: ImportRow, tables: staging.Staging): Promise<SortedOut> {
  if (row.source === 'release') return { duplicate: await staging.dropKnown(tables), held: { held: 0, duplicate: 0 } };
  const scopePerson = await inTenant(ctx, (tx) => findImportScope(tx, row));
  if (scopePerson === undefined) {
    const duplicate = await staging.dropKnown(tables);
    return { duplicate, held: await holdUnknown(ctx, row, tables) };
  }
  const held = await holdUnknown(ctx, row, tables, scopePerson);
  return { duplicate: await staging.dropKnown(tables, { staysWithinOrganizations: true }), held };
}

/** Rows of organizations that no customer of this partner, or of this person, has in this region wait in the region. */
async function holdUnknown(
  ctx: Ctx,
  row: ImportRow,
  tables: staging.Staging,
  scopePerson?: string,
): Promise<{ held: number; duplicate: number }> {
  const organizations = await staging.findStagedOrganizations(tables);
  const ids = organizations.map((entry) => entry.org_uuid);
  const known = await inTenant(ctx, (tx) => findKnownOrgs(tx, row.region as RegionCode, ids, scopePerson));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return { held: 0, duplicate: 0 };
  const holding = await staging.findHoldingBatches(tables);
  const comparable = await inTenant(ctx, (tx) => findComparable(tx, holding, scopePerson));
  return staging.holdOrganizations(tables, unknown, comparable);
}

/** What is the file's own fault ends the import; what is ours keeps the file for another try. */
async function fail(ctx: Ctx, row: ImportRow, error: unknown): Promise<void> {
  try {
    const failure = await failureOf(ctx, row, error);
    if (failure.code === 'import_engine_failed')
      ctx.log.error({ err: error, trackingId: ctx.trackingId, importId: row.id }, 'an import failed');
    await setFailed(ctx, row, failure);
  } catch (cause) {
    // An import that cannot say why it failed must still end: the whole region waits behind it.
    ctx.log.error(
      { err: cause, trackingId: ctx.trackingId, importId: row.id },
      'the failure of an import was not written',
    );
    await setFailed(ctx, row, { code: 'import_engine_failed', data: { reason: 'an unexpected fault' } });
  }
}

interface Failure {
  code: ErrorCode;
  data: Record<string, string | number>;
}

async function setFailed(ctx: Ctx, row: ImportRow, failure: Failure): Promise<void> {
  const keepsFile = failure.code === 'import_engine_failed' || failure.code === 'import_disk_full';
  await inTenant(ctx, async (tx) => {
    const done = await setOwnState(tx, row, {
      state: 'failed',
      stage: null,
      ended_at: ctx.clock.now(),
      failure,
      ...(keepsFile ? {} : { spool_name: null }),
    });
    if (!done) return;
    await deleteTask(tx, row.id);
    await audit(tx, ctx, {
      action: 'imports.fail',
      target: { kind: 'import', id: row.id },
      after: { code: failure.code },
    });
  });
}

/** What people read of a fault of the engine; its own words go to the log. */
const engineReasons: Partial<Record<StoreFault['kind'], string>> = {
  out_of_memory: 'the engine ran out of memory',
  too_slow: 'the engine took too long',
  disk_full: 'the disk of the region’s store is full',
  read_only: 'the region’s store takes no writes (it is read-only)',
  unavailable: 'the connection to the region’s store broke again and again',
};

async function failureOf(ctx: Ctx, row: ImportRow, error: unknown): Promise<Failure> {
  if (error instanceof HubError) return { code: error.code, data: error.data };
  // Of a store on a server the free space here says nothing.
  const isStoreHere = ctx.stores.get(row.region as RegionCode)?.isEmbedded ?? true;
  const isFull =
    (isStoreHere && error instanceof StoreFault && error.kind === 'disk_full') ||
    (error as NodeJS.ErrnoException).code === 'ENOSPC';
  if (isFull) return { code: 'import_disk_full', data: await roomFor(ctx.dataDir, row.file_bytes) };
  const reason = (error instanceof StoreFault && engineReasons[error.kind]) || 'an unexpected fault';
  return { code: 'import_engine_failed', data: { reason } };
}

/** Lets the task go, and the file where nobody needs it any more. */
async function finish(ctx: Ctx, row: ImportRow): Promise<void> {
  const keepsFile = await inTenant(ctx, async (tx) => {
    await deleteEndedTask(tx, row.id);
    const after = await findImport(tx, row.id);
    await deleteEmptyRelease(tx, row.id);
    return after !== undefined && after.spool_name !== null;
  });
  if (row.source === 'release') return;
  // By the id, as it was spooled: a canceled import has let go of the name already.
  await (keepsFile ? dropDerived : dropSpoolFile)(ctx.dataDir, row.region as RegionCode, row.spool_name ?? row.id);
}
