import type { Directory } from '../server/src/platform/directory/directory.ts';
import { runSql } from './directory-sql.ts';

/** Share of customers in percent that have a status, by its rank. */
const statusShares = {
  suspended: 1,
  license_overage: 3,
  expired: 8,
  expires_soon: 5,
  ready_for_order_setup: 3,
  no_recent_activity: 10,
  trial: 12,
  subscription: 80,
} as const;

// Primes far from each other, so that facts of a customer do not go together.
const has = (salt: number, percent: number): string =>
  `((i::bigint * 7919 + ${salt} * 104729) % 1000) < ${percent * 10}`;
const pick = (salt: number, values: readonly string[]): string =>
  `(array['${values.join("','")}'])[1 + (i::bigint * 6007 + ${salt} * 15485863) % ${values.length}]`;

const first = [
  'Acme',
  'Nordwind',
  'Orange Tree',
  'Blue Harbor',
  'Северен',
  'Балкан',
  'Rhodope',
  'Kontor',
  'Halyard',
  '한빛',
  'Mirae',
  'Juniper',
  'Quarry',
  'Lumen',
  'Osprey',
  'Delta',
];
const second = [
  'Logistics',
  'Foods',
  'Clinic',
  'Bank',
  'Трамвай',
  'Energy',
  '전자',
  'Studio',
  'Hotels',
  'School',
  'Works',
  'Partners',
  'Farm',
  'Retail',
  'Media',
  'Port',
];
const products = ['calling', 'meetings', 'webinars', 'messaging', 'contact_center', 'devices'];

/** Customers of a partner with three subscriptions each, everything that is derived of them, tags and a group; set by set. */
export async function fillCustomers(owner: Directory, partnerId: string, count: number): Promise<void> {
  const statuses = Object.entries(statusShares);
  const rank = `case ${statuses.map(([, share], at) => `when ${has(at, share)} then ${at}`).join(' ')} else 8 end`;
  const run = (text: string) => runSql(owner, text);
  await run(`create temp table made as
    select uuidv7() as id, i, ${pick(1, first)} || ' ' || ${pick(2, second)} || ' ' || i as name, ${pick(3, ['us', 'us', 'eu', 'eu', 'ca', 'uae'])} as region,
      ${has(40, 70)} as is_linked, ${has(41, 60)} as has_sign_ins, (i::bigint * 31 % 400)::int as ordered, ${has(42, 70)} as is_known,
      date '2026-11-22' + (i::bigint * 17 % 700)::int as ends_on, ${has(43, 40)} as renews, ${pick(4, products)} as product, ${pick(5, products)} as other
    from generate_series(1, ${count}) as i`);
  await run(`insert into customer (id, partner_id, name, org_uuid, external_id, country, region, kind, created_at, domain, has_sign_ins, last_sign_in_on,
      search_text, name_key, status_rank, next, next_on, ends_on, renews_on, has_subscription, has_trial, products,
      licenses_ordered, licenses_assigned, licenses_unassigned, licenses_over)
    select id, '${partnerId}', name, case when is_linked then md5(id::text)::uuid end, 'C-' || i, 'US', region, case when ${has(44, 20)} then 'external' else 'owned' end,
      timestamptz '2022-01-01' + i * interval '7 minutes', 'c' || i || '.example.com', has_sign_ins, case when has_sign_ins then date '2026-11-22' - (i::bigint * 13 % 300)::int end,
      concat_ws(E'\\n', normalize(lower(name), nfkd), 'c' || i || '.example.com', case when is_linked then md5(id::text)::uuid::text end, 'c-' || i, '', 'sub-' || i || '-1', 'sub-' || i || '-2', 'sub-' || i || '-3'),
      normalize(lower(name), nfkd), ${rank}, jsonb_build_object('on', ends_on, 'verb', case when renews then 'renews' else 'ends' end, 'reference', 'Sub-' || i || '-1'),
      ends_on, case when not renews then ends_on end, case when renews then ends_on end, ${has(7, 80)}, ${has(6, 12)}, array[product, other],
      ordered, case when is_known then ordered / 2 end, case when is_known then ordered - ordered / 2 end, 0 from made`);
  // What is derived of them stands here already.
  await run(`update customer_due set due_on = '2099-01-01' where partner_id = '${partnerId}'`);
  for (const [at, [status, share]] of statuses.entries())
    await run(`insert into customer_status (partner_id, customer_id, status, since, reasons)
      select '${partnerId}', id, '${status}', '2026-11-01', jsonb_build_array(jsonb_build_object('code', 'active',
        'of', jsonb_build_object('kind', 'subscription', 'reference', 'Sub-' || i || '-1'), 'until', ends_on, 'since', '2026-11-01'))
      from made where ${has(at, share)}`);
  await run(`insert into subscription (id, partner_id, customer_id, reference, starts_on, ends_on, term_months, auto_renews,
      payment_state, payment_since, setup_state, setup_since, created_at)
    select uuidv7(), '${partnerId}', id, 'Sub-' || i || '-' || n, '2026-01-01', ends_on, 12, renews, 'current', '2026-01-01', 'provisioned', '2026-01-01', now()
    from made cross join generate_series(1, 3) as n`);
  await run(`insert into license_line (partner_id, customer_id, subscription_id, product, ordered, assigned)
    select s.partner_id, s.customer_id, s.id, made.product, made.ordered, case when is_known then made.ordered / 2 end
    from subscription s join made on made.id = s.customer_id`);
  await run(`insert into tag (id, partner_id, kind, name, name_key, color, created_at)
    select uuidv7(), '${partnerId}', 'customer', 'tag ' || n, 'tag ' || n, 'blue', now() from generate_series(0, 49) as n`);
  await run(`insert into customer_tag (partner_id, customer_id, tag_id)
    select '${partnerId}', made.id, tag.id from made join tag on tag.partner_id = '${partnerId}' and tag.name_key = 'tag ' || (made.i % 150)`);
  await run(
    `insert into customer_group (id, partner_id, name, name_key, created_at) values (uuidv7(), '${partnerId}', 'Managed service', 'managed service', now())`,
  );
  await run(`insert into customer_group_member (partner_id, group_id, customer_id)
    select '${partnerId}', g.id, made.id from made join customer_group g on g.partner_id = '${partnerId}' where made.i % 40 = 0`);
  await run('drop table made');
}

/** Other partners on the same tables. */
export async function fillNeighbours(owner: Directory, partners: number, customers: number): Promise<void> {
  const made = await runSql<{ id: string }>(
    owner,
    `insert into partner (id, name, home_region, created_at) select uuidv7(), 'Neighbour ' || n, 'us', now() from generate_series(1, ${partners}) as n returning id`,
  );
  for (const { id } of made) await fillCustomers(owner, id, customers);
}
