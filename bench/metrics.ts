// Calling engagement over many legs: one partner with 5,000 customers holds 40 % of them, fifteen others the rest. The legs are made in the
// engine, as an import stores them; each partner's rollups are built by the product.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  endpointMetrics,
  type EngagementView,
  hiddenAtFirst,
  otherPolicyMetrics,
  pictureMetrics,
  qualityWeeks,
  tableColumns,
} from '@hub/contract/calling-engagement';
import type { MetricKey } from '@hub/contract/metrics';
import { PartnerId } from '@hub/contract/ids';
import { buildApp } from '../server/src/app.ts';
import { sampleReport } from '../server/src/demo-data/index.ts';
import { type Ctx, inTenant, regionalScope } from '../server/src/features/access/index.ts';
import { callHistoryColumns } from '../server/src/features/imports/call-history-columns.ts';
import { checkRollups, noteRemoval, rebuildRollups, spoolFile } from '../server/src/features/imports/index.ts';
import { runImport } from '../server/src/features/imports/run-import.ts';
import { askMetrics as ask } from '../server/src/features/metrics/ask-metrics.ts';
import type { RegionalStore } from '../server/src/platform/regional-store/index.ts';
import { fillPartner, openBenchHub } from './bench-partner.ts';
import { benchmark, peakMemoryBytes, questionRounds } from './bench-process.ts';
import { benchScenario, region } from './call-records.ts';
import { connectOwner, runSql } from './directory-sql.ts';
import { type Figure, inWords, medianOf, runsInWords } from './figures.ts';
import { type Asked, comparePeers, timeOwn } from './metrics-compared.ts';
import { repeated, secondsOf } from './timing.ts';

const others = 15;
const customersOfOthers = 317;
const usersOfCustomer = 20;
const days = 56;
const peersAtMost = 10_000_000; // legs; PostgreSQL takes minutes for as many
const from = '2025-09-07'; // a Sunday
const to = '2025-11-01';
const lastWeek = '2025-10-26';

const dayBefore = (day: string, back: number): string =>
  new Date(Date.parse(day) - back * 86_400_000).toISOString().slice(0, 10);

interface Partner {
  ctx: Ctx;
  batch: number;
}

type Tell = (figure: Figure) => void;

const weeks = { from, to, bucket: 'week', zone: 'UTC', hasQueues: false, comparison: 'previous' } as const;
const twice = { ...weeks, from: dayBefore(lastWeek, 7 * (qualityWeeks - 1)) } as const;
const week = { ...weeks, from: lastWeek, bucket: 'whole', comparison: 'none' } as const;
const table = { region, sort: 'name', sortBy: 'last', order: 'asc', limit: 200 } as const;

type Question = Partial<Parameters<typeof ask>[1]> & { metrics: readonly MetricKey[] };

const columnsOf = (view: EngagementView): MetricKey[] =>
  tableColumns[view].filter((key) => !hiddenAtFirst[view].includes(key));

/** By view, the first of which is what opens. */
const views: readonly Question[][] = [
  [
    { ...weeks, metrics: pictureMetrics.usage },
    { ...twice, metrics: pictureMetrics.quality },
    { ...week, metrics: endpointMetrics, by: 'endpointType' },
    { ...week, metrics: otherPolicyMetrics, policy: 'documented' },
    { ...weeks, metrics: columnsOf('usage'), by: 'customer' },
  ],
  [{ ...weeks, metrics: columnsOf('quality'), by: 'customer' }],
  [
    { ...weeks, metrics: pictureMetrics.features, hasQueues: true },
    { ...weeks, metrics: columnsOf('features'), by: 'customer', hasQueues: true },
  ],
];
const opening = views.slice(0, 1);

async function page(ctx: Ctx, shown: readonly Question[][], customerId?: string): Promise<void> {
  const of = customerId === undefined ? {} : { customerId, hasQueues: false };
  await Promise.all(shown.flat().map((question) => ask(ctx, { ...table, ...weeks, ...question, ...of })));
}

/** As after an import: nothing that was answered before is remembered. */
const forget = ({ ctx }: Partner): Promise<void> =>
  inTenant(ctx, (tx) => noteRemoval(tx, { partnerId: ctx.actor.partnerId, region }, {}));

/** A committed import of one record, so that there is a batch that counts. */
async function committedBatch(ctx: Ctx, folder: string, orgUuid: string): Promise<number> {
  const path = join(folder, 'one.csv');
  await writeFile(path, sampleReport('webex_call_history', { orgUuid, customerName: 'Bench', day: lastWeek }).csv);
  const batch = await spoolFile(ctx, { region, path, source: 'command' });
  await runImport(ctx, batch.id);
  return batch.number;
}

/** Person legs of users who prefer working hours, a few service legs; the same number gives the same leg. */
async function makeLegs(store: RegionalStore, legs: number): Promise<void> {
  const text = new Set(callHistoryColumns.map(({ name }) => name));
  const columns: Record<string, string> = {
    partner_id: 'o.partner_id',
    batch: 'o.batch',
    emptied: '0',
    start_time: `toDateTime64('${from} 00:00:00', 3, 'UTC') + toIntervalSecond(86400 * (h % ${days}) + 28800 + intHash32(n) % 36000)`,
    duration: 'intHash32(n + 1) % 600',
    answered: 'intHash32(n + 2) % 5 != 0',
    user: "concat('User ', toString(user_number))",
    correlation_id: 'reinterpretAsUUID(sipHash128(intDiv(n, 2)))',
    location: "concat('Site ', toString(user_number % 3))",
    direction: "if(n % 2 = 0, 'ORIGINATING', 'TERMINATING')",
    client_type:
      "transform(h % 10, [0, 1, 2, 3], ['WXC_DEVICE', 'WXC_DEVICE', 'WXC_THIRD_PARTY', 'WXC_SIP_GW'], 'WXC_CLIENT')",
    os_type: "if(h % 3 = 0, 'android', 'windows')",
    model: "if(h % 10 < 2, '8851-3PCC', '')",
    user_type: "transform(h % 40, [0, 1, 2], ['HuntGroup', 'AutomatedAttendantVideo', 'CallCenterStandard'], 'User')",
    related_reason: "if(h % 23 = 0, 'CallForwardAlways', if(h % 29 = 0, 'ConsultativeTransfer', ''))",
    call_id: 'hex(sipHash64(n))',
    user_uuid: 'reinterpretAsUUID(sipHash128(o.org_uuid, user_number))',
    org_uuid: 'o.org_uuid',
    report_id: 'reinterpretAsUUID(sipHash128(n, 1))',
    report_time: "toDateTime64('2025-11-02 00:00:00', 3, 'UTC')",
  };
  for (const name of Object.keys(columns))
    if (!text.has(name) && !['partner_id', 'batch', 'emptied'].includes(name)) throw new Error(name);
  const step = 5_000_000;
  for (let at = 0; at < legs; at += step)
    await store.run(
      `INSERT INTO @region.call_leg (${Object.keys(columns).join(', ')}) SELECT ${Object.values(columns).join(', ')}
       FROM (SELECT number AS n, sipHash64(number) AS h, intHash32(number + 3) % ${usersOfCustomer} AS user_number,
           if(number % 5 < 2, intHash32(number + 4) % first_count, first_count + intHash32(number + 4) % other_count) AS place
         FROM numbers(${at}, ${Math.min(step, legs - at)}) AS s CROSS JOIN
           (SELECT toUInt32(countIf(is_first)) AS first_count, toUInt32(countIf(NOT is_first)) AS other_count FROM @region.bench_org) AS c) AS l
       INNER JOIN @region.bench_org AS o ON o.place = l.place
       SETTINGS max_partitions_per_insert_block = 0, min_insert_block_size_rows = 1048576`,
    );
}

/** A subscription of each customer, with licenses of Calling. */
const contracts = [
  `insert into tenant.subscription (id, partner_id, customer_id, reference, starts_on, ends_on, term_months, auto_renews, payment_state, payment_since, setup_state, setup_since, created_at)
     select uuidv7(), partner_id, id, 'Sub-' || id, current_date - 400, current_date + 200, 12, true, 'current', current_date - 5, 'provisioned', current_date - 9, now()
     from tenant.customer where kind <> 'own'`,
  `insert into tenant.license_line (partner_id, customer_id, subscription_id, product, ordered, assigned)
     select partner_id, customer_id, id, 'calling', 25, 20 from tenant.subscription`,
];

/** Media rows of three in five person legs. */
async function makeMedia(store: RegionalStore): Promise<void> {
  await store.run(
    `INSERT INTO @region.media_quality (partner_id, batch, emptied, record_id, start_time, org_uuid, location, user, user_uuid, call_id, correlation_id, duration, video_duration,
       endpoint, device, audio_jitter, audio_packet_loss, audio_latency)
     SELECT partner_id, batch, 0, report_id, start_time, org_uuid, location, user, user_uuid, call_id, correlation_id, duration, if(h % 9 = 0, duration, 0),
       client_type, model, if(h % 50 = 0, 180, h % 40), if(h % 60 = 0, 7.5, 0.5), if(h % 31 = 0, NULL, 20 + h % 100)
     FROM (SELECT *, cityHash64(report_id) AS h FROM @region.call_leg WHERE is_person AND cityHash64(report_id) % 5 < 3)
     SETTINGS max_partitions_per_insert_block = 0, min_insert_block_size_rows = 1048576`,
  );
}

await benchmark(async ({ rows, folder }, tell: Tell) => {
  const legs = rows * 50;
  const hub = await openBenchHub(join(folder, 'data'), { isIdle: true });
  const app = await buildApp(hub.installation);
  const owner = connectOwner(hub);
  try {
    const first = await fillPartner(hub, benchScenario(1000));
    const { store } = await regionalScope(first, region);
    const ids = [String(first.actor.partnerId)];
    for (let at = 0; at < others; at++) {
      const [made] = await runSql<{ id: string }>(
        owner,
        `insert into identity.partner (id, name, home_region, created_at) values (uuidv7(), 'Other ${at}', '${region}', now()) returning id`,
      );
      if (!made) throw new Error('No partner was made.');
      ids.push(made.id);
      await runSql(
        owner,
        `insert into tenant.customer (id, partner_id, name, org_uuid, country, region, kind, created_at)
         select uuidv7(), '${made.id}', 'Customer ' || i, md5('${made.id}' || i)::uuid, 'US', '${region}', 'owned', now() from generate_series(1, ${customersOfOthers}) as i`,
      );
    }
    await store.run(
      'CREATE TABLE @region.bench_org (place UInt32, is_first Bool, partner_id UUID, batch UInt32, org_uuid UUID) ENGINE = Memory',
    );
    for (const sql of contracts) await runSql(owner, sql);
    const partners: Partner[] = [];
    let place = 0;
    for (const id of ids) {
      const ctx: Ctx = { ...first, actor: { kind: 'operator', partnerId: PartnerId.parse(id) } };
      const orgs = await runSql<{ org: string }>(
        owner,
        `select org_uuid as org from tenant.customer where partner_id = '${id}' and org_uuid is not null and region = '${region}' order by org_uuid`,
      );
      const batch = await committedBatch(ctx, folder, orgs[0]?.org ?? '');
      for (let at = 0; at < orgs.length; at += 1000)
        await store.run(
          `INSERT INTO @region.bench_org SELECT rowNumberInAllBlocks() + ${place + at}, ${id === ids[0]}, {partner:UUID}, {batch:UInt32}, arrayJoin({orgs:Array(UUID)})`,
          { parameters: { partner: id, batch, orgs: orgs.slice(at, at + 1000).map(({ org }) => org) } },
        );
      place += orgs.length;
      partners.push({ ctx, batch });
    }
    const making = await secondsOf(() => makeLegs(store, legs));
    await makeMedia(store);
    for (const name of ['call_leg', 'media_quality'])
      await store.run(
        `INSERT INTO @region.place (partner_id, place_key, org_uuid, location) SELECT partner_id, place_key, org_uuid, toString(location) FROM @region.${name} LIMIT 1 BY partner_id, place_key`,
      );
    const [big] = partners;
    if (!big) throw new Error('There is no partner.');
    const size = `${inWords(legs, 'rows')} legs`;
    const hasPeers = legs <= peersAtMost;
    const asked: Asked = { ctx: big.ctx, forget: () => forget(big), region, from, to, lastWeek };
    // Of more legs than the peers are asked about, questions from the facts alone run into their time limit.
    if (hasPeers) {
      const raw = await repeated(2, async () => {
        await forget(big);
        return secondsOf(() => page(big.ctx, views));
      });
      tell({
        what: `${size}: the whole page from the facts alone`,
        value: medianOf(raw),
        unit: 'seconds',
        detail: runsInWords(raw),
      });
    }
    const fromFacts = hasPeers ? await timeOwn(asked) : undefined;
    const building = await secondsOf(async () => {
      for (const { ctx } of partners) await rebuildRollups(store, ctx.actor.partnerId);
    });
    const checks = await checkRollups(big.ctx, region);
    const differing = checks.reduce((sum, { groups }) => sum + groups, 0);
    if (differing > 0) throw new Error(`${differing} groups of the rollups are not as the facts.`);
    tell({
      what: `${size}: building the rollups of all`,
      value: building,
      unit: 'seconds',
      detail: `legs made in ${making.toFixed(0)} s; rows of the big partner: ${checks.map(({ rollup, rows }) => `${rollup} ${inWords(rows, 'rows')}`).join(', ')}`,
    });
    for (const [what, shown, budget] of [
      ['the page as it opens', opening, undefined],
      ['all views of the page at once', views, { cold: 1, remembered: 0.1 }],
    ] as const) {
      const cold = await repeated(questionRounds, async () => {
        await forget(big);
        return secondsOf(() => page(big.ctx, shown));
      });
      const warm = await repeated(questionRounds, () => secondsOf(() => page(big.ctx, shown)));
      for (const [state, seconds] of Object.entries({ cold, remembered: warm }))
        tell({
          what: `${size}: ${what}, ${state}`,
          value: medianOf(seconds),
          unit: 'seconds',
          ...(budget ? { budget: { atMost: budget[state as keyof typeof budget] } } : {}),
          detail: runsInWords(seconds),
        });
    }
    if (fromFacts) await comparePeers({ store, folder, tell, size }, asked, fromFacts);
    const [one] = await runSql<{ id: string }>(
      owner,
      `select id from tenant.customer where partner_id = '${ids[0]}' and org_uuid is not null and region = '${region}' limit 1`,
    );
    const tab = await repeated(questionRounds, async () => {
      await forget(big);
      return secondsOf(() => page(big.ctx, views, one?.id));
    });
    tell({
      what: `${size}: one customer's tab, cold`,
      value: medianOf(tab),
      unit: 'seconds',
      budget: { atMost: 0.15 },
      detail: runsInWords(tab),
    });
    for (const [what, shown, budget] of [
      ['opening the page', opening, undefined],
      ['all views', views, { atMost: 4 }],
    ] as const) {
      const together: number[] = [];
      for (let round = 0; round < 3; round++) {
        for (const partner of partners) await forget(partner);
        together.push(...(await Promise.all(partners.map(({ ctx }) => secondsOf(() => page(ctx, shown))))));
      }
      const sorted = together.toSorted((a, b) => a - b);
      tell({
        what: `${size}: 16 partners at once, ${what}, cold, p95`,
        value: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0,
        unit: 'seconds',
        ...(budget ? { budget } : {}),
        detail: `median ${medianOf(together).toFixed(2)} s`,
      });
    }
    const peak = peakMemoryBytes('self');
    if (peak !== undefined) tell({ what: 'peak memory of the server, filling included', value: peak, unit: 'bytes' });
  } finally {
    await owner.destroy();
    await app.close();
    await hub.close();
  }
});
process.exit(0);
