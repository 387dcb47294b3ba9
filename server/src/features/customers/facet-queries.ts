import type { Query } from '@hub/contract/customer-query';
import type { FacetField } from '@hub/contract/customers';
import { type RawBuilder, sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Condition } from './customers-filter-queries.ts';

export interface FacetValue {
  value: string;
  customers: number;
}

const counting: Record<Exclude<FacetField, 'group'>, (condition: Condition) => RawBuilder<FacetValue>> = {
  status: (condition) => sql`select replace(s.status, '_', '-') as value, count(*) as customers
    from customer join customer_status s on s.customer_id = customer.id where ${condition} group by s.status`,
  product: (condition) => sql`select replace(p, '_', '-') as value, count(*) as customers
    from customer cross join unnest(customer.products) as p where ${condition} group by p`,
  // A customer once, also where it and its subscriptions have tags of one name.
  tag: (condition) => sql`select tag.name as value, count(distinct customer.id) as customers
    from customer join (select customer_id, tag_id from customer_tag union all select customer_id, tag_id from subscription_tag) as t
      on t.customer_id = customer.id join tag on tag.id = t.tag_id where ${condition} group by tag.name`,
  region: (condition) =>
    sql`select region as value, count(*) as customers from customer where ${condition} group by region`,
  country: (condition) =>
    sql`select country as value, count(*) as customers from customer where ${condition} group by country`,
  managed: (condition) => sql`select case kind when 'owned' then 'partner' else kind end as value, count(*) as customers
    from customer where ${condition} group by kind`,
  type: (condition) => sql`select value, customers from (
      select count(*) filter (where has_subscription) as subscription, count(*) filter (where has_trial) as trial,
        count(*) filter (where has_subscription and has_trial) as "both",
        count(*) filter (where not (has_subscription or has_trial)) as "none" from customer where ${condition}) as sums
    cross join lateral (values ('subscription', subscription), ('trial', trial), ('both', "both"), ('none', "none")) as pairs (value, customers)
    where customers > 0`,
};

export async function countByValue(
  tx: TenantTx,
  field: Exclude<FacetField, 'group'>,
  condition: Condition,
): Promise<FacetValue[]> {
  return (await counting[field](condition).execute(tx)).rows;
}

// Each is a condition of its own over all customers: more names than a person reads cost more than they tell.
export const mostGroups = 50;

/** By name. */
export const findGroups = (tx: TenantTx): Promise<{ id: string; name: string; filter: string | null }[]> =>
  tx.selectFrom('customer_group').select(['id', 'name', 'filter']).orderBy('name_key').execute();

/** Groups to which customers were added that the actor sees. */
export async function findMemberGroups(tx: TenantTx): Promise<string[]> {
  const rows = await tx.selectFrom('customer_group_member').select('group_id').distinct().execute();
  return rows.map((row) => row.group_id);
}

export async function countByGroup(
  tx: TenantTx,
  { groups, condition }: { groups: readonly { name: string }[]; condition: Condition },
  meaningOf: (query: Query) => Promise<Condition>,
): Promise<FacetValue[]> {
  if (groups.length === 0) return [];
  const counts: RawBuilder<number>[] = [];
  for (const { name } of groups)
    counts.push(sql`count(*) filter (where ${await meaningOf({ kind: 'named', field: 'group', values: [name] })})`);
  const { rows } = await sql<{ counts: number[] }>`
    select array[${sql.join(counts)}]::int[] as counts from customer where ${condition}`.execute(tx);
  return groups.map(({ name }, at) => ({ value: name, customers: rows[0]?.counts[at] ?? 0 }));
}
