// One large partner among others in a new data folder, and what its pages take inside PostgreSQL: as bare SQL of the owner, whom no policy
// binds, and as the verb asks. A program of its own: a process can open one data folder only.
import { PartnerId } from '@hub/contract/ids';
import { listCustomers } from '../server/src/features/customers/list-customers.ts';
import { findPartners } from '../server/src/features/statuses/index.ts';
import { recordNights } from '../server/src/features/subscription-analytics/index.ts';
import { connectDirectory, type Directory } from '../server/src/platform/directory/directory.ts';
import { fillPartner, openBenchHub } from './bench-partner.ts';
import { endWithParent } from './bench-process.ts';
import { benchScenario } from './call-records.ts';
import { fillCustomers, fillNeighbours } from './fill-customers.ts';
import { runSql } from './directory-sql.ts';

export interface Prepared {
  customers: number;
  subscriptions: number;
  fillSeconds: number;
  bareSeconds: number[];
  verbSeconds: number[];
}

const neighbours = 10;
const rounds = 30;
const filter = 'region:eu status:expires-soon';

/** What the verb's first query is to the owner: the same customers in the same order, columns of the page included. */
const bare = (
  partnerId: string,
): string => `select id, name, org_uuid, external_id, country, region, kind, domain, created_at, products, next,
    licenses_ordered, licenses_assigned, licenses_unassigned, last_sign_in_on,
    (select jsonb_agg(to_jsonb(s)) from customer_status s where s.customer_id = customer.id) as statuses,
    (select jsonb_agg(t.tag_id) from customer_tag t where t.customer_id = customer.id) as tags
  from customer where partner_id = '${partnerId}' and region = 'eu' and status_rank <= 3
    and exists (select from customer_status s where s.customer_id = customer.id and s.status = 'expires_soon')
  order by status_rank, coalesce(next_on, 'infinity'::date), id limit 51`;

async function secondsOf(work: () => Promise<unknown>): Promise<number[]> {
  const seconds: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const began = performance.now();
    await work();
    if (round >= 0) seconds.push((performance.now() - began) / 1000); // the first ones fill the caches
  }
  return seconds;
}

async function prepare(owner: Directory, partnerId: string, customers: number): Promise<number> {
  const began = performance.now();
  await fillNeighbours(owner, neighbours, Math.round(customers / 10));
  await fillCustomers(owner, partnerId, customers);
  await runSql(owner, 'vacuum analyze');
  return (performance.now() - began) / 1000;
}

const [dataDir = '', count = ''] = process.argv.slice(2);
endWithParent();
const hub = await openBenchHub(dataDir);
const ctx = await fillPartner(hub, { ...benchScenario(1000), customers: [] });
const { partnerId } = ctx.actor;
// One connection: what is made for a statement is a temporary table.
const owner = connectDirectory({ ...hub.stores.owner, max: 1, options: '-c search_path=tenant,identity,job' });
const fillSeconds = await prepare(owner, partnerId, Number(count));
// As after a first day of use: else the hub would tell them while its pages are measured, and the browser shares its two cores.
for (const { id } of await findPartners(hub.installation.directory))
  for (const home of hub.installation.stores.keys())
    await recordNights({ ...ctx, actor: { kind: 'system', partnerId: PartnerId.parse(id) } }, home);
const asked = { filter, sort: 'urgency', order: 'asc', after: undefined, limit: 50 } as const;
const prepared: Prepared = {
  customers: Number(count),
  subscriptions: Number(count) * 3,
  fillSeconds,
  bareSeconds: await secondsOf(() => runSql(owner, bare(partnerId))),
  verbSeconds: await secondsOf(() => listCustomers(ctx, asked)),
};
process.send?.(prepared);
await owner.destroy();
await hub.close();
process.exit(0);
