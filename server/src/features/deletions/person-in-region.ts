import type { FeedRows } from '@hub/contract/deletions';
import type { RegionCode } from '@hub/contract/regions';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant } from '../access/index.ts';
import { changingFacts, deleteRejected, fileNamesPerson, findRejectedNaming, spoolPath } from '../imports/index.ts';
import { findFeedsOf, findGivenImports, findKeptImports, type FoundInRegion } from './deletion-queries.ts';
import { whyKept } from './kept-files.ts';
import { feedRowsOf } from './found-in-region.ts';
import { countPersonRows, deletePersonRows, type PersonOf } from './person-rows-queries.ts';

export interface PersonInRegion extends PersonOf {
  region: RegionCode;
  store: RegionalStore;
}

/** Rejected rows that name the person, by import. */
async function rejectedNaming(
  ctx: Ctx,
  { store, region, ...of }: PersonInRegion,
): Promise<{ batch: number; rows: number[] }[]> {
  const given = await inTenant(ctx, (tx) => findGivenImports(tx, region, of.orgUuid));
  const byBatch = new Map<number, Set<number>>();
  for (const who of of.who)
    for (const { batch, rows } of await findRejectedNaming(store, { ...of, given }, who))
      byBatch.set(batch, new Set([...(byBatch.get(batch) ?? []), ...rows]));
  return [...byBatch].map(([batch, rows]) => ({ batch, rows: [...rows].sort((one, other) => one - other) }));
}

/** Rows by feed, of feeds that have any. */
// oxlint-disable-next-line hub/verb-asks -- whoever calls has asked
export async function countPerson(ctx: Ctx, person: PersonInRegion): Promise<FeedRows[]> {
  const rows = await countPersonRows(person.store, person);
  const rejected = await rejectedNaming(ctx, person);
  const batches = rejected.map(({ batch }) => batch);
  const feedOfBatch = await inTenant(ctx, (tx) => findFeedsOf(tx, batches));
  return feedRowsOf(
    rows,
    rejected.map(({ batch, rows: numbers }) => ({ code: feedOfBatch.get(batch), rows: numbers.length })),
  ).map((entry) => ({
    ...entry,
    named: rows.filter(({ code }) => code === entry.feed).reduce((sum, { named }) => sum + named, 0),
  }));
}

/** What a deletion of the person will take in this region. */
// oxlint-disable-next-line hub/verb-asks -- whoever calls has asked
export async function findPerson(ctx: Ctx, person: PersonInRegion): Promise<FoundInRegion> {
  const { region, orgUuid, store, who } = person;
  const found: FoundInRegion = { feeds: await countPerson(ctx, person), files: { removed: [], kept: [] } };
  for (const kept of await inTenant(ctx, (tx) => findKeptImports(tx, region))) {
    if (kept.orgUuid !== null && kept.orgUuid !== orgUuid) continue;
    const path = spoolPath(ctx.dataDir, region, kept.spoolName);
    // Where the file is gone it is none of the two.
    const why = kept.orgUuid === null ? await whyKept(path, orgUuid) : await whyKept(path, '');
    if (why === 'packed') found.files.kept.push({ importNumber: kept.number, because: why });
    else if (why !== undefined && (await fileNamesPerson(store, path, who))) {
      if (kept.orgUuid === orgUuid) found.files.removed.push(kept.number);
      else found.files.kept.push({ importNumber: kept.number, because: 'names_person' });
    }
  }
  return found;
}

/** Doing it again changes nothing. */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself: whoever asked for the deletion was asked, and its end is audited
export async function deletePerson(ctx: Ctx, person: PersonInRegion, deletionId: string): Promise<void> {
  for (const found of await rejectedNaming(ctx, person)) await deleteRejected(person.store, person.partnerId, found);
  await changingFacts(person.store, person, () => deletePersonRows(person.store, person, deletionId));
}
