import type { AuditEvent } from '@hub/contract/audit';
import { AuditEventId, Instant } from '@hub/contract/ids';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission, seesContracts } from '../access/index.ts';
import { type AuditFilter, type AuditPosition, findAuditActions, findAuditEvents } from './find-events-queries.ts';
import { toldEvents } from './told-events.ts';

/** Latest first, a page at a time. Throws range_invalid, cursor_invalid. */
export async function listAuditEvents(
  ctx: Ctx,
  { after, limit, ...filter }: AuditFilter & { after?: string | undefined; limit: number },
): Promise<{ items: AuditEvent[]; next: string | null; actions: string[] }> {
  requirePermission(ctx, 'audit.read');
  requireOrder(filter);
  const position = after === undefined ? undefined : positionOf(after);
  return inTenant(ctx, async (tx) => {
    // One more than asked for tells whether there is a next page.
    const findsReferences = seesContracts(ctx.actor);
    const found = await findAuditEvents(tx, filter, { after: position, limit: limit + 1, findsReferences });
    const items = toldEvents(ctx.actor, found.slice(0, limit));
    const last = items.at(-1);
    return {
      items,
      next: found.length > limit && last ? `${last.at}~${last.id}` : null,
      actions: await findAuditActions(tx),
    };
  });
}

/** Throws range_invalid. */
export function requireOrder({ from, to }: AuditFilter): void {
  if (from !== undefined && to !== undefined && from > to) throw new HubError('range_invalid');
}

const Cursor = z.tuple([Instant, AuditEventId]);

function positionOf(cursor: string): AuditPosition {
  const read = Cursor.safeParse(cursor.split('~'));
  if (!read.success) throw new HubError('cursor_invalid');
  const [at, id] = read.data;
  return { at: new Date(at), id };
}
