import type { AuditEvent } from '@hub/contract/audit';
import { type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

export interface AuditFilter {
  q?: string | undefined;
  action?: string | undefined;
  personId?: string | undefined;
  targetKind?: string | undefined;
  targetId?: string | undefined;
  customerId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface AuditPosition {
  at: Date;
  id: string;
}

/** `%`, `_` and `\` of a searched text stand for themselves. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

// People stand outside row-level security: a name is given for those who belong to this partner, and for those who left it the one that
// the log itself kept when they were removed.
const nameOfPerson = (id: string) => sql<string | null>`coalesce(
  (select person.name from person join membership on membership.person_id = person.id
    where person.id = ${sql.raw(id)} and membership.partner_id = audit_event.partner_id),
  (select left_event.before->>'name' from audit_event as left_event
    where left_event.target_kind = 'person' and left_event.target_id = (${sql.raw(id)})::text and left_event.action = 'administrators.remove'
    order by left_event.at desc limit 1))`;

const targetUuid =
  "case when audit_event.target_id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then audit_event.target_id::uuid end";

const nameOfTarget = sql<string | null>`case audit_event.target_kind
  when 'person' then ${nameOfPerson(targetUuid)}
  when 'customer' then (select customer.name from customer where customer.id = ${sql.raw(targetUuid)})
  when 'import' then (select import_batch.file_name from import_batch where import_batch.id = ${sql.raw(targetUuid)})
  when 'partner' then (select partner.name from partner where partner.id = ${sql.raw(targetUuid)} and partner.id = audit_event.partner_id)
  when 'subscription' then coalesce(audit_event.after->>'reference', audit_event.before->>'reference')
  when 'trial' then coalesce(audit_event.after->>'reference', audit_event.before->>'reference')
  when 'tag' then coalesce((select tag.name from tag where tag.id = ${sql.raw(targetUuid)}), audit_event.before->>'name')
  when 'group' then coalesce((select customer_group.name from customer_group where customer_group.id = ${sql.raw(targetUuid)}),
    audit_event.before->>'name')
  when 'view' then coalesce(audit_event.after->>'name', audit_event.before->>'name')
  when 'token' then coalesce(audit_event.after->>'name', audit_event.before->>'name')
  when 'invitation' then coalesce(audit_event.after->>'email', audit_event.before->>'email')
  end`;

const nameOfToken = sql<string | null>`coalesce(
  (select access_token.name from access_token
    where access_token.id = audit_event.token_id and access_token.partner_id = audit_event.partner_id),
  (select made.after->>'name' from audit_event as made
    where made.target_kind = 'token' and made.target_id = audit_event.token_id::text and made.action = 'tokens.create' limit 1))`;

/**
 * Latest first; `after` is the last one of the page before. Whole UTC days, both ends included. `findsReferences`: whether a text finds what
 * subscriptions and trials are called.
 */
export async function findAuditEvents(
  tx: TenantTx,
  filter: AuditFilter,
  page: { after?: AuditPosition | undefined; limit: number; findsReferences: boolean },
): Promise<AuditEvent[]> {
  const rows = await filtered(tx, filter, page)
    .select([
      'audit_event.id',
      'audit_event.at',
      'audit_event.actor_kind as actorKind',
      'audit_event.actor_person_id as personId',
      'audit_event.token_id as tokenId',
      'audit_event.action',
      'audit_event.target_kind as targetKind',
      'audit_event.target_id as targetId',
      'audit_event.customer_id as customerId',
      'audit_event.before',
      'audit_event.after',
      'audit_event.tracking_id as trackingId',
      nameOfPerson('audit_event.actor_person_id').as('actorName'),
      nameOfTarget.as('targetName'),
      nameOfToken.as('tokenName'),
      sql<string | null>`(select customer.name from customer where customer.id = audit_event.customer_id)`.as(
        'customerName',
      ),
    ])
    .orderBy('audit_event.at', 'desc')
    .orderBy('audit_event.id', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map((row) => ({
    id: row.id as AuditEvent['id'],
    at: row.at.toISOString(),
    actor: {
      kind: row.actorKind,
      personId: row.personId as AuditEvent['actor']['personId'],
      name: row.actorName,
      // One that was revoked is still named; its name stands in the log where it was made.
      token: row.tokenId === null ? null : (row.tokenName ?? ''),
    },
    action: row.action,
    target: { kind: row.targetKind, id: row.targetId, name: row.targetName },
    onBehalfOf:
      row.customerId === null
        ? null
        : {
            customerId: row.customerId as NonNullable<AuditEvent['onBehalfOf']>['customerId'],
            name: row.customerName,
          },
    before: row.before as AuditEvent['before'],
    after: row.after as AuditEvent['after'],
    trackingId: row.trackingId,
  }));
}

function filtered(
  tx: TenantTx,
  filter: AuditFilter,
  { after, findsReferences }: { after?: AuditPosition | undefined; findsReferences: boolean },
) {
  let query = tx.selectFrom('audit_event');
  if (filter.action !== undefined) query = query.where('audit_event.action', '=', filter.action);
  if (filter.personId !== undefined) query = query.where('audit_event.actor_person_id', '=', filter.personId);
  if (filter.targetKind !== undefined) query = query.where('audit_event.target_kind', '=', filter.targetKind);
  if (filter.targetId !== undefined) query = query.where('audit_event.target_id', '=', filter.targetId);
  const { customerId } = filter;
  if (customerId !== undefined)
    query = query.where((where) =>
      where.or([
        where('audit_event.customer_id', '=', customerId),
        where.and([where('audit_event.target_kind', '=', 'customer'), where('audit_event.target_id', '=', customerId)]),
      ]),
    );
  if (filter.from !== undefined)
    query = query.where(sql<SqlBool>`audit_event.at >= ${filter.from}::date::timestamp at time zone 'UTC'`);
  if (filter.to !== undefined)
    query = query.where(sql<SqlBool>`audit_event.at < (${filter.to}::date + 1)::timestamp at time zone 'UTC'`);
  const q = filter.q?.trim() ?? '';
  if (q !== '') {
    const part = containing(q);
    query = query.where((where) =>
      where.or([
        where('audit_event.action', 'ilike', part),
        where('audit_event.target_id', 'ilike', part),
        where('audit_event.tracking_id', 'ilike', part),
        sql<SqlBool>`audit_event.actor_person_id::text ilike ${part}`,
        sql<SqlBool>`audit_event.actor_person_id in (select person.id from person join membership on membership.person_id = person.id
          where membership.partner_id = current_setting('app.partner_id')::uuid and person.name ilike ${part})`,
        sql<SqlBool>`audit_event.customer_id in (select customer.id from customer where customer.name ilike ${part})`,
        findsReferences
          ? sql<SqlBool>`${nameOfTarget} ilike ${part}`
          : sql<SqlBool>`(audit_event.target_kind not in ('subscription', 'trial') and ${nameOfTarget} ilike ${part})`,
      ]),
    );
  }
  if (after !== undefined)
    query = query.where(sql<SqlBool>`(audit_event.at, audit_event.id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  return query;
}

/** Every action that stands in the log, as far as the actor sees it. */
export async function findAuditActions(tx: TenantTx): Promise<string[]> {
  const rows = await tx.selectFrom('audit_event').select('action').distinct().orderBy('action').execute();
  return rows.map((row) => row.action);
}
