import type { RegionCode } from '@hub/contract/regions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type ImportRow, selectImports } from './import-queries.ts';

/** The word that takes a batch out of every question: its rows no longer count, and what they replaced does. The store is cleaned up later. */
export async function setUndone(tx: TenantTx, id: string, by: { personId: string | null; at: Date }): Promise<void> {
  await tx
    .updateTable('import_batch')
    .set({
      state: 'undone',
      undone_at: by.at,
      undone_by: by.personId,
      has_undone: true,
      has_superseded: false,
      superseded_at: sql<Date>`now()`,
      can_be_undone: false,
    })
    .where('id', '=', id)
    .execute();
}

/** `graceSeconds`: longer than any question runs, so that none sees what it counts change under it. */
const dueFor = (tx: TenantTx, region: RegionCode, graceSeconds: number) =>
  selectImports(tx)
    .where('import_batch.region', '=', region)
    .where(sql<boolean>`import_batch.superseded_at < now() - make_interval(secs => ${graceSeconds})`);

/** Imports that replaced older versions, to be marked by now. */
export async function findSupersededDue(tx: TenantTx, region: RegionCode, graceSeconds: number): Promise<ImportRow[]> {
  return dueFor(tx, region, graceSeconds)
    .where('import_batch.has_superseded', '=', true)
    .where('import_batch.state', '=', 'committed')
    .execute();
}

/** Imports that were undone, to be cleaned up by now. */
export async function findUndoneDue(tx: TenantTx, region: RegionCode, graceSeconds: number): Promise<ImportRow[]> {
  return dueFor(tx, region, graceSeconds).where('import_batch.has_undone', '=', true).execute();
}

/** Imports of before that moment whose replaced versions are still kept. */
export async function findReplacedDue(tx: TenantTx, region: RegionCode, before: Date): Promise<ImportRow[]> {
  return selectImports(tx)
    .where('import_batch.region', '=', region)
    .where('import_batch.has_replaced', '=', true)
    .where('import_batch.state', '=', 'committed')
    .where('import_batch.ended_at', '<', before)
    .execute();
}

/** Not where it was undone meanwhile: what was marked is then put right with the rest of it. */
export async function setSupersededMarked(tx: TenantTx, id: string): Promise<void> {
  await tx
    .updateTable('import_batch')
    .set({ has_superseded: false, superseded_at: null, has_replaced: true })
    .where('id', '=', id)
    .where('state', '=', 'committed')
    .execute();
}

/** From here on it stays, whatever a clock says later: what it replaced is being deleted. False where it was undone meanwhile. */
export async function setNoLongerUndoable(tx: TenantTx, id: string): Promise<boolean> {
  const done = await tx
    .updateTable('import_batch')
    .set({ can_be_undone: false })
    .where('id', '=', id)
    .where('state', '=', 'committed')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

export async function setReplacedGone(tx: TenantTx, id: string): Promise<void> {
  await tx.updateTable('import_batch').set({ has_replaced: false }).where('id', '=', id).execute();
}

export async function setUndoneGone(tx: TenantTx, id: string): Promise<void> {
  await tx
    .updateTable('import_batch')
    .set({ has_undone: false, has_replaced: false, superseded_at: null })
    .where('id', '=', id)
    .execute();
}
