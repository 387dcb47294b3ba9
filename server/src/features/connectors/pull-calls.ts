import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import type { ConnectorRow } from './connector-queries.ts';
import {
  findDueOrganizations,
  type Move,
  moveOrganization,
  type Pulled,
  setOrganizationFault,
} from './organization-queries.ts';
import {
  afterHistory,
  afterStream,
  nextOfHistory,
  nextOfStream,
  type Progress,
  type Window,
  withGaps,
  withShortHistory,
} from './plan-windows.ts';
import type { Provider } from './provider.ts';
import { handOverAll, openBatch, type PullBatch } from './pull-batch.ts';
import { faultOf, isOfOrganization, isPassing, nextTry, PullFault, RunOver, strikes } from './pull-fault.ts';

interface Options {
  /** Throws RunOver where the run is no longer wanted. */
  stillWanted: () => Promise<void>;
}

/**
 * Fetches what is new of each organization, one after another, and one piece of history of each; hands it to the import. Answers whether
 * history is left. What one organization's fault is does not keep the others waiting; a fault of the provider's ends it.
 */
// oxlint-disable-next-line hub/verb-audits -- the hub's own notes of a fault; queuePulled audits what enters
export async function pullCalls(
  ctx: Ctx,
  connector: ConnectorRow,
  provider: Provider,
  { stillWanted }: Options,
): Promise<{ hasMore: boolean }> {
  requirePermission(ctx, 'connectors.write');
  const key = { connectorId: connector.id, pullsUnlinked: connector.pulls_unlinked };
  const due = await inTenant(ctx, (tx) => findDueOrganizations(tx, key, ctx.clock.now()));
  const batches = new Map<RegionCode, PullBatch<Move>>();
  let hasMore = false;
  let inARow = 0;
  try {
    for (const organization of due) {
      await stillWanted();
      try {
        const batch = batchOf(ctx, connector, organization, batches);
        if (await pullOne(ctx, { connector, provider, organization, batch })) hasMore = true;
        inARow = 0;
      } catch (error) {
        const fault = faultOf(error, ctx.trackingId);
        if (error instanceof RunOver || !isOfOrganization(fault.code)) throw error;
        ctx.log.warn({ err: fault, connectorId: connector.id }, 'an organization could not be fetched');
        await noteFault(ctx, connector, organization, fault);
        inARow = isPassing(fault.code) ? inARow + 1 : 0;
        if (inARow >= strikes) throw fault;
      }
    }
    return { hasMore };
  } finally {
    // What was fetched to its end before a fault is kept; where nobody wants it any more this throws what it threw before.
    await handOverAll(batches.values());
  }
}

/** Records go where their customer is kept. Throws region_not_served. */
function batchOf(
  ctx: Ctx,
  connector: ConnectorRow,
  { customerRegion }: Pulled,
  batches: Map<RegionCode, PullBatch<Move>>,
): PullBatch<Move> {
  const region = (customerRegion ?? connector.region) as RegionCode;
  if (!ctx.stores.has(region)) throw new PullFault('region_not_served', { region });
  const { id: connectorId, version, name } = connector;
  const advance = (tx: TenantTx, move: Move) => moveOrganization(tx, connectorId, move, ctx.clock.now());
  const join = (earlier: Move, later: Move): Move => ({ ...later, before: earlier.before });
  const batch = batches.get(region) ?? openBatch(ctx, { connectorId, version, name, advance, join }, region);
  batches.set(region, batch);
  return batch;
}

interface One {
  connector: ConnectorRow;
  provider: Provider;
  organization: Pulled;
  batch: PullBatch<Move>;
}

/** All of the stream and a piece of history. Answers whether history is left. */
async function pullOne(ctx: Ctx, { connector, provider, organization, batch }: One): Promise<boolean> {
  const { orgUuid } = organization;
  let stored = organization.progress;
  let { origin, backFloor } = organization;
  let progress = withGaps(stored, ctx.clock.now(), { backDays: connector.back_days });

  const advance = async (next: Progress, isWhole = false): Promise<void> => {
    batch.note({ orgUuid, before: stored, after: next, backFloor, origin, isWhole });
    progress = next;
    if (!batch.isFull()) return;
    await batch.handOver();
    stored = next;
  };
  const fetchWindow = async (feed: 'cdr_stream' | 'cdr_feed', window: Window): Promise<void> => {
    const before = batch.bytes;
    try {
      ({ origin } = await provider.calls({ feed, orgUuid, window, origin }, (records) => batch.append(records)));
    } catch (error) {
      batch.rewind(before);
      throw error;
    }
  };

  for (let window = nextOfStream(progress, ctx.clock.now()); window; window = nextOfStream(progress, ctx.clock.now())) {
    await fetchWindow('cdr_stream', window);
    await advance(afterStream(progress, window));
  }
  const window = nextOfHistory(progress, ctx.clock.now());
  if (window === undefined) {
    await advance(progress, true);
    return false;
  }
  try {
    await fetchWindow('cdr_feed', window);
    await advance(afterHistory(progress, window), true);
  } catch (error) {
    const isRefused = error instanceof PullFault && error.code === 'refused' && error.data['status'] === 400;
    const shorter = isRefused ? withShortHistory(progress, window, ctx.clock.now()) : undefined;
    if (shorter === undefined) throw error;
    backFloor = shorter.backFrom ?? progress.backTo;
    await advance(shorter, true);
  }
  return progress.backFrom !== null;
}

/** The next try comes later each time. */
async function noteFault(ctx: Ctx, connector: ConnectorRow, organization: Pulled, fault: PullFault): Promise<void> {
  const at = ctx.clock.now();
  const { code, data } = fault;
  await inTenant(ctx, (tx) =>
    setOrganizationFault(
      tx,
      { connectorId: connector.id, orgUuid: organization.orgUuid },
      { fault: { code, data }, at, notBefore: nextTry(at, connector, organization.faults) },
    ),
  );
}
