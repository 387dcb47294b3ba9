import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { inTenant } from './features/access/index.ts';
import { type Desk, importDesk, orgOf } from './features/imports/test-support.ts';
import { contractBook } from './features/subscription-analytics/contract-book.ts';
import {
  findContracts,
  findOwnedCustomers,
  forgetOldChanges,
} from './features/subscription-analytics/contract-queries.ts';
import { knownContract, runningOn } from './features/subscription-analytics/running-contracts.ts';

const slowly = { timeout: 240_000 };
const today = '2026-12-01';
const orgs = ['one', 'two', 'three', 'four'];

const inOrder = (texts: string[]): string[] => texts.toSorted();
const kept = async (desk: Desk): Promise<string[]> => {
  const { byCustomer } = await contractBook(desk.ctx(), 'eu', today);
  return inOrder([...byCustomer.values()].flat().map((contract) => JSON.stringify(sorted(contract))));
};
/** What a reading of everything finds. */
const stored = async (desk: Desk): Promise<string[]> =>
  inTenant(desk.ctx(), async (tx) => {
    const customers = new Map((await findOwnedCustomers(tx, 'eu')).map((customer) => [customer.id, customer]));
    const contracts = await findContracts(tx, { region: 'eu', from: '2026-09-01', to: today });
    return inOrder(
      contracts.flatMap((facts) => {
        const customer = customers.get(facts.customerId);
        return customer ? [JSON.stringify(sorted(knownContract(facts, customer)))] : [];
      }),
    );
  });
const sorted = (contract: ReturnType<typeof knownContract>) => ({
  ...contract,
  held: contract.held.toSorted((a, b) => (a.product < b.product ? -1 : 1)),
});

const sell = `insert into subscription (id, partner_id, customer_id, reference, starts_on, ends_on, term_months, auto_renews, payment_state,
    payment_since, setup_state, setup_since, created_at)
  select gen_random_uuid(), partner_id, id, $3, date '2026-12-01' - $4::int, date '2026-12-01' + 30, 12, true, 'current', '2026-01-01', 'provisioned', '2026-01-01', now()
  from customer where org_uuid = $2 and partner_id = $1::uuid`;
const of = `(select id from subscription where customer_id in (select id from customer where org_uuid = $2 and partner_id = $1::uuid) order by reference limit 1)`;
const acts: Record<string, string> = {
  sell,
  hold: `insert into license_line (partner_id, customer_id, subscription_id, product, ordered)
    select partner_id, customer_id, id, 'calling', $4::int from subscription where id = ${of} and $3::text <> '' on conflict (subscription_id, product) do update set ordered = excluded.ordered`,
  assign: `update license_line set assigned = $4::int where subscription_id = ${of} and $3::text <> ''`,
  order: `insert into order_line (id, partner_id, customer_id, subscription_id, reference, product, quantity, kind, state, ordered_on, created_at)
    select gen_random_uuid(), partner_id, customer_id, id, $3, 'calling', 1, 'new', 'completed', date '2026-12-01' - $4::int, now() from subscription where id = ${of}`,
  cancel: `update order_line set state = 'canceled' where subscription_id = ${of} and $3::text <> '' and $4::int > 0`,
  end: `update subscription set auto_renews = false, ends_on = greatest(starts_on, date '2026-12-01' - $4::int) where id = ${of} and $3::text <> ''`,
  pay: `update subscription set payment_state = 'past_due' where id = ${of} and $3::text <> '' and $4::int > 0`,
  drop: `delete from subscription where id = ${of} and $3::text <> '' and $4::int > 0`,
  try: `insert into trial (id, partner_id, customer_id, reference, starts_on, ends_on, created_at)
    select gen_random_uuid(), partner_id, id, $3, date '2026-12-01' - $4::int, date '2026-12-01' + 5, now() from customer where org_uuid = $2 and partner_id = $1::uuid`,
  extend: `update trial set ends_on = ends_on + 1 where customer_id in (select id from customer where org_uuid = $2 and partner_id = $1::uuid) and $3::text <> '' and $4::int > 0`,
  rename: `update customer set name = $3, status_rank = status_rank where org_uuid = $2 and partner_id = $1::uuid and $3::text <> '' and $4::int > 0`,
  rank: `update customer set status_rank = 8 where org_uuid = $2 and partner_id = $1::uuid and $3::text <> '' and $4::int > 0`,
  leave: `update customer set kind = case kind when 'owned' then 'external' else 'owned' end where org_uuid = $2 and partner_id = $1::uuid and $3::text <> '' and $4::int > 0`,
  move: `update customer set region = case region when 'eu' then 'us' else 'eu' end where org_uuid = $2 and partner_id = $1::uuid and $3::text <> '' and $4::int > 0`,
  remove: `delete from customer where org_uuid = $2 and partner_id = $1::uuid and $3::text <> '' and $4::int > 80`,
};

test('whatever happens to contracts, those in memory are those in the directory', slowly, async () => {
  const desk = await importDesk({ orgs });
  expect(await kept(desk)).toEqual([]);
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          act: fc.constantFrom(...Object.keys(acts)),
          org: fc.constantFrom(...orgs),
          days: fc.integer({ min: 1, max: 90 }),
        }),
        { minLength: 1, maxLength: 6 },
      ),
      async (happened) => {
        for (const { act, org, days } of happened)
          await desk.hub.asOwner(acts[act] ?? '', [desk.partnerId, orgOf(org), `Name ${randomUUID()}`, days]);
        expect(await kept(desk)).toEqual(await stored(desk));
      },
    ),
    { numRuns: 150 },
  );
});

test('a change that is not committed yet is told when it is, also to who read meanwhile', slowly, async () => {
  const desk = await importDesk({ orgs });
  await desk.hub.asOwner(sell, [desk.partnerId, orgOf('one'), 'Sub-1', 10]);
  const before = await kept(desk);
  await inTenant(desk.ctx(), async (tx) => {
    await sql`update subscription set reference = 'Sub-2' where reference = 'Sub-1'`.execute(tx);
    // A later transaction that ends sooner.
    await desk.hub.asOwner(sell, [desk.partnerId, orgOf('two'), 'Sub-3', 10]);
    expect(await kept(desk)).toHaveLength(before.length + 1);
  });
  expect(await kept(desk)).toEqual(await stored(desk));
  expect((await kept(desk)).join()).toContain('Sub-2');
});

test('what nobody changed is the same book, and a change that was forgotten is read all the same', slowly, async () => {
  const desk = await importDesk({ orgs });
  await desk.hub.asOwner(sell, [desk.partnerId, orgOf('one'), 'Sub-1', 10]);
  const first = await contractBook(desk.ctx(), 'eu', today);
  await desk.hub.asOwner(`update subscription set payment_state = 'past_due'`);
  const second = await contractBook(desk.ctx(), 'eu', today);
  expect(second.version).toBe(first.version);
  await desk.hub.asOwner(sell, [desk.partnerId, orgOf('two'), 'Sub-2', 10]);
  await desk.hub.asOwner(`update contract_change set at = now() - interval '2 days'`);
  await inTenant(desk.ctx(), forgetOldChanges);
  expect(await desk.hub.asOwner('select * from contract_change where partner_id = $1', [desk.partnerId])).toEqual([]);
  expect(await kept(desk)).toEqual(await stored(desk));
  expect(await kept(desk)).toHaveLength(2);
});

test('the book of a day is that of the next ones, in which other contracts begin, and not of the one before', async () => {
  const desk = await importDesk({ orgs });
  await desk.hub.asOwner(sell, [desk.partnerId, orgOf('one'), 'Sub-1', -1]);
  const first = await contractBook(desk.ctx(), 'eu', today);
  const [known] = [...first.byCustomer.values()].flat();
  expect(known && [runningOn(today, known), runningOn('2026-12-02', known)?.reference]).toEqual([undefined, 'Sub-1']);
  expect((await contractBook(desk.ctx(), 'eu', '2026-12-02')).version).toBe(first.version);
  expect((await contractBook(desk.ctx(), 'eu', '2027-01-02')).version).not.toBe(first.version);
  expect((await contractBook(desk.ctx(), 'eu', today)).from).toBe(today);
});
