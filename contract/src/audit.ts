import { z } from 'zod';
import { download, endpoint } from './endpoint.ts';
import { AuditEventId, CalendarDate, CustomerId, Instant, PersonId } from './ids.ts';

export const AuditEvent = z.object({
  id: AuditEventId,
  at: Instant,
  actor: z.object({
    kind: z.enum(['person', 'operator', 'system']),
    /** null for operator and system, and for a person that no longer exists. */
    personId: PersonId.nullable(),
    name: z.string().nullable(),
    /** The access token through which they acted. */
    token: z.string().nullable(),
  }),
  /** feature.act; the words are those of the permission catalog where there is one. */
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
  /** The customer in whose name or at whose organization this was done. */
  onBehalfOf: z.object({ customerId: CustomerId, name: z.string().nullable() }).nullable(),
  before: z.json().nullable(),
  after: z.json().nullable(),
  trackingId: z.string(),
});
export type AuditEvent = z.infer<typeof AuditEvent>;

const filter = {
  /** Part of an action, a name, an id or a tracking ID. */
  q: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  personId: PersonId.optional(),
  targetKind: z.string().max(100).optional(),
  targetId: z.string().max(100).optional(),
  /** What was done to this customer, in its name, or to something of it. */
  customerId: CustomerId.optional(),
  /** Whole UTC days, both included. */
  from: CalendarDate.optional(),
  to: CalendarDate.optional(),
};

export const listAuditEvents = endpoint({
  method: 'GET',
  path: '/api/audit-events',
  permission: 'audit.read',
  summary:
    'The audit log, latest first, a page at a time. A partner administrator sees what concerns them or their customers.',
  query: z.object({
    ...filter,
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  /** actions: every action that stands in the log, for the filter. */
  reply: z.object({ items: z.array(AuditEvent), next: z.string().nullable(), actions: z.array(z.string()) }),
  errors: ['cursor_invalid', 'range_invalid'],
});

export const exportAuditEvents = endpoint({
  method: 'GET',
  path: '/api/audit-events/export',
  permission: 'audit.export',
  summary: 'What the filters leave of the audit log as CSV, latest first.',
  query: z.object(filter),
  reply: download('text/csv'),
  errors: ['range_invalid'],
});
