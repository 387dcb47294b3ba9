import type { CustomerSort } from '@hub/contract/customers';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { customerOrders, type KeyType, type Position, type SortKey } from './customer-order.ts';
import type { Condition } from './customers-filter-queries.ts';

export interface PageAsked {
  condition: Condition;
  sort: CustomerSort;
  order: 'asc' | 'desc';
  after?: Position | undefined;
  limit: number;
}

const casts: Record<KeyType, RawBuilder<unknown>> = {
  int: sql`::int`,
  text: sql`::text`,
  date: sql`::date`,
  instant: sql`::timestamptz`,
};

const written = ({ expression, type }: SortKey): RawBuilder<string> =>
  type === 'instant'
    ? sql`to_char(${sql.raw(expression)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`
    : sql`(${sql.raw(expression)})::text`;

/**
 * The ids of a page and where it ends. Each part of an order (known, then not known) is a walk along its index that begins where the last
 * page ended; the other part is asked only when the page is not full.
 */
export async function findPage(tx: TenantTx, asked: PageAsked): Promise<Position[]> {
  const { mayLack } = customerOrders[asked.sort];
  if (mayLack !== true) return walk(tx, asked, sql`true`);
  const [first] = customerOrders[asked.sort].keys;
  const column = sql.raw(first?.expression ?? '');
  const { after, limit } = asked;
  const known = after?.keys[0] === null ? [] : await walk(tx, asked, sql`${column} is not null`);
  if (known.length >= limit) return known;
  const rest = { ...asked, limit: limit - known.length, after: after?.keys[0] === null ? after : undefined };
  return [...known, ...(await walk(tx, rest, sql`${column} is null`))];
}

async function walk(tx: TenantTx, asked: PageAsked, part: Condition): Promise<Position[]> {
  const { condition, sort, order, after, limit } = asked;
  const { keys } = customerOrders[sort];
  const direction = sql.raw(order);
  const orderBy = [...keys.map(({ expression }) => expression), 'customer.id'].map(
    (expression) => sql`${sql.raw(expression)} ${direction}`,
  );
  const { rows } = await sql<{ id: string; keys: (string | null)[] }>`
    select customer.id, array[${sql.join(keys.map(written))}]::text[] as keys from customer
    where ${part} and ${after ? behind(keys, after, order) : sql`true`} and ${condition}
    order by ${sql.join(orderBy)} limit ${limit}`.execute(tx);
  return rows;
}

function behind(keys: readonly SortKey[], { keys: values, id }: Position, order: 'asc' | 'desc'): RawBuilder<SqlBool> {
  const sign = sql.raw(order === 'asc' ? '>' : '<');
  // Not known: all rows of this part are alike but for their ids.
  if (values[0] === null) return sql`customer.id ${sign} ${id}::uuid`;
  const left = sql.join([...keys.map(({ expression }) => sql.raw(expression)), sql.raw('customer.id')]);
  const right = sql.join([...keys.map(({ type }, at) => sql`${values[at]}${casts[type]}`), sql`${id}::uuid`]);
  return sql`(${left}) ${sign} (${right})`;
}

export const amongIds = (ids: readonly string[]): Condition => sql`customer.id = any(${ids}::uuid[])`;

export async function countWhere(tx: TenantTx, condition: Condition): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from customer where ${condition}`.execute(tx);
  return rows[0]?.n ?? 0;
}
