import { Readable } from 'node:stream';
import type { AuditEvent } from '@hub/contract/audit';
import { csvText } from '../../platform/csv/csv-text.ts';
import type { FileReply } from '../../platform/http/index.ts';
import { type Ctx, inTenant, requirePermission, seesContracts } from '../access/index.ts';
import { type AuditFilter, findAuditEvents } from './find-events-queries.ts';
import { requireOrder } from './list-audit-events.ts';
import { toldEvents } from './told-events.ts';

const rowsAtOnce = 1000;

const header = [
  'Time (UTC)',
  'Actor kind',
  'Actor ID',
  'Actor',
  'Access token',
  'Action',
  'Target kind',
  'Target ID',
  'Target',
  'Customer ID',
  'Customer',
  'Before',
  'After',
  'Tracking ID',
];

/** What the filters leave of the log, latest first. Each page is a transaction of its own: a slow reader holds none. Throws range_invalid. */
export async function exportAuditEvents(ctx: Ctx, filter: AuditFilter): Promise<FileReply> {
  requirePermission(ctx, 'audit.export');
  requireOrder(filter);

  async function* pages(): AsyncGenerator<string> {
    yield csvText([header], { bom: true });
    for (let last: AuditEvent | undefined; ; ) {
      const after = last && { at: new Date(last.at), id: last.id };
      const page = { after, limit: rowsAtOnce, findsReferences: seesContracts(ctx.actor) };
      const events = toldEvents(ctx.actor, await inTenant(ctx, (tx) => findAuditEvents(tx, filter, page)));
      if (events.length > 0) yield csvText(events.map(csvRow), { bom: false });
      if (events.length < rowsAtOnce) return;
      last = events.at(-1);
    }
  }
  return { fileName: `Audit log_${ctx.clock.today()}.csv`, mediaType: 'text/csv', body: Readable.from(pages()) };
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

const csvRow = ({ at, actor, action, target, onBehalfOf, before, after, trackingId }: AuditEvent) => [
  at,
  actor.kind,
  actor.personId,
  actor.name,
  actor.token,
  action,
  target.kind,
  target.id,
  target.name,
  onBehalfOf?.customerId ?? null,
  onBehalfOf?.name ?? null,
  json(before),
  json(after),
  trackingId,
];
