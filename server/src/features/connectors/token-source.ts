import type { ConnectorCredential } from '@hub/contract/connectors';
import { ask, OutboundFault } from '../../platform/outbound/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { TokenAnswer } from './answer-shapes.ts';
import type { Addresses } from './provider-address.ts';
import type { Patience, TokenSource } from './provider.ts';
import { faultOf, PullFault, RunOver } from './pull-fault.ts';
import { findSecret, replaceSecret, type SecretRow } from './secret-queries.ts';

/** What is sealed: the credential as it was given, and what was last made of it. */
export type Kept =
  | Extract<ConnectorCredential, { kind: 'token' }>
  | (Extract<ConnectorCredential, { kind: 'refresh' }> & { accessToken?: string });

/** A token counts as expired so much before it is, as a request takes time. */
const marginMilliseconds = 60_000;
const answerBytes = 100_000;

interface Source {
  connectorId: string;
  addresses: Addresses;
  patience: Patience;
  signal: AbortSignal;
}

export const boundTo = (ctx: Ctx, connectorId: string): string[] => [ctx.actor.partnerId, connectorId];

/** Throws VaultFault. */
export const unseal = (ctx: Ctx, { connector_id, key_id, sealed }: SecretRow): Kept =>
  JSON.parse(ctx.vault.open({ keyId: key_id, sealed }, boundTo(ctx, connector_id))) as Kept;

/** The connector's token, renewed when it has expired or the provider refuses it; what is new is kept before it is used. */
export function tokenSource(ctx: Ctx, source: Source): TokenSource {
  requirePermission(ctx, 'connectors.write');
  let current: { row: SecretRow; kept: Kept } | undefined;

  const isOver = ({ expires_at: at }: SecretRow): boolean =>
    at !== null && at.getTime() - marginMilliseconds <= ctx.clock.now().getTime();

  async function load(): Promise<{ row: SecretRow; kept: Kept }> {
    const row = await inTenant(ctx, (tx) => findSecret(tx, source.connectorId));
    if (row === undefined) throw new RunOver();
    current = { row, kept: unseal(ctx, row) };
    return current;
  }

  async function renew(refused?: string): Promise<string | undefined> {
    const { row, kept } = await load();
    // Somebody entered another one meanwhile, or another process renewed it.
    if (kept.accessToken !== undefined && kept.accessToken !== refused && !isOver(row)) return kept.accessToken;
    if (kept.kind === 'token') return undefined;
    const fresh = await askForToken(ctx, source, kept);
    if (fresh === undefined) return undefined;
    const expiresAt = fresh.seconds === undefined ? null : new Date(ctx.clock.now().getTime() + fresh.seconds * 1000);
    const isKept = await inTenant(ctx, async (tx) => {
      const box = ctx.vault.seal(JSON.stringify(fresh.kept), boundTo(ctx, source.connectorId));
      const isOurs = await replaceSecret(tx, row, { ...box, expiresAt });
      if (isOurs)
        await audit(tx, ctx, {
          action: 'connectors.renew_token',
          target: { kind: 'connector', id: source.connectorId },
        });
      return isOurs;
    });
    if (!isKept) throw new RunOver();
    await load();
    return fresh.kept.accessToken;
  }

  return {
    async token() {
      const { row, kept } = current ?? (await load());
      if (kept.accessToken !== undefined && !isOver(row)) return kept.accessToken;
      const renewed = await renew();
      if (renewed === undefined) throw new PullFault('token_refused');
      return renewed;
    },
    renew: (refused) => renew(refused),
  };
}

type Renewable = Extract<Kept, { kind: 'refresh' }>;

/** RFC 6749, section 6. Undefined where the provider does not take the refresh token; throws PullFault where it could not be asked. */
async function askForToken(
  ctx: Ctx,
  { addresses, patience, signal }: Source,
  kept: Renewable,
): Promise<{ kept: Renewable & { accessToken: string }; seconds: number | undefined } | undefined> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: kept.clientId,
    client_secret: kept.clientSecret,
    refresh_token: kept.refreshToken,
  }).toString();
  const answer = await ask(ctx.outbound, {
    url: new URL(`${addresses.baseUrl}/access_token`),
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    limitBytes: answerBytes,
    idleMilliseconds: patience.idleMilliseconds,
    totalMilliseconds: patience.totalMilliseconds,
    signal,
  }).catch((error: unknown) => {
    throw error instanceof OutboundFault ? faultOf(error, '') : error;
  });
  const { status } = answer;
  if (status === 400 || status === 401 || status === 403) return undefined;
  if (status >= 500) throw new PullFault('server_failed', { status });
  if (status !== 200) throw new PullFault('refused', { status });
  const read = TokenAnswer.safeParse(jsonOf(answer.body));
  if (!read.success) throw new PullFault('answer_broken');
  const { access_token: accessToken, refresh_token: refreshToken = kept.refreshToken, expires_in: seconds } = read.data;
  return { kept: { ...kept, accessToken, refreshToken }, seconds };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
