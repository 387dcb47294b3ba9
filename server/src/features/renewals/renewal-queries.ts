import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import type { RenewalPrice } from '@hub/contract/renewal-forecast';
import { type RenewalStage, type RenewalUrgency, renewalWindows } from '@hub/contract/renewal-rules';
import type { RenewalSort } from '@hub/contract/renewals';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';

export interface RenewalsAsked {
  today: string;
  regions: readonly RegionCode[];
  /** On `customer`. */
  condition: RawBuilder<SqlBool>;
  urgency?: RenewalUrgency | undefined;
  stage?: RenewalStage | undefined;
  owner?: string | undefined;
}

/** Where a page ended: the value that it is sorted by, empty after every other where there is none, and the ID. */
export interface RenewalPlace {
  isLast: boolean;
  value: string;
  id: string;
}

export interface RenewalFacts {
  id: string;
  customerId: string;
  customerName: string;
  region: RegionCode;
  org: string | null;
  reference: string;
  startsOn: string;
  /** As recorded; the term that runs may end later. */
  recordedEnd: string;
  endsOn: string;
  termMonths: number | null;
  autoRenews: boolean;
  noticeDays: number;
  place: RenewalPlace;
}

/** A workbench shows only who is a member still: what was somebody's who left is nobody's. */
const work = sql`
  select w.subscription_id, w.term_ends_on, w.stage, w.note, w.notice_days, w.version, w.changed_by, w.changed_at, m.person_id as owner_id
  from renewal_work w left join membership m on m.person_id = w.owner_id and m.partner_id = w.partner_id`;

/**
 * Every subscription of the regions' customers whose term is one of the workbench, as urgencyOf tells it, with how urgent it is. Only who
 * has an organization of the partner's own counts (`owned`).
 */
function renewals({ today, regions, condition, urgency, stage, owner }: RenewalsAsked): RawBuilder<unknown> {
  const { beforeReducing, beforeEnd, upcoming, grace, notice } = renewalWindows;
  const day = sql`${today}::date`;
  // How far ahead a term may end: with a long notice beyond the usual days.
  const farthest = sql`greatest(${upcoming}::int, ${beforeReducing}::int + coalesce(n.longest, ${notice}::int))`;
  const ofOwner =
    owner === undefined
      ? sql`true`
      : owner === 'nobody'
        ? sql`own.owner_id is null`
        : sql`own.owner_id = ${owner}::uuid`;
  return sql`
    with customers as materialized (
      select id, name, name_key, region, org_uuid from customer
      where kind = 'owned' and region = any(${regions}::text[]) and ${condition}),
    work as (${work}),
    noticed as (select subscription_id, (array_agg(notice_days order by term_ends_on desc))[1] as inherited, max(notice_days) as longest
      from renewal_work group by subscription_id),
    near as (
      select s.*, n.inherited, n.longest from subscription s left join noticed n on n.subscription_id = s.id
      where s.starts_on <= ${day} and (s.ends_on between ${day} - ${grace}::int and ${day} + ${farthest}
        or s.auto_renews and s.ends_on < ${day}
          and mod(tenant.months_apart(s.ends_on, ${day} + ${farthest}), s.term_months)
            <= tenant.months_apart(${day}, ${day} + ${farthest}))),
    term as materialized (
      select s.id, s.customer_id, s.reference, s.starts_on, s.ends_on as recorded_end, s.term_months, s.auto_renews, s.inherited,
        tenant.term_end(s.ends_on, s.term_months, s.auto_renews, ${day}) as ends_on
      from near s),
    judged as (
      select t.*, c.name, c.name_key, c.region, c.org_uuid, coalesce(own.notice_days, t.inherited, ${notice}::int) as notice_days,
        coalesce(own.stage, 'not_started') as stage, own.owner_id, case
          when t.ends_on < ${day} then case when not t.auto_renews and t.ends_on >= ${day} - ${grace}::int then 'grace' end
          when t.auto_renews and t.ends_on - coalesce(own.notice_days, t.inherited, ${notice}::int) <= ${day} + ${beforeReducing}::int then 'high'
          when not t.auto_renews and t.ends_on <= ${day} + ${beforeEnd}::int then 'high'
          when t.ends_on <= ${day} + ${upcoming}::int then 'upcoming' end as urgency
      from term t join customers c on c.id = t.customer_id
        left join work own on own.subscription_id = t.id and own.term_ends_on = t.ends_on
      where t.ends_on >= ${day} - ${grace}::int and t.ends_on <= ${day} + greatest(${upcoming}::int,
          ${beforeReducing}::int + coalesce(own.notice_days, t.inherited, ${notice}::int))
        and ${stage === undefined ? sql`true` : sql`coalesce(own.stage, 'not_started') = ${stage}`} and ${ofOwner})
    select * from judged where ${urgency === undefined ? sql`urgency is not null` : sql`urgency = ${urgency}`}`;
}

const ranked = (column: string, values: readonly string[]): RawBuilder<string> =>
  sql`coalesce(array_position(${values}::text[], ${sql.raw(column)}), 0)::text`;
const dateText = (expression: string): RawBuilder<string> => sql`to_char(${sql.raw(expression)}, 'YYYY-MM-DD')`;

/** What rows are sorted by, as a text that sorts by its bytes; null: after all others. */
const sortValues: Record<RenewalSort, RawBuilder<string | null>> = {
  urgency: sql`${ranked('r.urgency', ['high', 'upcoming', 'grace'])} || ${dateText('r.ends_on')}`,
  customer: sql`r.name_key`,
  reference: sql`lower(r.reference)`,
  endsOn: dateText('r.ends_on'),
  lastDayToReduce: sql`case when r.auto_renews then ${dateText('r.ends_on - r.notice_days')} end`,
  owner: sql`(select lower(p.name) || ' ' || p.id from person p where p.id = r.owner_id)`,
  stage: sql`${ranked('r.stage', ['not_started', 'contacted', 'quoted', 'agreed', 'lost'])} || ${dateText('r.ends_on')}`,
};

/** In their order; all of them without a limit. */
export async function findRenewals(
  tx: TenantTx,
  asked: RenewalsAsked & {
    sort: RenewalSort;
    order: 'asc' | 'desc';
    after?: RenewalPlace | undefined;
    limit?: number | undefined;
  },
): Promise<RenewalFacts[]> {
  const { sort, order, after, limit } = asked;
  const sign = order === 'asc' ? sql`>` : sql`<`;
  const way = sql.raw(order);
  const behind =
    after === undefined
      ? sql`true`
      : sql`(is_last > ${after.isLast}::boolean or (is_last = ${after.isLast}::boolean
          and (value ${sign} ${after.value}::text collate "C" or (value = ${after.value}::text and id > ${after.id}::uuid))))`;
  const { rows } = await sql<Omit<RenewalFacts, 'place'> & { isLast: boolean; value: string }>`
    with r as (${renewals(asked)}),
    placed as (select r.*, ${sortValues[sort]} is null as is_last, coalesce(${sortValues[sort]}, '') collate "C" as value from r)
    select id, customer_id as "customerId", name as "customerName", region, org_uuid as org, reference, starts_on as "startsOn",
      recorded_end as "recordedEnd", ends_on as "endsOn", term_months as "termMonths", auto_renews as "autoRenews",
      notice_days as "noticeDays", is_last as "isLast", value
    from placed where ${behind} order by is_last, value ${way}, id limit ${limit ?? null}::int`.execute(tx);
  return rows.map(({ isLast, value, ...row }) => ({ ...row, place: { isLast, value, id: row.id } }));
}

export interface HeldProduct {
  product: Product;
  ordered: number;
  price: RenewalPrice | null;
}

/**
 * By subscription, what it holds, each with the newest period that was invoiced of it: credits and what is void do not count, nor do fees
 * (quantity 0) where licenses were ever invoiced.
 */
export async function findHeld(tx: TenantTx, ids: readonly string[]): Promise<Map<string, HeldProduct[]>> {
  const counts = (line: string) => sql`${sql.ref(`${line}.state`)} <> 'void' and ${sql.ref(`${line}.amount`)} >= 0`;
  const { rows } = await sql<HeldRow>`
    select l.subscription_id as id, l.product, l.ordered, n.period_from as "from", n.period_to as "to", sum(i.quantity)::int as quantity,
      trim_scale(sum(i.amount))::text as amount, i.currency
    from license_line l
      left join lateral (
        select p.quantity > 0 as is_of_licenses, p.period_from, p.period_to from invoice_line p
        where p.subscription_id = l.subscription_id and p.product = l.product and ${counts('p')}
        order by (p.quantity > 0) desc, p.period_from desc, p.period_to desc limit 1) n on true
      left join lateral (
        select p.quantity, p.amount, p.currency from invoice_line p
        where p.subscription_id = l.subscription_id and p.product = l.product and p.period_from = n.period_from and p.period_to = n.period_to
          and (p.quantity > 0) = n.is_of_licenses and ${counts('p')}) i on true
    where l.subscription_id = any(${ids}::uuid[])
    group by l.subscription_id, l.product, l.ordered, n.period_from, n.period_to, i.currency
    order by l.subscription_id, l.product, i.currency`.execute(tx);
  const held = new Map<string, HeldProduct[]>();
  for (const { id, ...row } of rows) {
    const own = held.get(id) ?? [];
    held.set(id, own);
    const last = own.at(-1);
    if (last?.product === row.product && last.price) last.price = withCurrency(last.price, row);
    else own.push({ product: row.product, ordered: row.ordered, price: priceOf(row) });
  }
  return held;
}

/** One for each currency of a product's newest period. */
interface HeldRow {
  id: string;
  product: Product;
  ordered: number;
  from: string | null;
  to: string | null;
  quantity: number | null;
  amount: string | null;
  currency: string | null;
}

type Priced = Omit<HeldRow, 'id' | 'product' | 'ordered'>;

function priceOf({ from, to, quantity, amount, currency }: Priced): RenewalPrice | null {
  const isKnown = from !== null && to !== null && quantity !== null && amount !== null && currency !== null;
  return isKnown ? { from, to, quantity, amounts: [{ amount, currency }] } : null;
}

function withCurrency(price: RenewalPrice, row: Priced): RenewalPrice {
  const more = priceOf(row);
  if (more === null) return price;
  return { ...price, quantity: price.quantity + more.quantity, amounts: [...price.amounts, ...more.amounts] };
}
