import { join } from 'node:path';
import type { Ctx } from '../server/src/features/access/index.ts';
import { refreshDueCustomers } from '../server/src/features/statuses/refresh-due-customers.ts';
import type { Directory } from '../server/src/platform/directory/directory.ts';
import { fillPartner, openBenchHub } from './bench-partner.ts';
import { benchmark, peakMemoryBytes } from './bench-process.ts';
import { benchScenario } from './call-records.ts';
import { connectOwner, runSql } from './directory-sql.ts';
import { inWords, medianOf, runsInWords } from './figures.ts';

/** Legs of the other benchmarks to a customer of this one: 100,000 customers at a million. */
const rowsPerCustomer = 10;
const subscriptionsPerCustomer = 3;
const rounds = 3;

// Contracts of every kind: ended, ending soon, to come, renewing, unpaid, waiting for setup, over their licences; signed in at some time, never, unknown.
const fillingOf = (partnerId: string, customers: number): string[] => [
  `insert into tenant.customer (id, partner_id, name, org_uuid, country, region, created_at, has_sign_ins, last_sign_in_on)
    select uuidv7(), '${partnerId}', 'Customer ' || n, gen_random_uuid(), 'DE', 'eu', now() - n * interval '5 minutes', n % 3 > 0,
      case when n % 6 > 0 then current_date - (n * 13) % 200 end
    from generate_series(1, ${customers}) n`,
  `insert into tenant.subscription (id, partner_id, customer_id, reference, starts_on, ends_on, term_months, auto_renews, payment_state,
      payment_since, setup_state, setup_since, created_at)
    select uuidv7(), c.partner_id, c.id, 'Sub-' || n || '-' || k, current_date - (n * 7 + k * 131) % 900 + 10,
      current_date + (n * 11 + k * 37) % 700 - 100 + case when (n * 7 + k * 131) % 900 < 110 then 120 else 0 end, 12, (n + k) % 3 = 0,
      case when (n * 3 + k) % 50 = 0 then 'past_due' else 'current' end, current_date - 5,
      case when (n + k) % 40 = 0 then 'pending_setup' else 'provisioned' end, current_date - 9, now()
    from (select *, (row_number() over (order by created_at))::int as n from tenant.customer where kind <> 'own') c,
      generate_series(1, ${subscriptionsPerCustomer}) k`,
  `insert into tenant.trial (id, partner_id, customer_id, reference, starts_on, ends_on, created_at)
    select uuidv7(), partner_id, id, 'Trial-' || n, current_date - 20, current_date + n % 60 - 10, now()
    from (select *, (row_number() over (order by created_at))::int as n from tenant.customer where kind <> 'own') c where n % 10 = 0`,
  `insert into tenant.license_line (partner_id, customer_id, subscription_id, product, ordered, assigned, over_since)
    select partner_id, customer_id, id, product, 50, assigned, case when assigned > 50 then current_date - 3 end
    from (select s.*, product, case when hash % 10 = 0 then null else hash % 53 end as assigned
      from (select *, abs(hashtext(reference)) as hash from tenant.subscription) s, unnest(array['calling', 'meetings']) product
      where product = 'calling' or hash % 2 = 0) l`,
  `insert into tenant.license_line (partner_id, customer_id, trial_id, product, ordered)
    select partner_id, customer_id, id, 'messaging', 25 from tenant.trial`,
  'analyze tenant.customer, tenant.subscription, tenant.trial, tenant.license_line, tenant.contract_reference',
];

const read = ['customer', 'subscription', 'trial', 'license_line', 'customer_status'];

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

/** The same rows, each table in one question, given to this process and thrown away. */
const readBare = (directory: Directory): Promise<number> =>
  secondsOf(async () => {
    for (const table of read) await runSql(directory, `select * from tenant.${table}`);
  });

await benchmark(async ({ rows, folder }, tell) => {
  const customers = Math.max(1, Math.round(rows / rowsPerCustomer));
  const hub = await openBenchHub(join(folder, 'data'), { isIdle: true });
  const owner = connectOwner(hub);
  try {
    const operator = await fillPartner(hub, { ...benchScenario(1000), customers: [] });
    const { partnerId } = operator.actor;
    const filled = await secondsOf(async () => {
      for (const statement of fillingOf(partnerId, customers)) await runSql(owner, statement);
    });
    let day = 0;
    const now = (): Date => new Date(Date.now() + day * 86_400_000);
    const clock = { ...operator.clock, now, today: () => now().toISOString().slice(0, 10) };
    const ctx: Ctx = { ...operator, clock, actor: { kind: 'system', partnerId } };
    const everybody = async (): Promise<void> => {
      const looked = await refreshDueCustomers(ctx);
      if (looked !== customers + 1) throw new Error(`${looked} customers were looked at, not all.`);
    };

    const size = `${inWords(customers, 'rows')} customers, ${inWords(customers * subscriptionsPerCustomer, 'rows')} subscriptions`;
    const first = await secondsOf(everybody);
    tell({
      what: `${size}: derived for the first time`,
      value: first,
      unit: 'seconds',
      detail: `filled in ${inWords(filled, 'seconds')}`,
    });
    await runSql(owner, 'vacuum analyze tenant.customer, tenant.customer_status, tenant.customer_status_history');
    const nights: number[] = [];
    const changes: number[] = [];
    for (let night = 0; night < rounds; night++) {
      const before = await historyRows(owner);
      day++;
      await runSql(
        owner,
        `insert into tenant.customer_due (customer_id, partner_id, due_on) select id, partner_id, current_date + ${day} from tenant.customer
          on conflict (customer_id) do update set due_on = excluded.due_on`,
      );
      nights.push(await secondsOf(everybody));
      changes.push((await historyRows(owner)) - before);
    }
    tell({
      what: `${size}: everything at midnight`,
      value: medianOf(nights),
      unit: 'seconds',
      budget: { atMost: 30 },
      detail: `${runsInWords(nights)}; statuses that began: ${changes.join(' / ')}`,
    });
    const bare: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const seconds = await readBare(owner);
      if (round > 0) bare.push(seconds); // the first one fills the caches
    }
    tell({
      what: `${size}: the same rows read by SQL`,
      value: medianOf(bare),
      unit: 'seconds',
      detail: runsInWords(bare),
    });
    tell({ what: 'midnight ÷ reading', value: medianOf(nights) / medianOf(bare), unit: 'ratio' });
    day++;
    const due = await runSql(
      owner,
      `select count(*) as due from tenant.customer_due where due_on <= current_date + ${day}`,
    );
    const usual = await secondsOf(() => refreshDueCustomers(ctx));
    const detail = `${inWords(Number(due[0]?.['due']), 'rows')} customers were due`;
    tell({ what: `${size}: only what is due at the next midnight`, value: usual, unit: 'seconds', detail });
    const peak = peakMemoryBytes('self');
    if (peak !== undefined) tell({ what: 'peak memory of the server', value: peak, unit: 'bytes' });
  } finally {
    await owner.destroy();
    await hub.close();
  }
});
process.exit(0);

async function historyRows(owner: Directory): Promise<number> {
  const [row] = await runSql(owner, 'select count(*) as n from tenant.customer_status_history');
  return Number(row?.['n']);
}
