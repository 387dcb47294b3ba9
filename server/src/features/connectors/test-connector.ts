import type { ConnectorTrial } from '@hub/contract/connectors';
import type { ConnectorId } from '@hub/contract/ids';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { uuidOf } from './answer-shapes.ts';
import { type ConnectorRow, getConnectorRow } from './connector-queries.ts';
import { streamDelay } from './plan-windows.ts';
import { openProvider, type Patience, type Provider } from './provider.ts';
import { faultOf, type PullFault } from './pull-fault.ts';
import { tokenSource } from './token-source.ts';

const minute = 60_000;
const namesShown = 10;
/** Somebody waits for the answer. */
const trialPatience: Patience = {
  retries: 0,
  firstPauseMilliseconds: 0,
  waits: 0,
  longestWaitSeconds: 0,
  idleMilliseconds: 10_000,
  totalMilliseconds: 15_000,
};

/** Asks the provider what the token may see; the first thing that fails ends it and is told. Throws connector_not_found. */
export async function testConnector(ctx: Ctx, connectorId: ConnectorId): Promise<ConnectorTrial> {
  requirePermission(ctx, 'connectors.write');
  const row = await inTenant(ctx, (tx) => getConnectorRow(tx, connectorId));
  const trial: ConnectorTrial = { person: null, organizations: null, readsCalls: null, fault: null };
  try {
    await tryOut(ctx, providerOf(ctx, row), trial);
  } catch (error) {
    const fault = faultOf(error, ctx.trackingId);
    if (fault.code === 'internal') ctx.log.error({ err: fault, connectorId }, 'the trial of a connector stumbled');
    trial.fault = { code: fault.code, data: fault.data, at: ctx.clock.now().toISOString() };
  }
  return trial;
}

function providerOf(ctx: Ctx, row: ConnectorRow): Provider {
  const addresses = { baseUrl: row.base_url, callsUrl: row.calls_url, otherDomains: row.other_domains };
  const options = {
    addresses,
    patience: trialPatience,
    signal: AbortSignal.timeout(4 * trialPatience.totalMilliseconds),
  };
  const tokens = tokenSource(ctx, { connectorId: row.id, ...options });
  return openProvider({ rules: ctx.outbound, clock: ctx.clock, tokens, ...options });
}

async function tryOut(ctx: Ctx, provider: Provider, trial: ConnectorTrial): Promise<void> {
  const me = await provider.me();
  const [email = null] = me.emails ?? [];
  trial.person = { name: me.displayName ?? email ?? '', email };
  const organizations = await provider.organizations();
  const names = organizations.slice(0, namesShown).map(({ displayName, id }) => displayName ?? id);
  trial.organizations = { count: organizations.length, names };
  const orgUuid = organizations.map(({ id }) => uuidOf(id)).find((found) => found !== undefined);
  if (orgUuid === undefined) return;
  const to = new Date(ctx.clock.now().getTime() - streamDelay);
  const window = { from: new Date(to.getTime() - minute), to };
  try {
    await provider.calls({ feed: 'cdr_stream', orgUuid, window, origin: null }, () => Promise.resolve());
    trial.readsCalls = true;
  } catch (error) {
    const isLimit = (error as PullFault).code === 'rate_limited';
    // One question a minute: that it was too soon tells that it may.
    trial.readsCalls = isLimit;
    if (!isLimit) throw error;
  }
}
