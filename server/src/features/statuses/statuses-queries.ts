import type { CustomerStatus, StatusEntry } from '@hub/contract/customer-statuses';
import type { Product } from '@hub/contract/products';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { NotedToday } from './history-rules.ts';
import type { CustomerFacts, LineFacts } from './status-rules.ts';

/** Locks the customers, in the order of their ids: whoever derives a status decides alone. */
export async function lockCustomers(tx: TenantTx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx
    .selectFrom('customer')
    .select('id')
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .orderBy('id')
    // Not `for update`: rows of others that refer to a customer hold its key, and two such would wait for each other.
    .forNoKeyUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

/** Those whose statuses may be others today than the stored ones. Passed over: customers that a write holds, which derives them itself. */
export async function lockDueCustomers(tx: TenantTx, today: string, limit: number): Promise<string[]> {
  const rows = await tx
    .selectFrom('customer_due')
    .innerJoin('customer', 'customer.id', 'customer_due.customer_id')
    .select('customer.id')
    .where('customer_due.due_on', '<=', today)
    .orderBy('customer_due.due_on')
    .limit(limit)
    // The day as well: who waited for nothing must not take what another walk has just brought to today.
    .forNoKeyUpdate(['customer', 'customer_due'])
    .skipLocked()
    .execute();
  return rows.map(({ id }) => id);
}

/** Where the walk over a partner's customers has come to. */
export interface CustomerPlace {
  createdAt: string;
  id: string;
}

/** Every customer once, in the order of their creation; `after` is the last one of the page before. */
export async function pageCustomers(
  tx: TenantTx,
  after: CustomerPlace | undefined,
  limit: number,
): Promise<CustomerPlace[]> {
  let query = tx
    .selectFrom('customer')
    .select(['id', sql<string>`created_at::text`.as('createdAt')])
    .orderBy('customer.created_at')
    .orderBy('id')
    .limit(limit);
  if (after !== undefined)
    query = query.where(sql<boolean>`(created_at, id) > (${after.createdAt}::timestamptz, ${after.id}::uuid)`);
  return query.execute();
}

// Any order will do that is always the same; the rules of languages are slow.
const byCode = (column: string) => sql`${sql.ref(column)} collate "C"`;

export async function readFacts(
  tx: TenantTx,
  ids: readonly string[],
  timeZone: string,
): Promise<Map<string, CustomerFacts>> {
  const isOne = sql<boolean>`customer_id = any(${ids}::uuid[])`;
  const createdOn = sql<string>`to_char(created_at at time zone ${timeZone}, 'YYYY-MM-DD')`;
  const recordedOn = createdOn.as('recordedOn');
  const customers = await tx
    .selectFrom('customer')
    .select([
      'id',
      'name',
      'domain',
      'org_uuid as orgUuid',
      'external_id as externalId',
      'has_sign_ins as hasSignIns',
      'last_sign_in_on as lastSignInOn',
      createdOn.as('createdOn'),
    ])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .execute();
  const subscriptions = await tx
    .selectFrom('subscription')
    .select([
      'id',
      'customer_id as customerId',
      'reference',
      'starts_on as startsOn',
      'ends_on as endsOn',
      'term_months as termMonths',
      'auto_renews as autoRenews',
      'payment_state as paymentState',
      'payment_since as paymentSince',
      'setup_state as setupState',
      'setup_since as setupSince',
      'setup_note as setupNote',
      recordedOn,
    ])
    .where(isOne)
    .orderBy(byCode('reference'))
    .execute();
  const trials = await tx
    .selectFrom('trial')
    .select(['id', 'customer_id as customerId', 'reference', 'starts_on as startsOn', 'ends_on as endsOn', recordedOn])
    .where(isOne)
    .orderBy(byCode('reference'))
    .execute();
  const lines = await tx
    .selectFrom('license_line')
    .select([
      sql<string>`coalesce(subscription_id, trial_id)`.as('contractId'),
      'product',
      'ordered',
      'assigned',
      'over_since as overSince',
    ])
    .where(isOne)
    .orderBy(byCode('product'))
    .execute();
  const linesOf = Map.groupBy(lines, ({ contractId }) => contractId);
  const ownLines = (id: string): LineFacts[] =>
    (linesOf.get(id) ?? []).map(({ product, ordered, assigned, overSince }) => ({
      product: product as Product,
      ordered,
      assigned,
      overSince,
    }));
  const subscriptionsOf = Map.groupBy(subscriptions, ({ customerId }) => customerId);
  const trialsOf = Map.groupBy(trials, ({ customerId }) => customerId);
  return new Map(
    customers.map(({ id, name, domain, orgUuid, externalId, createdOn, hasSignIns, lastSignInOn }) => [
      id,
      {
        name,
        searched: [name, domain, orgUuid, externalId].filter((text) => text !== null),
        createdOn,
        lastSignInOn: hasSignIns ? lastSignInOn : undefined,
        subscriptions: (subscriptionsOf.get(id) ?? []).map((entry) => ({ ...entry, lines: ownLines(entry.id) })),
        trials: (trialsOf.get(id) ?? []).map((entry) => ({ ...entry, lines: ownLines(entry.id) })),
      },
    ]),
  );
}

export async function readStatuses(tx: TenantTx, ids: readonly string[]): Promise<Map<string, StatusEntry[]>> {
  const rows = await tx
    .selectFrom('customer_status')
    .select(['customer_id as customerId', 'status', 'since as since', 'reasons'])
    .where(sql<boolean>`customer_id = any(${ids}::uuid[])`)
    .execute();
  const found = new Map<string, StatusEntry[]>();
  for (const { customerId, ...entry } of rows) {
    const list = found.get(customerId) ?? [];
    list.push(entry as StatusEntry);
    found.set(customerId, list);
  }
  return found;
}

export async function readNotedToday(
  tx: TenantTx,
  ids: readonly string[],
  today: string,
): Promise<(NotedToday & { id: string; customerId: string })[]> {
  const { rows } = await sql<NotedToday & { id: string; customerId: string }>`
    select h.id::text as id, h.customer_id as "customerId", h.status, h.began_on as "beganOn", (select max(p.ended_on) from customer_status_history p
      where p.customer_id = h.customer_id and p.status = h.status and p.id <> h.id) as after
    from customer_status_history h where h.customer_id = any(${ids}::uuid[]) and h.noted_on >= ${today}::date`.execute(
    tx,
  );
  return rows;
}

/** Of stretches noted today whose status holds no longer: when it ended; those without an end were slips. */
export async function settleNotedToday(
  tx: TenantTx,
  settled: readonly { id: string; endedOn: string | null }[],
): Promise<void> {
  if (settled.length === 0) return;
  const given = sql`unnest(${settled.map(({ id }) => id)}::bigint[], ${settled.map(({ endedOn }) => endedOn)}::date[]) as given (id, ended_on)`;
  await sql`delete from customer_status_history h using ${given} where h.id = given.id and given.ended_on is null`.execute(
    tx,
  );
  await sql`update customer_status_history h set ended_on = given.ended_on from ${given}
    where h.id = given.id`.execute(tx);
}

type StatusRow = StatusEntry & { customerId: string; beganOn: string };

/**
 * Statuses of many customers that are new, that hold for other reasons, or that are gone; what began and ended stands in the history, from
 * the day on which it began, never within a stretch that was noted before.
 */
export async function writeStatuses(
  tx: TenantTx,
  {
    partnerId,
    today,
    begun,
    changed,
    gone,
  }: {
    partnerId: string;
    today: string;
    begun: readonly StatusRow[];
    changed: readonly StatusRow[];
    gone: readonly Pick<StatusRow, 'customerId' | 'status'>[];
  },
): Promise<void> {
  if (gone.length > 0) await endStatuses(tx, today, gone);
  if (changed.length > 0) {
    await sql`update customer_status s set since = given.since, reasons = given.reasons from ${givenOf(changed)}
      where s.customer_id = given.customer_id and s.status = given.status`.execute(tx);
    // What was noted on an earlier day stays as it was noted.
    await sql`update customer_status_history h set began_on = ${beginning} from ${givenOf(changed)}
      where h.customer_id = given.customer_id and h.status = given.status and h.ended_on is null and h.noted_on >= ${today}::date`.execute(
      tx,
    );
  }
  if (begun.length === 0) return;
  await sql`insert into customer_status (partner_id, customer_id, status, since, reasons)
    select ${partnerId}::uuid, given.customer_id, given.status, given.since, given.reasons from ${givenOf(begun)}`.execute(
    tx,
  );
  // What ended today and is back today has never ended; what was noted only today is noted anew.
  await sql`delete from customer_status_history h using ${givenOf(begun)}
    where h.customer_id = given.customer_id and h.status = given.status and h.noted_on >= ${today}::date`.execute(tx);
  await sql`update customer_status_history h set ended_on = null from ${givenOf(begun)}
    where h.customer_id = given.customer_id and h.status = given.status and h.ended_on >= ${today}::date`.execute(tx);
  await sql`insert into customer_status_history (partner_id, customer_id, status, began_on, noted_on)
    select ${partnerId}::uuid, given.customer_id, given.status, ${beginning}, ${today}::date from ${givenOf(begun)}
    where not exists (select 1 from customer_status_history h
      where h.customer_id = given.customer_id and h.status = given.status and h.ended_on is null)`.execute(tx);
}

const beginning = sql`greatest(given.began_on, (select max(p.ended_on) from customer_status_history p
  where p.customer_id = given.customer_id and p.status = given.status))`;

const givenOf = (rows: readonly StatusRow[]) =>
  sql`unnest(${rows.map(({ customerId }) => customerId)}::uuid[], ${rows.map(({ status }) => status)}::text[],
    ${rows.map(({ since }) => since)}::date[], ${rows.map(({ reasons }) => JSON.stringify(reasons))}::jsonb[],
    ${rows.map((row) => row.beganOn)}::date[]) as given (customer_id, status, since, reasons, began_on)`;

async function endStatuses(
  tx: TenantTx,
  today: string,
  gone: readonly Pick<StatusRow, 'customerId' | 'status'>[],
): Promise<void> {
  const pairs = sql`unnest(${gone.map(({ customerId }) => customerId)}::uuid[], ${gone.map(({ status }) => status)}::text[]) as gone (customer_id, status)`;
  await sql`delete from customer_status s using ${pairs}
    where s.customer_id = gone.customer_id and s.status = gone.status`.execute(tx);
  await sql`update customer_status_history h set ended_on = ${today}::date from ${pairs}
    where h.customer_id = gone.customer_id and h.status = gone.status and h.ended_on is null`.execute(tx);
}

/** The latest beginning first. */
export async function findStatusHistory(
  tx: TenantTx,
  customerId: string,
  limit: number,
): Promise<{ status: CustomerStatus; beganOn: string; endedOn: string | null }[]> {
  const rows = await tx
    .selectFrom('customer_status_history')
    .select(['status', 'began_on as beganOn', 'ended_on as endedOn'])
    .where('customer_id', '=', customerId)
    .orderBy('began_on', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, status: row.status as CustomerStatus }));
}

/** Whether there is such a customer, and it is the actor's to see. */
export async function hasCustomer(tx: TenantTx, id: string): Promise<boolean> {
  return (await tx.selectFrom('customer').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}
