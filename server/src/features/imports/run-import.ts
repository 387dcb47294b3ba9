import type { ImportNote } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { isDirectoryAway } from '../../platform/directory/is-directory-away.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { countDeletedBefore, findDeletedOrganizations } from './deleted-queries.ts';
import { enterStage, NoLongerOurs } from './enter-stage.ts';
import { failImport } from './fail-import.ts';
import { callHistory } from './feeds/call-history.ts';
import { type Feed, lenientOf } from './feeds/feed.ts';
import * as holding from './holding-queries.ts';
import {
  beginAttempt,
  findImport,
  findImportScope,
  getImportRow,
  type ImportRow,
  readVisibility,
  setImportCommitted,
  setImportFeed,
  setOwnState,
} from './import-queries.ts';
import { hashFile } from './hash-file.ts';
import { readLimit } from './kept-days.ts';
import { openArchive } from './open-archive.ts';
import { ComparedWithUndone, saveOverlaps } from './overlap-queries.ts';
import { forgetPeople } from './people/forget-people.ts';
import { requestRelease } from './request-release.ts';
import { addToRollups } from './rollups/rollup-queries.ts';
import { deleteEmptyRelease, findComparable, findEntitledBatches, findKnownOrgs } from './release-queries.ts';
import { dropDerived, dropSpoolFile } from './spool.ts';
import { stageFile } from './stage-file.ts';
import * as staging from './staging-queries.ts';
import { deleteEndedTask, deleteTask } from './task-queries.ts';

const emptyOrg = '00000000-0000-0000-0000-000000000000';

interface Staged {
  tables: staging.Staging;
  read: number;
  rejected: number;
  /** Of a release: how many held rows of which imports enter, how many of those only an older version were, and whether another feed waits as well. */
  released?: { from: staging.Overlaps; outdated: number; hasMore: boolean };
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
  const workplace = { store, partnerId: row.partner_id, batch: row.number, attempt: row.attempt };
  if (isOpen && attempt === undefined) return 'ended';
  if (found.state !== 'committed' && found.state !== 'undone') await staging.eraseBatch(workplace);
  if (!isOpen) {
    await finish(ctx, row);
    return 'ended';
  }
  try {
    const opened = row.source === 'release' ? row : await openArchive(ctx, await hashFile(ctx, row));
    if (opened !== 'expanded') {
      const staged =
        row.source === 'release'
          ? await stageRelease(ctx, row, workplace)
          : await stageFile(ctx, opened, store, workplace);
      await publish(ctx, opened, staged);
    }
  } catch (error) {
    if (error instanceof StoreFault && error.kind === 'unavailable' && mayWait)
      return wait(ctx, row, error.kind, error);
    if (error instanceof ComparedWithUndone) return again(ctx, row);
    // Somebody makes it take writes again; until then every import of the region would fail in its turn.
    if (error instanceof StoreFault && error.kind === 'read_only') return wait(ctx, row, error.kind, error);
    const now = await inTenant(ctx, (tx) => findImport(tx, row.id));
    if (now?.attempt !== row.attempt) {
      ctx.log.warn({ err: error, trackingId: ctx.trackingId, importId: row.id }, 'another process took an import over');
      return 'ended';
    }
    // The directory was away for a moment: no fault of the file. Whoever has the queue next begins it anew.
    if (isDirectoryAway(error) && now.state === 'running') throw error;
    await undo(ctx, row, workplace, error);
  }
  await tidy(ctx, row, workplace);
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

/** What this import compared its rows with was undone meanwhile: it stays in the queue and begins anew. */
async function again(ctx: Ctx, row: ImportRow): Promise<'ended'> {
  ctx.log.info({ trackingId: ctx.trackingId, importId: row.id }, 'an import begins anew after another was undone');
  await inTenant(ctx, (tx) =>
    setOwnState(tx, row, { state: 'queued', stage: null, rows_done: 0, bytes_done: 0, waits_for: null }),
  );
  return 'ended';
}

/** Erases the batch, unless the directory has it as committed: a commit's answer can be lost on its way, and then the rows must stay. */
async function undo(ctx: Ctx, row: ImportRow, workplace: staging.Workplace, error: unknown): Promise<void> {
  const after = await inTenant(ctx, (tx) => findImport(tx, row.id));
  if (after?.state === 'committed') {
    ctx.log.error(
      { err: error, trackingId: ctx.trackingId, importId: row.id },
      'an import was committed, and what follows it failed',
    );
    return;
  }
  try {
    await staging.eraseBatch(workplace);
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
async function tidy(ctx: Ctx, row: ImportRow, workplace: staging.Workplace): Promise<void> {
  try {
    await staging.dropStaging(workplace);
  } catch (error) {
    // The next start drops what is left; the import itself has ended, and the queue goes on.
    if (!(error instanceof StoreFault)) throw error;
    ctx.log.warn({ err: error, trackingId: ctx.trackingId, importId: row.id }, 'tables of an import were left behind');
  }
  await finish(ctx, row);
}

/** The first feed of which something may enter; another release follows for the next one. */
async function stageRelease(ctx: Ctx, row: ImportRow, workplace: staging.Workplace): Promise<Staged> {
  await enterStage(ctx, row, 'reading');
  const orgUuid = row.release_org_uuid ?? emptyOrg;
  const known = await inTenant(ctx, (tx) => findKnownOrgs(tx, row.region as RegionCode, [orgUuid]));
  // Without its customer nothing may enter, and nothing may be taken from what is held.
  const waiting = known.has(orgUuid) ? await releasable(ctx, row, workplace, orgUuid) : [];
  const [first, ...others] = waiting;
  const tables = staging.stagingOf(workplace, first?.feed ?? callHistory);
  await staging.createStage(tables);
  if (first === undefined) return { tables, read: 0, rejected: 0 };
  await inTenant(ctx, (tx) => setImportFeed(tx, row.id, first.feed.code));
  const from = await holding.stageHeldRows(tables, orgUuid, first.batches);
  const read = staging.sumOf(from);
  const outdated = read - (await staging.countStaged(tables));
  return { tables, read, rejected: 0, released: { from, outdated, hasMore: others.length > 0 } };
}

/** By feed. What somebody brought who may not write to this organization goes on waiting, unless who sees all customers lets it in. */
async function releasable(
  ctx: Ctx,
  row: ImportRow,
  workplace: staging.Workplace,
  orgUuid: string,
): Promise<{ feed: Feed; batches: number[] }[]> {
  const region = row.region as RegionCode;
  const { open } = await inTenant(ctx, (tx) => readVisibility(tx, region));
  const waiting = await holding.findHoldingFeeds(workplace, orgUuid, open);
  if (row.releases_all) return waiting;
  const entitled: { feed: Feed; batches: number[] }[] = [];
  for (const { feed, batches } of waiting) {
    const mine = await inTenant(ctx, (tx) => findEntitledBatches(tx, { region, orgUuid, batches }));
    if (mine.length > 0) entitled.push({ feed, batches: mine });
  }
  return entitled;
}

async function publish(ctx: Ctx, row: ImportRow, staged: Staged): Promise<void> {
  await enterStage(ctx, row, 'checking');
  const { tables, released } = staged;
  const forgotten = await forgetPeople(ctx, row, staged);
  const lenient = lenientOf(tables.feed);
  const summary = await staging.summarizeStage(tables, lenient.length);
  const twins = summary.valid - summary.distinct;
  if (twins > 0) await staging.dropTwins(tables);

  const { duplicate, held, overlaps } = await sortOut(ctx, row, tables);
  const replaced = await staging.markSuperseded(tables);
  const newer = staging.sumOf(replaced);
  const entering = await staging.countStaged(tables);
  const span = await staging.stageSpan(tables);
  const notes = [
    ...forgotten.notes,
    ...(await deletedBefore(ctx, tables)),
    ...(await beyondKept(ctx, row, tables, span.first)),
  ];

  await enterStage(ctx, row, 'publishing');
  if (entering > 0) {
    // First what takes long: the parts begin to be merged once they are attached.
    await addToRollups(tables, { rows: entering, replaced });
    await staging.attachStage(tables, tables.feed.table);
    await staging.savePlaces(tables);
  }
  const counts = {
    read_rows: staged.read,
    new_rows: entering - newer,
    duplicate_rows: twins + duplicate + held.duplicate + (released?.outdated ?? 0),
    replaced_rows: newer,
    rejected_rows: staged.rejected + forgotten.rows,
    held_rows: held.held + forgotten.elsewhere,
  };
  const isCommitted = await inTenant(ctx, async (tx) => {
    const at = ctx.clock.now();
    await saveOverlaps(tx, row, added(added(overlaps, replaced), released?.from));
    const done = await setImportCommitted(
      tx,
      row,
      {
        ...counts,
        notes,
        covers_from: span.first === null ? null : new Date(span.first),
        covers_to: span.last === null ? null : new Date(span.last),
        emptied: lenient
          .map((column, bit) => ({ column: column.header, count: summary.emptied[bit] ?? 0 }))
          .filter((entry) => entry.count > 0),
      },
      at,
    );
    if (!done) return false;
    // A release keeps its task until its rows are no longer held as well.
    if (row.source !== 'release') await deleteTask(tx, row.id);
    if (released?.hasMore) await releaseNext(tx, ctx, row);
    await audit(tx, ctx, { action: 'imports.commit', target: { kind: 'import', id: row.id }, after: counts });
    return true;
  });
  if (!isCommitted) throw new NoLongerOurs();
  if (released !== undefined)
    await holding.deleteHeldRows(tables, row.release_org_uuid ?? emptyOrg, [...released.from.keys()]);
}

/** Rows may enter again that somebody asked to delete: whoever brings them is told, and may undo it. */
async function deletedBefore(ctx: Ctx, tables: staging.Staging): Promise<ImportNote[]> {
  const deleted = await inTenant(ctx, (tx) => findDeletedOrganizations(tx));
  const rows = deleted.size === 0 ? 0 : await countDeletedBefore(tables, deleted);
  return rows === 0 ? [] : [{ code: 'deleted_before', data: { rows } }];
}

/** Late rows enter like any other, and go in the next night: whoever brings them is told. */
async function beyondKept(
  ctx: Ctx,
  row: ImportRow,
  tables: staging.Staging,
  first: string | null,
): Promise<ImportNote[]> {
  const region = row.region as RegionCode;
  const limit = await inTenant(ctx, (tx) => readLimit(tx, ctx, { region, feed: tables.feed.code }));
  if (limit === undefined || first === null || first.slice(0, 10) >= limit.firstDay) return [];
  const rows = await staging.countBefore(tables, limit.firstDay);
  return rows === 0 ? [] : [{ code: 'beyond_kept', data: { rows, days: limit.days } }];
}

/** In the transaction of the commit: what is held of the organization by another feed is never seen waiting for nobody. */
async function releaseNext(tx: TenantTx, ctx: Ctx, row: ImportRow): Promise<void> {
  await requestRelease(tx, ctx, {
    region: row.region as RegionCode,
    orgUuid: row.release_org_uuid ?? emptyOrg,
    isWhole: row.releases_all,
    createdBy: row.created_by,
  });
}

interface SortedOut {
  duplicate: number;
  held: { held: number; duplicate: number };
  overlaps: staging.Overlaps;
}

function added(one: staging.Overlaps, other: staging.Overlaps = new Map()): staging.Overlaps {
  const sum = new Map(one);
  for (const [batch, rows] of other) sum.set(batch, (sum.get(batch) ?? 0) + rows);
  return sum;
}

/**
 * What is known goes, what is of unknown organizations waits. Of an uploader who sees only assigned customers, rows outside their scope
 * wait too, and first, so that no count tells whether they are known; and nothing of theirs replaces a leg of another organization.
 */
async function sortOut(ctx: Ctx, row: ImportRow, tables: staging.Staging): Promise<SortedOut> {
  const { open } = await inTenant(ctx, (tx) => readVisibility(tx, row.region as RegionCode));
  if (row.source === 'release') return { ...(await staging.dropKnown(tables, open)), held: { held: 0, duplicate: 0 } };
  const scopePerson = await inTenant(ctx, (tx) => findImportScope(tx, row));
  if (scopePerson === undefined) {
    const known = await staging.dropKnown(tables, open);
    const held = await holdUnknown(ctx, row, tables);
    return { duplicate: known.duplicate, held, overlaps: added(known.overlaps, held.overlaps) };
  }
  const held = await holdUnknown(ctx, row, tables, scopePerson);
  const known = await staging.dropKnown(tables, open, { staysWithinOrganizations: true });
  return { duplicate: known.duplicate, held, overlaps: added(held.overlaps, known.overlaps) };
}

/** Rows of organizations that no customer of this partner, or of this person, has in this region wait in the region. */
async function holdUnknown(
  ctx: Ctx,
  row: ImportRow,
  tables: staging.Staging,
  scopePerson?: string,
): Promise<SortedOut['held'] & { overlaps: staging.Overlaps }> {
  const organizations = await staging.findStagedOrganizations(tables);
  const ids = organizations.map((entry) => entry.org_uuid);
  const known = await inTenant(ctx, (tx) => findKnownOrgs(tx, row.region as RegionCode, ids, scopePerson));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length === 0) return { held: 0, duplicate: 0, overlaps: new Map() };
  const batches = await holding.findHoldingBatches(tables);
  const comparable = await inTenant(ctx, (tx) => findComparable(tx, batches, scopePerson));
  return holding.holdOrganizations(tables, unknown, comparable);
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
