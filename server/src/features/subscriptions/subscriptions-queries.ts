import type { TagMark } from '@hub/contract/customer-tags';
import type { CustomerId, SubscriptionId } from '@hub/contract/ids';
import type { Subscription } from '@hub/contract/subscriptions';
import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { CountedLine } from './contract-rules.ts';
import { findLines } from './license-lines-queries.ts';

/** A subscription with what is told of it only by statuses. */
export interface StoredSubscription extends Omit<Subscription, 'lines'> {
  paymentSince: string;
  setupSince: string;
  lines: CountedLine[];
}

const day = (column: string) => sql<string>`to_char(${sql.ref(column)}, 'YYYY-MM-DD')`;

const columns = [
  'id',
  'customer_id as customerId',
  'reference',
  day('starts_on').as('startsOn'),
  sql<string | null>`to_char(ends_on, 'YYYY-MM-DD')`.as('endsOn'),
  'term_months as termMonths',
  'auto_renews as autoRenews',
  'payment_state as paymentState',
  day('payment_since').as('paymentSince'),
  'setup_state as setupState',
  day('setup_since').as('setupSince'),
  'setup_note as setupNote',
  'version',
] as const;

const select = (tx: TenantTx) => tx.selectFrom('subscription').select(columns);
type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

// Ids and states were checked when they were written.
const subscriptionOf = (row: Row, lines: CountedLine[] | undefined): StoredSubscription => ({
  ...row,
  id: row.id as SubscriptionId,
  customerId: row.customerId as CustomerId,
  paymentState: row.paymentState,
  setupState: row.setupState,
  lines: lines ?? [],
});

/** The latest start first. */
export async function findSubscriptions(tx: TenantTx, customerId: string): Promise<StoredSubscription[]> {
  const rows = await select(tx)
    .where('customer_id', '=', customerId)
    .orderBy('starts_on', 'desc')
    .orderBy('reference')
    .orderBy('id')
    .execute();
  const ids = rows.map(({ id }) => id);
  const lines = await findLines(tx, 'subscription', ids);
  return rows.map((row) => subscriptionOf(row, lines.get(row.id)));
}

/** The tags of a customer's subscriptions, by subscription and by name. */
export async function findTagsOfSubscriptions(tx: TenantTx, customerId: string): Promise<Map<string, TagMark[]>> {
  const rows = await tx
    .selectFrom('subscription_tag')
    .innerJoin('tag', 'tag.id', 'subscription_tag.tag_id')
    .select(['subscription_tag.subscription_id as subscriptionId', 'tag.id', 'tag.name', 'tag.color'])
    .where('subscription_tag.customer_id', '=', customerId)
    .orderBy('tag.name')
    .orderBy('tag.id')
    .execute();
  const tags = new Map<string, TagMark[]>();
  for (const { subscriptionId, ...tag } of rows)
    tags.set(subscriptionId, [...(tags.get(subscriptionId) ?? []), tag as TagMark]);
  return tags;
}

/** Throws subscription_not_found. */
export async function getCustomerOfSubscription(tx: TenantTx, id: string): Promise<string> {
  const row = await tx.selectFrom('subscription').select('customer_id').where('id', '=', id).executeTakeFirst();
  if (!row) throw new HubError('subscription_not_found');
  return row.customer_id;
}

/** Nobody else changes it until the end of the transaction. Throws subscription_not_found. */
export async function getSubscriptionForUpdate(tx: TenantTx, id: string): Promise<StoredSubscription> {
  const row = await select(tx).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw new HubError('subscription_not_found');
  const lines = await findLines(tx, 'subscription', [id]);
  return subscriptionOf(row, lines.get(id));
}

type Terms = Omit<StoredSubscription, 'id' | 'customerId' | 'lines' | 'version'>;

const termColumns = (terms: Terms) => ({
  reference: terms.reference,
  starts_on: terms.startsOn,
  ends_on: terms.endsOn,
  term_months: terms.termMonths,
  auto_renews: terms.autoRenews,
  payment_state: terms.paymentState,
  payment_since: terms.paymentSince,
  setup_state: terms.setupState,
  setup_since: terms.setupSince,
  setup_note: terms.setupNote,
});

export async function insertSubscription(
  tx: TenantTx,
  given: { id: string; partnerId: string; customerId: string; createdAt: Date },
  terms: Terms,
): Promise<void> {
  await tx
    .insertInto('subscription')
    .values({
      id: given.id,
      partner_id: given.partnerId,
      customer_id: given.customerId,
      created_at: given.createdAt,
      ...termColumns(terms),
    })
    .execute();
}

export async function setTerms(tx: TenantTx, id: string, terms: Terms): Promise<void> {
  await tx
    .updateTable('subscription')
    .set(({ eb }) => ({ ...termColumns(terms), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

export async function deleteSubscription(tx: TenantTx, id: string): Promise<void> {
  await tx.deleteFrom('subscription').where('id', '=', id).execute();
}
