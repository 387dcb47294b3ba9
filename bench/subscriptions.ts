// Subscription analytics of one partner with 100,000 customers, 300,000 license lines and 400 days of snapshots in one region. The snapshots are
// made in the engine, as an import stores them; what is told of the past is counted by the product.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Ctx, inTenant, regionalScope } from '../server/src/features/access/index.ts';
import { noteRemoval, spoolFile } from '../server/src/features/imports/index.ts';
import { runImport } from '../server/src/features/imports/run-import.ts';
import { getLicenseTrend } from '../server/src/features/subscription-analytics/get-license-trend.ts';
import { getSubscriptionAnalytics } from '../server/src/features/subscription-analytics/get-subscription-analytics.ts';
import { recordNights, storeLicenseDays } from '../server/src/features/subscription-analytics/index.ts';
import { listSubscriptionRows } from '../server/src/features/subscription-analytics/list-subscription-rows.ts';
import { connectDirectory, type Directory } from '../server/src/platform/directory/directory.ts';
import type { RegionalStore } from '../server/src/platform/regional-store/index.ts';
import { fillPartner, openBenchHub } from './bench-partner.ts';
import { benchmark, peakMemoryBytes, questionRounds } from './bench-process.ts';
import { benchScenario, region } from './call-records.ts';
import { runSql } from './directory-sql.ts';
import { inWords, medianOf, runsInWords } from './figures.ts';
import { fillCustomers } from './fill-customers.ts';

const days = 400;
const roundsAtOnce = 5;
const roundsAhead = 3;
const nightsCounted = 5;
const daysCounted = 182; // what a trend of 13 weeks and the 13 before are drawn from
const dayMilliseconds = 86_400_000;
/** Days by which the hub's clock is ahead: each day's snapshots come on a day of their own. */
let ahead = 0;
const now = (): Date => new Date(Date.now() + ahead * dayMilliseconds);
const dayBack = (count: number): string =>
  new Date(now().getTime() - count * dayMilliseconds).toISOString().slice(0, 10);
const sections = ['recently_added', 'expiring', 'renewing', 'low_assignment', 'over_limit'] as const;

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function repeated(times: number, work: () => Promise<number>): Promise<number[]> {
  const seconds = [];
  for (let time = 0; time < times; time++) seconds.push(await work());
  return seconds;
}

/** What the hub asks ahead when snapshots came (keep-subscriptions-ready.ts). */
const pageAtFirst = { product: 'calling', everyProduct: false } as const;

/** What the page asks when it opens: cards, trend, and the first rows of its five sections. */
async function page(ctx: Ctx): Promise<void> {
  const product = 'meetings';
  await Promise.all([
    getSubscriptionAnalytics(ctx, { region, product, everyProduct: false }),
    getLicenseTrend(ctx, { region, product, weeks: 13, bucket: 'week' }),
    ...sections.map((section) => listSubscriptionRows(ctx, { region, product, section, group: 'none', limit: 100 })),
  ]);
}

interface LineOfCustomer {
  org: string;
  reference: string;
  product: string;
  ordered: number;
}

async function insertSnapshots(
  store: RegionalStore,
  { lines, partnerId, batch }: { lines: readonly LineOfCustomer[]; partnerId: string; batch: number },
): Promise<void> {
  await store.run(
    'CREATE TABLE @region.bench_line (org UUID, reference String, product String, ordered UInt32) ENGINE = Memory',
  );
  for (let at = 0; at < lines.length; at += 2000) {
    const part = lines.slice(at, at + 2000);
    await store.run(
      `INSERT INTO @region.bench_line SELECT tupleElement(l, 1), tupleElement(l, 2), tupleElement(l, 3), tupleElement(l, 4)
       FROM (SELECT arrayJoin(arrayZip({orgs:Array(UUID)}, {references:Array(String)}, {products:Array(String)}, {ordered:Array(UInt32)})) AS l)`,
      {
        parameters: {
          orgs: part.map(({ org }) => org),
          references: part.map(({ reference }) => reference),
          products: part.map(({ product }) => product),
          ordered: part.map(({ ordered }) => ordered),
        },
      },
    );
  }
  for (let back = 1; back < days; back += 20)
    await store.run(
      `INSERT INTO @region.license_snapshot (partner_id, batch, emptied, record_id, period_from, period_to, org_uuid, subscription, product, ordered, assigned, used_7d, used_90d)
       SELECT {partner:UUID}, {batch:UInt32}, 0, reinterpretAsUUID(sipHash128(reference, product, day)), day, day, org, reference, product, ordered,
         intDiv(ordered * (40 + h % 75), 100), intDiv(ordered * (20 + (h + toUInt16(day)) % 40), 100), intDiv(ordered * (30 + h % 40), 100)
       FROM (SELECT *, sipHash64(reference) AS h, today() - ${back} - arrayJoin(range(${Math.min(20, days - back)})) AS day FROM @region.bench_line)
       SETTINGS max_partitions_per_insert_block = 0, min_insert_block_size_rows = 1048576`,
      { parameters: { partner: partnerId, batch } },
    );
  await store.run('DROP TABLE @region.bench_line');
}

const header = 'Date,Org UUID,Subscription ID,Product,Ordered,Assigned,Used 7d,Used 90d';

async function importSnapshots(ctx: Ctx, path: string, rows: readonly string[]): Promise<number> {
  await writeFile(path, [header, ...rows, ''].join('\n'));
  const batch = await spoolFile(ctx, { region, path, source: 'command' });
  await runImport(ctx, batch.id);
  return batch.number;
}

/** Everybody lives in one region, is linked, and is the partner's own: the hardest case. */
const together = `update customer set region = '${region}', kind = 'owned', org_uuid = coalesce(org_uuid, md5(id::text)::uuid) where domain like 'c%.example.com'`;

const ofAllAges = `update subscription set starts_on = least(ends_on, current_date - abs(hashtext(id::text)) % ${days}) where reference like 'Sub-%'`;

await benchmark(async ({ rows, folder }, tell) => {
  const customers = Math.round(rows / 10);
  const hub = await openBenchHub(join(folder, 'data'), { isIdle: true });
  const owner: Directory = connectDirectory({
    ...hub.stores.owner,
    max: 1,
    options: '-c search_path=tenant,identity,job',
  });
  try {
    const filled = await fillPartner(hub, { ...benchScenario(1000), customers: [] });
    const ctx: Ctx = { ...filled, clock: { ...filled.clock, now, today: () => dayBack(0) } };
    const { store } = await regionalScope(ctx, region);
    const { partnerId } = ctx.actor;
    await fillCustomers(owner, partnerId, customers);
    await runSql(owner, together);
    await runSql(owner, ofAllAges);
    await runSql(owner, 'vacuum analyze');
    const lines = await runSql<LineOfCustomer>(
      owner,
      `select c.org_uuid as org, s.reference, case l.product when 'calling' then 'Webex Calling' else initcap(replace(l.product, '_', ' ')) end as product, l.ordered
       from license_line l join subscription s on s.id = l.subscription_id join customer c on c.id = s.customer_id where s.partner_id = '${partnerId}'`,
    );
    const rowOf = ({ org, reference, product, ordered }: LineOfCustomer, day: string): string =>
      [day, org, reference, product, ordered, ordered >> 1, ordered >> 2, ordered >> 1].join(',');
    const [any] = lines;
    if (!any) throw new Error('There are no lines.');
    const batch = await importSnapshots(ctx, join(folder, 'first.csv'), [
      rowOf(any, dayBack(days)),
      rowOf(any, dayBack(1)),
    ]);
    const making = await secondsOf(() => insertSnapshots(store, { lines, partnerId, batch }));
    const size = `${inWords(customers, 'rows')} customers, ${inWords(lines.length, 'rows')} lines, ${days} days`;

    const path = join(folder, 'today.csv');
    const ofToday = lines.map((line) => rowOf(line, dayBack(0)));
    const writing = await secondsOf(() => importSnapshots(ctx, path, ofToday));
    tell({
      what: `${size}: importing the snapshots of a day`,
      value: writing,
      unit: 'seconds',
      budget: { atMost: 10 },
      detail: `${inWords(lines.length, 'rows')} rows; those of ${days - 1} days were made in ${making.toFixed(0)} s`,
    });

    let nights = 0;
    const counting = await secondsOf(() => recordNights(ctx, region, () => nights++ >= nightsCounted));
    tell({
      what: `${size}: telling a night of the past`,
      value: counting / nightsCounted,
      unit: 'seconds',
      detail: `${nightsCounted} nights, contracts read first`,
    });
    let looks = 0;
    const atOnce = 4;
    const storing = await secondsOf(() => storeLicenseDays(ctx, region, () => looks++ >= daysCounted / atOnce));
    tell({
      what: `${size}: telling a day of the trend`,
      value: storing / daysCounted,
      unit: 'seconds',
      detail: `${daysCounted} days, ${atOnce} at once`,
    });

    const first = await secondsOf(() => page(ctx));
    const anew: number[] = [];
    /** A day begins: what is told of it is asked anew. Then its snapshots come. */
    const nextDay = async (): Promise<void> => {
      await storeLicenseDays(ctx, region);
      ahead++;
      anew.push(await secondsOf(() => page(ctx)));
      await importSnapshots(
        ctx,
        path,
        lines.map((line) => rowOf(line, dayBack(0))),
      );
    };
    const imported = await repeated(roundsAtOnce, async () => {
      await nextDay();
      return secondsOf(() => page(ctx));
    });
    const telling: number[] = [];
    const ready = await repeated(roundsAhead, async () => {
      await nextDay();
      telling.push(await secondsOf(() => getSubscriptionAnalytics(ctx, { region, ...pageAtFirst })));
      return secondsOf(() => page(ctx));
    });
    const begun = await repeated(roundsAhead, async () => {
      await storeLicenseDays(ctx, region);
      ahead++;
      telling.push(await secondsOf(() => getSubscriptionAnalytics(ctx, { region, ...pageAtFirst })));
      return secondsOf(() => page(ctx));
    });
    const noted = (gone: Parameters<typeof noteRemoval>[2]) =>
      repeated(questionRounds, async () => {
        await inTenant(ctx, (tx) => noteRemoval(tx, { partnerId, region }, gone));
        return secondsOf(() => page(ctx));
      });
    const ofOne = await noted({ orgUuid: any.org });
    const ofOldDays = await noted({ licensesBefore: dayBack(days) });
    const removed = await noted({});
    const sold = await repeated(questionRounds, async () => {
      await runSql(
        owner,
        `update license_line set ordered = ordered + 1 where subscription_id = (select id from subscription where partner_id = '${partnerId}' limit 1)`,
      );
      return secondsOf(() => page(ctx));
    });
    const remembered = await repeated(questionRounds, () => secondsOf(() => page(ctx)));
    const states = [
      ['after a day of snapshots came, asked at once', imported, 1, ''],
      [
        'after a day of snapshots came, told ahead',
        ready,
        1,
        `telling ahead took ${medianOf(telling).toFixed(2)} s; what its rows used in weeks before is asked with the page; `,
      ],
      ['the first time of a day, told ahead', begun, 1, ''],
      [
        'the first time of a day, asked at once',
        anew,
        1,
        'what changes its place in two weeks is asked, and every line is made anew; ',
      ],
      ["after a customer's rows went", ofOne, 1, ''],
      ['after the oldest days went', ofOldDays, 1, ''],
      [
        'after rows went, nobody knows which',
        removed,
        1,
        `everything is asked anew, contracts aside; the first time of all ${first.toFixed(2)} s; `,
      ],
      ['after a contract changed', sold, 1, ''],
      ['remembered', remembered, 0.1, ''],
    ] as const;
    for (const [what, seconds, atMost, more] of states)
      tell({
        what: `${size}: the whole page, ${what}`,
        value: medianOf(seconds),
        unit: 'seconds',
        budget: { atMost },
        detail: `${more}${runsInWords(seconds)}`,
      });
    const peak = peakMemoryBytes('self');
    if (peak !== undefined) tell({ what: 'peak memory of the server, filling included', value: peak, unit: 'bytes' });
  } finally {
    await owner.destroy();
    await hub.close();
  }
});
process.exit(0);
