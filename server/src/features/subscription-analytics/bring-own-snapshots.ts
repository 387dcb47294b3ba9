import { productNames } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, type Installation, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { type Chore, ownSite, partnerChore, queueOwn, readVisibility } from '../imports/index.ts';
import { partnerToday } from '../statuses/index.ts';
import {
  deleteOwnAssignments,
  findFadingAssignments,
  insertOwnAssignments,
  type OwnSnapshot,
  setOwnQueued,
  takeOwnAssignments,
} from '../subscriptions/index.ts';
import { fewOf, findLineStates, type LineState, snapshotDays } from './license-state-queries.ts';
import { plusDays } from './running-contracts.ts';

const lookMilliseconds = 5000; // changes of a few seconds come as one import
const atOnce = 10_000;
const head = 'Date,Org UUID,Subscription ID,Product,Site URL,Ordered,Assigned,Used 7d,Used 90d';

/** Makes license snapshots of what is assigned in the product. A chore of the import queue, which stores them as any other. */
export const bringsOwnSnapshots = (installation: Installation): Chore =>
  partnerChore(installation, {
    looksEvery: lookMilliseconds,
    fault: 'own license snapshots could not be brought',
    work: bringOwnSnapshots,
  });

/** Queues the snapshots of a partner that wait, by day; what was assigned long ago is told anew while nobody else tells of it. Whether any did. */
export async function bringOwnSnapshots(ctx: Ctx, region: RegionCode): Promise<boolean> {
  requirePermission(ctx, 'imports.write');
  await goOn(ctx, region);
  const queued = await queueOwn(ctx, { region, fileName: 'assigned in Partner Hub.csv' }, async (tx) => {
    const rows = await takeOwnAssignments(tx, region, atOnce);
    if (rows.length === 0) return undefined;
    await setOwnQueued(tx, rows);
    const lines: string[] = [];
    for (const [day, own] of Map.groupBy(rows, (row) => row.day)) {
      const stateOf = await toldByOthers(tx, ctx, region, { day, rows: own });
      lines.push(...own.map((row) => lineOf(row, stateOf(row))));
    }
    return `${[head, ...lines].join('\n')}\n`;
  });
  return queued !== undefined;
}

/** A snapshot stands for seven days. Where no provider tells of the line by then, what is assigned here is as of today what it was. */
async function goOn(ctx: Ctx, region: RegionCode): Promise<void> {
  await inTenant(ctx, async (tx) => {
    const today = await partnerToday(tx, ctx);
    const fading = await findFadingAssignments(tx, region, { day: plusDays(today, -snapshotDays), today });
    if (fading.length === 0) return;
    // As of the last day on which it stands, too: then what was told on its own day counts as told.
    const now = await toldByOthers(tx, ctx, region, { day: today, rows: fading });
    const before = await toldByOthers(tx, ctx, region, { day: plusDays(today, -1), rows: fading });
    await deleteOwnAssignments(tx, fading);
    const unknown = fading.filter((row) => now(row) === undefined && before(row) === undefined);
    await insertOwnAssignments(tx, ctx.actor.partnerId, unknown, ctx.clock.now());
  });
}

/** What providers tell of these lines as of a day. */
async function toldByOthers(
  tx: TenantTx,
  ctx: Ctx,
  region: RegionCode,
  { day, rows }: { day: string; rows: readonly OwnSnapshot[] },
): Promise<(row: OwnSnapshot) => LineState | undefined> {
  const { store, scope } = await regionalScope(ctx, region);
  const visible = await readVisibility(tx, region);
  const orgs = [...new Set(rows.map(({ orgUuid }) => orgUuid))];
  const states = await findLineStates({ store, scope, visible, day, isOwnLeftOut: true }, fewOf(orgs));
  return ({ orgUuid, reference, product }) =>
    states.get(orgUuid)?.find((state) => state.subscription === reference && state.product === product);
}

/** How much is used nobody notes here: it is what the provider's snapshot told that stood until then. */
const lineOf = (
  { day, orgUuid, reference, product, ordered, assigned }: OwnSnapshot,
  told: Pick<LineState, 'used' | 'usedIn90Days'> | undefined,
): string =>
  [day, orgUuid, quoted(reference), productNames[product], ownSite, ordered, assigned, told?.used, told?.usedIn90Days]
    .map((value) => value ?? '')
    .join(',');

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
