import type { RegionCode } from '@hub/contract/regions';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { lenientColumns } from './call-history-columns.ts';
import { enterStage, NoLongerOurs } from './enter-stage.ts';
import { failImport } from './fail-import.ts';
import {
  beginAttempt,
  findImport,
  findImportScope,
  getImportRow,
  type ImportRow,
  setImportCommitted,
  setOwnState,
} from './import-queries.ts';
import { hashFile } from './hash-file.ts';
import { openArchive } from './open-archive.ts';
import { deleteEmptyRelease, findComparable, findEntitledBatches, findKnownOrgs } from './release-queries.ts';
import { dropDerived, dropSpoolFile } from './spool.ts';
import { stageFile } from './stage-file.ts';
import * as staging from './staging-queries.ts';
import { deleteEndedTask, deleteTask } from './task-queries.ts';

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
    const opened = row.source === 'release' ? row : await openArchive(ctx, await hashFile(ctx, row));
    if (opened !== 'expanded') {
      await staging.createStage(tables);
      const staged =
        row.source === 'release' ? await stageRelease(ctx, row, tables) : await stageFile(ctx, opened, store, tables);
      await publish(ctx, opened, tables, staged);
    }
  } catch (error) {
    if (error instanceof StoreFault && error.kind === 'unavailable' && mayWait)
      return wait(ctx, row, error.kind, error);
    // Somebody makes it take writes again; until then every import of the region would fail in its turn.
    if (error instanceof StoreFault && error.kind === 'read_only') return wait(ctx, row, error.kind, error);
    const now = await inTenant(ctx, (tx) => findImport(tx, row.id));
    if (now?.attempt !== row.attempt) {
      ctx.log.warn({ err: error, trackingId: ctx.trackingId, importId: row.id }, 'another process took an import over');
      return 'ended';
    }
    // The directory was away for a moment: no fault of the file. Whoever has the queue next begins it anew.
    if (isDirectoryAway(error) && now.state === 'running') throw error;
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
  if (!(error instanceof NoLongerOurs)) await failImport(ctx, row, error);
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

async function stageRelease(ctx: Ctx, row: ImportRow, tables: staging.Staging): Promise<Staged> {
  await enterStage(ctx, row, 'reading');
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
  await enterStage(ctx, row, 'checking');
  const summary = await staging.summarizeStage(tables, lenientColumns.length);
  const twins = summary.valid - summary.distinct;
  if (twins > 0) await staging.dropTwins(tables);

  const { duplicate, held } = await sortOut(ctx, row, tables);
  const newer = await staging.markSuperseded(tables);
  const entering = await staging.countStaged(tables);
  const span = await staging.stageSpan(tables);

  await enterStage(ctx, row, 'publishing');
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
