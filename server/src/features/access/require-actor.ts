import { HubError } from '../../platform/hub-error.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { CtxActor } from './ctx.ts';
import { findRole, holdRole } from './scope-queries.ts';

/** Throws where the person left the partner, or has another role, since the request came in: a long one must not outlive its right. */
export async function requireActor(tx: TenantTx, actor: CtxActor): Promise<void> {
  if (actor.kind === 'person') judge(actor.role, await findRole(tx, actor));
}

/** As above, and nobody takes the person's role before the transaction ends. For what hands on rights or leaves work behind. */
export async function holdActor(tx: TenantTx, actor: CtxActor): Promise<void> {
  if (actor.kind === 'person') judge(actor.role, await holdRole(tx, actor));
}

function judge(before: string, now: string | undefined): void {
  if (now === undefined) throw new HubError('session_expired');
  if (now !== before) throw new HubError('permission_denied', { permission: now });
}
