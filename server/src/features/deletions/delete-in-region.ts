import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { dropSpoolFile, noteRemoval, recognizingHere, setCanceled, spoolPath } from '../imports/index.ts';
import {
  countAhead,
  countRecord,
  type DeletionRow,
  type DeletionTask,
  deleteRecord,
  endRegion,
  findDeletion,
  findForgottenOf,
  findKeptImports,
  findRegionsOf,
  type FoundInRegion,
  lockHome,
  setBegun,
  setFound,
  setOrganizationLinked,
  setReceipt,
} from './deletion-queries.ts';
import { countByFeed, ofOrganization } from './found-in-region.ts';
import { whyKept } from './kept-files.ts';
import { deleteRowsOf } from './organization-rows-queries.ts';
import { deletePerson, findPerson, type PersonInRegion } from './person-in-region.ts';
import { receiptOf } from './receipt.ts';

/**
 * One region's part of a deletion, once everything that was queued before it has ended. What is there is written down before the first row
 * goes: a stop anywhere is taken up again with the same numbers. The last region writes the receipt.
 */
// oxlint-disable-next-line hub/verb-asks -- the hub itself: whoever asked for the deletion was asked
export async function deleteInRegion(ctx: Ctx, task: DeletionTask): Promise<void> {
  const store = ctx.stores.get(task.region);
  if (!store) return;
  const { row, found, ahead } = await inTenant(ctx, async (tx) => {
    await setOrganizationLinked(tx, task.deletionId);
    const regions = await findRegionsOf(tx, [task.deletionId]);
    return {
      row: await findDeletion(tx, task.deletionId),
      found: regions.find(({ region }) => region === task.region)?.found,
      ahead: await countAhead(tx, task),
    };
  });
  if (row === undefined || ahead > 0) return;
  const person = await personOf(ctx, task, { store, row });
  const planned = found ?? (await plan(ctx, task, { store, row, person }));
  if (row.org_uuid !== null) {
    if (person !== undefined) await deletePerson(ctx, person, row.id);
    else await deleteRows(ctx, task, { store, row, orgUuid: row.org_uuid });
    await dropFiles(ctx, task, row.org_uuid, planned.files.removed);
  }
  await finish(ctx, task, row.org_uuid);
}

async function deleteRows(
  ctx: Ctx,
  task: DeletionTask,
  { store, row, orgUuid }: { store: RegionalStore; row: DeletionRow; orgUuid: string },
): Promise<void> {
  const of = await ofOrganization(ctx, task.region, orgUuid);
  await deleteRowsOf(store, of, { takesRecord: row.takes_record });
}

/** undefined where the deletion is that of a customer. */
async function personOf(
  ctx: Ctx,
  { deletionId, partnerId, region }: DeletionTask,
  { store, row }: { store: RegionalStore; row: DeletionRow },
): Promise<PersonInRegion | undefined> {
  if (row.subject !== 'person' || row.org_uuid === null) return undefined;
  const known = await inTenant(ctx, (tx) => findForgottenOf(tx, deletionId));
  return { region, store, partnerId, orgUuid: row.org_uuid, who: recognizingHere(ctx, known) };
}

async function plan(
  ctx: Ctx,
  task: DeletionTask,
  { store, row, person }: { store: RegionalStore; row: DeletionRow; person: PersonInRegion | undefined },
): Promise<FoundInRegion> {
  const { region, deletionId } = task;
  const { org_uuid: orgUuid, customer_id: customerId } = row;
  let found: FoundInRegion = { feeds: [], files: { removed: [], kept: [] } };
  if (person !== undefined) found = await findPerson(ctx, person);
  else if (orgUuid !== null) {
    found.feeds = await countByFeed(ctx, store, await ofOrganization(ctx, region, orgUuid));
    for (const kept of await inTenant(ctx, (tx) => findKeptImports(tx, region))) {
      if (kept.orgUuid === orgUuid) found.files.removed.push(kept.number);
      else if (kept.orgUuid === null) {
        const because = await whyKept(spoolPath(ctx.dataDir, region, kept.spoolName), orgUuid);
        if (because !== undefined) found.files.kept.push({ importNumber: kept.number, because });
      }
    }
  }
  await inTenant(ctx, async (tx) => {
    const isHome = await removeRecordAtHome(tx, ctx, { row, region });
    await setBegun(tx, deletionId, ctx.clock.now());
    await setFound(tx, task, found);
    if (isHome)
      await audit(tx, ctx, {
        action: 'deletions.remove_customer',
        target: { kind: 'customer', id: customerId },
        after: { deletionId },
      });
  });
  return found;
}

/** The customer goes with its home region, where its rows are: in between no import of that region runs that could take it for known. */
async function removeRecordAtHome(
  tx: TenantTx,
  ctx: Ctx,
  { row, region }: { row: DeletionRow; region: RegionCode },
): Promise<boolean> {
  if (!row.takes_record || (await lockHome(tx, row.customer_id)) !== region) return false;
  const { customer_id: customerId, org_uuid: orgUuid } = row;
  await deleteRecord(tx, { deletionId: row.id, customerId, orgUuid }, await countRecord(tx, customerId));
  ctx.log.info({ deletionId: row.id, region }, 'a customer was removed with its data');
  return true;
}

/** Imports that failed are given up; a file that a stop leaves behind is swept at the next start. */
async function dropFiles(
  ctx: Ctx,
  { region }: DeletionTask,
  orgUuid: string,
  numbers: readonly number[],
): Promise<void> {
  const kept = numbers.length === 0 ? [] : await inTenant(ctx, (tx) => findKeptImports(tx, region));
  for (const entry of kept.filter(({ number, orgUuid: given }) => numbers.includes(number) && given === orgUuid)) {
    await inTenant(ctx, (tx) => setCanceled(tx, ctx, entry.id, { state: 'failed', region }));
    await dropSpoolFile(ctx.dataDir, region, entry.spoolName);
  }
}

async function finish(ctx: Ctx, task: DeletionTask, orgUuid: string | null): Promise<void> {
  const { deletionId, partnerId, region } = task;
  await inTenant(ctx, async (tx) => {
    const at = ctx.clock.now();
    if (!(await endRegion(tx, task, at))) return;
    await noteRemoval(tx, { partnerId, region }, orgUuid === null ? {} : { orgUuid });
    const regions = await findRegionsOf(tx, [deletionId]);
    const row = await findDeletion(tx, deletionId);
    if (row === undefined || regions.some(({ endedAt }) => endedAt === null)) return;
    const { receipt, sha256 } = receiptOf(row, regions, at);
    await setReceipt(tx, deletionId, { receipt, sha256, at });
    await audit(tx, ctx, {
      action: 'deletions.end',
      target: { kind: 'deletion', id: deletionId },
      customerId: row.customer_id,
      after: { sha256, regions: regions.map(({ region: of, found }) => ({ region: of, feeds: found?.feeds ?? [] })) },
    });
  });
}
