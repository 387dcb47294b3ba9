import type { ErrorCode } from '@hub/contract/errors';
import type { PartnerId, PersonId, TokenId } from '@hub/contract/ids';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import {
  type Ctx,
  findRole,
  holdActor,
  type Installation,
  inTenant,
  type PersonActor,
  requirePermission,
} from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import { findLiveScopes } from '../tokens/index.ts';
import { actOf } from './act-of.ts';
import type { Act, Applied, Verdict } from './bulk-act.ts';
import {
  type BulkJobRow,
  type BulkTask,
  endJob,
  failOpenItems,
  findJob,
  findNames,
  findOpenItems,
  getJob,
  lockOpenJob,
  setAct,
  writeOutcomes,
} from './bulk-queries.ts';

/** `elsewhere`: another worker has the job in hand. */
export type BatchOutcome = 'more' | 'ended' | 'elsewhere';

/**
 * The next customers of a job, in one transaction with their outcomes: it happened to each of them once or not at all, whatever stops. Works
 * as the person who started it, with the role and the scope of now; where they may not any more, the job is canceled. Throws what is no
 * verdict on the customers themselves.
 */
export async function runBatch(
  installation: Installation,
  task: BulkTask,
  { atMost }: { atMost: number },
): Promise<BatchOutcome> {
  const system = systemCtx(installation, task);
  const job = await inTenant(system, (tx) => findJob(tx, task.jobId));
  if (!job || job.state === 'done' || job.state === 'canceled') return 'ended';
  const act = actOf(job.act, job.undoes);
  const ctx = await personCtx(installation, job, act);
  if (!ctx) return stop(system, job);
  try {
    const { outcome, afterwards } = await inTenant(ctx, (tx) => advance(tx, ctx, { job, act, atMost }));
    await afterwards?.();
    return outcome;
  } catch (error) {
    // They left, or got another role, in this moment: judged anew with what they are then.
    if (refusalIn(error, atTheDoor)) return 'more';
    throw error;
  }
}

const atTheDoor: readonly ErrorCode[] = ['session_expired', 'permission_denied', 'token_scope_missing'];

interface Step {
  outcome: BatchOutcome;
  afterwards?: Applied['afterwards'];
}

async function advance(
  tx: TenantTx,
  ctx: Ctx,
  { job: { id }, act, atMost }: { job: BulkJobRow; act: Act; atMost: number },
): Promise<Step> {
  const barred = await refusalOf(() => act.lock(tx, ctx));
  // Whoever removes the person waits. Before the job's row: that one goes with the person.
  await holdActor(tx, ctx.actor);
  if (!(await lockOpenJob(tx, id))) return { outcome: 'elsewhere' };
  if (barred) return refuseAll(tx, ctx, id, barred);
  const { act: current, undoes } = await getJob(tx, id); // as the batch before has left it
  const items = await findOpenItems(tx, id, atMost);
  const seen = await findNames(
    tx,
    items.map(({ customerId }) => customerId),
  );
  const visible = items.filter(({ customerId }) => seen.has(customerId));
  let applied: Applied = {};
  let verdicts: Verdict[] = [];
  const refusal = await refusalOf(async () => {
    const now = actOf(current, undoes);
    await now.hold?.(
      tx,
      ctx,
      visible.map(({ customerId }) => customerId),
    );
    const judged = await now.judge(tx, ctx, visible);
    verdicts = judged.verdicts;
    applied = await judged.apply();
  });
  if (refusal) return refuseAll(tx, ctx, id, refusal);
  if (applied.act) await setAct(tx, id, applied.act);
  const lost = items.filter(({ customerId }) => !seen.has(customerId));
  const refused = lost.map(({ customerId }) => failed(customerId, 'customer_not_found'));
  await writeOutcomes(tx, id, items, [...verdicts, ...refused]);
  const isLast = items.length < atMost;
  if (isLast) await endJob(tx, id, { state: 'done', at: ctx.clock.now() });
  return { outcome: isLast ? 'ended' : 'more', afterwards: applied.afterwards };
}

/**
 * The act can be done to nobody any more: its tag, group or administrator is gone. Undoing that something later stands in the way of stops
 * where it is, and goes on by another undoing once that is taken back.
 */
async function refuseAll(tx: TenantTx, ctx: Ctx, id: string, { code, data }: HubError): Promise<Step> {
  if (code === 'undo_later_tag' || code === 'undo_later_job') {
    await endJob(tx, id, { state: 'canceled', at: ctx.clock.now() });
    return { outcome: 'ended' };
  }
  await failOpenItems(tx, id, { code, data });
  await endJob(tx, id, { state: 'done', at: ctx.clock.now() });
  return { outcome: 'ended' };
}

const failed = (customerId: string, code: ErrorCode): Verdict => ({ customerId, outcome: 'failed', code, data: {} });

/** The next customer of a job has failed for reasons of ours, and the others go on. */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the worker's own note about one row; nothing of the customer changes
export async function skipNext(installation: Installation, task: BulkTask): Promise<void> {
  await inTenant(systemCtx(installation, task), async (tx) => {
    if (!(await lockOpenJob(tx, task.jobId))) return;
    const items = await findOpenItems(tx, task.jobId, 1);
    const verdicts = items.map(({ customerId }) => failed(customerId, 'internal'));
    await writeOutcomes(tx, task.jobId, items, verdicts);
  });
}

const systemCtx = (installation: Installation, { partnerId }: BulkTask): Ctx => ({
  ...installation,
  actor: { kind: 'system', partnerId: partnerId as PartnerId },
  trackingId: newTrackingId(),
});

/** Who works: the person with what they are and may now. Undefined where they left, or may not do this any more. */
async function personCtx(installation: Installation, job: BulkJobRow, act: Act): Promise<Ctx | undefined> {
  const { partnerId, personId, tokenId, trackingId } = job;
  const at = installation.clock.now();
  const now = await inTenant(systemCtx(installation, { jobId: job.id, partnerId }), async (tx) => ({
    role: await findRole(tx, { partnerId, personId }),
    scopes: tokenId === null ? undefined : await findLiveScopes(tx, { partnerId, personId }, { id: tokenId, at }),
  }));
  if (now.role === undefined || (tokenId !== null && now.scopes === undefined)) return undefined;
  const actor: PersonActor = {
    kind: 'person',
    partnerId: partnerId as PartnerId,
    personId: personId as PersonId,
    role: now.role,
    sessionId: null,
    ...(tokenId === null ? {} : { tokenId: tokenId as TokenId }),
    ...(now.scopes === undefined ? {} : { scopes: now.scopes }),
  };
  const ctx = { ...installation, actor, trackingId };
  try {
    requirePermission(ctx, 'customers.write');
    requirePermission(ctx, act.permission);
    return ctx;
  } catch (error) {
    if (refusalIn(error, atTheDoor)) return undefined;
    throw error;
  }
}

async function stop(system: Ctx, { id, state }: BulkJobRow): Promise<BatchOutcome> {
  return inTenant(system, async (tx) => {
    if (!(await lockOpenJob(tx, id))) return 'elsewhere';
    await endJob(tx, id, { state: 'canceled', at: system.clock.now() });
    const target = { kind: 'bulk_job', id };
    // The hub itself: the person who started it may not do this any more.
    await audit(tx, system, { action: 'bulk_jobs.cancel', target, before: { state }, after: { state: 'canceled' } });
    return 'ended';
  });
}

/** What the product itself refused, not what went wrong. */
const refusalIn = (error: unknown, codes?: readonly ErrorCode[]): error is HubError =>
  error instanceof HubError && (codes?.includes(error.code) ?? true);

async function refusalOf(work: () => void | Promise<void>): Promise<HubError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (refusalIn(error) && !atTheDoor.includes(error.code)) return error;
    throw error;
  }
}
