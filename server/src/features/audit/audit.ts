import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { insertAuditEvents } from './audit-queries.ts';

export interface AuditEntry {
  /** feature.act, the words of the permission catalog where there is one. */
  action: string;
  target: { kind: string; id: string };
  /** The customer that this concerns; a target that is a customer is one by itself. */
  customerId?: string;
  before?: unknown;
  after?: unknown;
}

/** Writes who did what to what, in the same transaction as the write itself; an act on many things is an event of each. */
export async function audit(tx: TenantTx, ctx: Ctx, acts: AuditEntry | readonly AuditEntry[]): Promise<void> {
  await insertAuditEvents(
    tx,
    [acts].flat().map((entry) => ({
      id: ctx.clock.id(),
      partner_id: ctx.actor.partnerId,
      at: ctx.clock.now(),
      actor_kind: ctx.actor.kind,
      actor_person_id: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      token_id: (ctx.actor.kind === 'person' ? ctx.actor.tokenId : undefined) ?? null,
      customer_id: entry.customerId ?? (entry.target.kind === 'customer' ? entry.target.id : null),
      action: entry.action,
      target_kind: entry.target.kind,
      target_id: entry.target.id,
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      after: entry.after === undefined ? null : JSON.stringify(entry.after),
      tracking_id: ctx.trackingId,
    })),
  );
}
