import type { PartnerId } from '@hub/contract/ids';
import { newTrackingId } from '../../platform/http/index.ts';
import { type Ctx, type Installation, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import {
  type ConnectorRow,
  type ConnectorTask,
  findConnector,
  lockEnabled,
  setDue,
  setNotRunning,
  setPaused,
  setRan,
  setRunning,
} from './connector-queries.ts';
import { openProvider, type Patience, usualPatience } from './provider.ts';
import { pullCalls } from './pull-calls.ts';
import { faultOf, type PullFault, RunOver } from './pull-fault.ts';
import { pullOrganizations } from './pull-organizations.ts';
import { pullSnapshots } from './pull-snapshots.ts';
import { tokenSource } from './token-source.ts';

const minute = 60_000;
/** History that is left goes on soon; the provider takes one question a minute. */
const soon = minute;

export interface RunOptions {
  signal: AbortSignal;
  patience?: Patience;
}

/**
 * One run of one connector: which organizations there are, what each has today, then their calls. Whatever is fetched and not yet handed over when it ends, in
 * whatever way, is fetched again by the next run. Only one process may do this for a connector at a time (connector-runner.ts).
 */
export async function runPull(
  installation: Installation,
  { connectorId, partnerId }: ConnectorTask,
  { signal, patience = usualPatience }: RunOptions,
): Promise<void> {
  const actor = { kind: 'system', partnerId: partnerId as PartnerId } as const;
  const ctx: Ctx = { ...installation, actor, trackingId: newTrackingId() };
  requirePermission(ctx, 'connectors.write');
  const connector = await begin(ctx, connectorId);
  if (connector === undefined) return;
  try {
    const { hasMore } = await pull(ctx, connector, { signal, patience });
    await end(ctx, connector, { fault: null, rest: hasMore ? soon : connector.every_minutes * minute });
  } catch (error) {
    if (error instanceof RunOver) {
      await inTenant(ctx, (tx) => setNotRunning(tx, connectorId));
      return;
    }
    signal.throwIfAborted();
    const fault = faultOf(error, ctx.trackingId);
    ctx.log[fault.code === 'internal' ? 'error' : 'warn'](
      { err: fault, connectorId, partnerId, trackingId: ctx.trackingId },
      'a run of a connector failed',
    );
    await end(ctx, connector, { fault, rest: restAfter(connector, fault) });
  }
}

async function begin(ctx: Ctx, connectorId: string): Promise<ConnectorRow | undefined> {
  return inTenant(ctx, async (tx) => {
    const connector = await findConnector(tx, connectorId);
    if (connector?.state !== 'enabled') return undefined;
    await setRunning(tx, connectorId, ctx.clock.now());
    return connector;
  });
}

async function pull(ctx: Ctx, connector: ConnectorRow, options: Required<RunOptions>): Promise<{ hasMore: boolean }> {
  const addresses = {
    baseUrl: connector.base_url,
    callsUrl: connector.calls_url,
    otherDomains: connector.other_domains,
  };
  const tokens = tokenSource(ctx, { connectorId: connector.id, addresses, ...options });
  const asked = { rules: ctx.outbound, clock: ctx.clock, addresses, tokens, ...options };
  const provider = openProvider(asked);
  const { waits, longestWaitSeconds } = options.patience;
  const brief = {
    ...asked,
    patience: { ...options.patience, waits: Math.min(waits, 2), longestWaitSeconds: Math.min(longestWaitSeconds, 60) },
  };
  const stillWanted = async (): Promise<void> => {
    options.signal.throwIfAborted();
    if (!(await inTenant(ctx, (tx) => lockEnabled(tx, connector)))) throw new RunOver();
  };
  await pullOrganizations(ctx, connector, provider);
  // Before the calls: a round of those may take hours, and once a day there is little to ask.
  const { hasMore } = await pullSnapshots(ctx, connector, openProvider(brief), { stillWanted });
  const calls = await pullCalls(ctx, connector, provider, { stillWanted });
  return { hasMore: hasMore || calls.hasMore };
}

/** In milliseconds: as the provider asks, not sooner than the schedule says. */
function restAfter(connector: ConnectorRow, { code, data }: PullFault): number {
  const usual = connector.every_minutes * minute;
  return code === 'rate_limited' ? Math.max(usual, Number(data['seconds']) * 1000) : usual;
}

async function end(
  ctx: Ctx,
  connector: ConnectorRow,
  { fault, rest }: { fault: PullFault | null; rest: number },
): Promise<void> {
  const { id } = connector;
  await inTenant(ctx, async (tx) => {
    const at = ctx.clock.now();
    await setRan(tx, id, { at, fault: fault && { code: fault.code, data: fault.data } });
    await setDue(tx, id, new Date(at.getTime() + rest));
    if (fault?.code !== 'token_refused') return;
    const now = await findConnector(tx, id);
    // Not where somebody entered another one while this was refused.
    if (now?.state !== 'enabled' || now.secret_set_at.getTime() !== connector.secret_set_at.getTime()) return;
    await setPaused(tx, id, fault.code);
    await audit(tx, ctx, {
      action: 'connectors.pause',
      target: { kind: 'connector', id },
      after: { because: fault.code },
    });
  });
}
