import type { SnapshotKind } from '@hub/contract/connectors';
import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { partnerToday } from '../statuses/index.ts';
import { type ConnectorRow, lockEnabled } from './connector-queries.ts';
import type { Provider } from './provider.ts';
import { handOverAll, openBatch, type PullBatch } from './pull-batch.ts';
import { faultOf, isOfOrganization, isPassing, nextTry, PullFault, RunOver, strikes } from './pull-fault.ts';
import {
  type DueSnapshot,
  findDueSnapshots,
  setSnapshotFault,
  type SnapshotKey,
  takeSnapshot,
} from './snapshot-queries.ts';

/** Calls wait meanwhile, and the provider keeps their stream for 12 hours: what is left is fetched by the next run. */
const longestMilliseconds = 10 * 60_000;

interface Taken {
  orgUuid: string;
}

/**
 * Fetches what each organization has today, kind by kind, where that has not been done yet, and hands it to the import. Answers whether
 * something is left that needs no rest. Faults of the provider or of an organization end or rest this alone: calls are asked for all the same.
 */
// oxlint-disable-next-line hub/verb-audits -- the hub's own notes of a fault; queuePulled audits what enters
export async function pullSnapshots(
  ctx: Ctx,
  connector: ConnectorRow,
  provider: Provider,
  { stillWanted }: { stillWanted: () => Promise<void> },
): Promise<{ hasMore: boolean }> {
  requirePermission(ctx, 'connectors.write');
  const ends = performance.now() + longestMilliseconds;
  for (const kind of connector.snapshots) {
    const outcome = await pullKind(ctx, { connector, provider, kind, ends, stillWanted });
    if (outcome !== 'done') return { hasMore: outcome === 'late' };
  }
  return { hasMore: false };
}

interface Kind {
  connector: ConnectorRow;
  provider: Provider;
  kind: SnapshotKind;
  ends: number;
  stillWanted: () => Promise<void>;
}

/** `late`: its time is over; `given up`: the provider has to be left alone for a while. */
async function pullKind(
  ctx: Ctx,
  { connector, provider, kind, ends, stillWanted }: Kind,
): Promise<'done' | 'late' | 'given up'> {
  const wanted = { connectorId: connector.id, pullsUnlinked: connector.pulls_unlinked, kind };
  const { day, due } = await inTenant(ctx, async (tx) => {
    const today = await partnerToday(tx, ctx);
    return { day: today, due: await findDueSnapshots(tx, wanted, { day: today, now: ctx.clock.now() }) };
  });
  const batches = new Map<RegionCode, PullBatch<Taken>>();
  let inARow = 0;
  try {
    for (const organization of due) {
      await stillWanted();
      if (performance.now() > ends) return 'late';
      try {
        if (kind === 'people') await countPeople(ctx, { connector, provider, day, organization });
        else
          await pullOne(provider, {
            kind,
            day,
            organization,
            batch: batchOf(ctx, connector, { kind, day, organization }, batches),
          });
        inARow = 0;
      } catch (error) {
        const fault = faultOf(error, ctx.trackingId);
        const isPatience = fault.code === 'rate_limited';
        if (error instanceof RunOver || !(isPatience || isOfOrganization(fault.code))) throw error;
        ctx.log.warn({ err: fault, connectorId: connector.id, kind }, 'a snapshot could not be fetched');
        await noteFault(ctx, connector, { kind, organization, fault });
        inARow = isPassing(fault.code) ? inARow + 1 : 0;
        if (isPatience || inARow >= strikes) return 'given up';
      }
    }
    return 'done';
  } finally {
    // What was fetched to its end before a fault is kept.
    await handOverAll(batches.values());
  }
}

/** Records go where their customer is kept. Throws region_not_served. */
function batchOf(
  ctx: Ctx,
  connector: ConnectorRow,
  { kind, day, organization }: { kind: SnapshotKind; day: string; organization: DueSnapshot },
  batches: Map<RegionCode, PullBatch<Taken>>,
): PullBatch<Taken> {
  const region = (organization.customerRegion ?? connector.region) as RegionCode;
  if (!ctx.stores.has(region)) throw new PullFault('region_not_served', { region });
  const { id: connectorId, version, partner_id: partnerId } = connector;
  const advance = (tx: TenantTx, { orgUuid }: Taken) =>
    takeSnapshot(tx, { connectorId, partnerId, orgUuid, kind }, { day, at: ctx.clock.now() });
  const batch =
    batches.get(region) ??
    openBatch<Taken>(
      ctx,
      { connectorId, version, name: `${connector.name} ${kind}`, advance, join: (_, later) => later },
      region,
    );
  batches.set(region, batch);
  return batch;
}

interface One {
  kind: SnapshotKind;
  day: string;
  organization: DueSnapshot;
  batch: PullBatch<Taken>;
}

/** All or nothing of one organization. The provider's records say no day, and not all of them whose they are. */
async function pullOne(provider: Provider, { kind, day, organization: { orgUuid }, batch }: One): Promise<void> {
  const before = batch.bytes;
  try {
    await provider.snapshot({ kind, orgUuid }, (records) =>
      batch.append(records.map((record) => ({ ...record, 'Org UUID': orgUuid, Date: day }))),
    );
  } catch (error) {
    batch.rewind(before);
    throw error;
  }
  batch.note({ orgUuid });
  if (batch.isFull()) await batch.handOver();
}

/** A number that is noted and nothing else, so there is nothing to import. */
async function countPeople(
  ctx: Ctx,
  {
    connector,
    provider,
    day,
    organization: { orgUuid },
  }: { connector: ConnectorRow; provider: Provider; day: string; organization: DueSnapshot },
): Promise<void> {
  let people = 0;
  await provider.snapshot({ kind: 'people', orgUuid }, (records) => {
    people += records.length;
    return Promise.resolve();
  });
  const { id: connectorId, partner_id: partnerId } = connector;
  await inTenant(ctx, async (tx) => {
    if (!(await lockEnabled(tx, connector))) throw new RunOver();
    await takeSnapshot(tx, { connectorId, partnerId, orgUuid, kind: 'people' }, { day, at: ctx.clock.now(), people });
  });
}

/** The next try comes later each time; where the provider asked for patience not before it said. */
async function noteFault(
  ctx: Ctx,
  connector: ConnectorRow,
  { kind, organization, fault }: { kind: SnapshotKind; organization: DueSnapshot; fault: PullFault },
): Promise<void> {
  const at = ctx.clock.now();
  const { code, data } = fault;
  const key: SnapshotKey = {
    connectorId: connector.id,
    partnerId: connector.partner_id,
    orgUuid: organization.orgUuid,
    kind,
  };
  const asked = code === 'rate_limited' ? at.getTime() + Number(data['seconds']) * 1000 : 0;
  const notBefore = new Date(Math.max(asked, nextTry(at, connector, organization.faults).getTime()));
  await inTenant(ctx, (tx) => setSnapshotFault(tx, key, { fault: { code, data }, at, notBefore }));
}
