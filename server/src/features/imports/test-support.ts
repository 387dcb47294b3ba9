import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { getCallingUsage, getCallLeg } from '@hub/contract/calling-usage';
import * as customers from '@hub/contract/customers';
import * as api from '@hub/contract/imports';
import type { ImportBatch, ImportCounts } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { expect } from 'vitest';
import { type TestHub, testHub, type TestPartner } from '../../testing/test-hub.ts';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import type { Ctx } from '../access/index.ts';
import { callHistoryColumns } from './call-history-columns.ts';
import { cleanStore } from './clean-store.ts';
import type { GivenFacts } from './given-facts.ts';
import { findImportByNumber, type ImportRow, readVisibility } from './import-queries.ts';
import { inTenant, regionalScope } from '../access/index.ts';
import { countDifferences, rolledUp } from './rollups/rollup-queries.ts';
import { runImport } from './run-import.ts';
import { spoolPath } from './spool.ts';
import { callHistory } from './feeds/call-history.ts';
import { stagingOf } from './staging-queries.ts';

export const headers = callHistoryColumns.map((column) => column.header);
export type Fields = Record<string, string>;

/** A stable UUID for a short name. */
export function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const orgOf = (name: string): string => uuidOf(`org ${name}`);

/** A valid record; `name` decides its Report ID. */
export function leg(name: string, over: Fields = {}): Fields {
  return {
    'Start time': '2026-11-20T09:00:00.000Z',
    'Answer time': '2026-11-20T09:00:05.000Z',
    'Release time': '2026-11-20T09:01:05.000Z',
    'Report time': '2026-11-20T09:02:00.000Z',
    Duration: '60',
    Answered: 'true',
    Direction: 'ORIGINATING',
    'User type': 'User',
    'Client type': 'WXC_CLIENT',
    Location: 'Sofia',
    Model: '',
    User: 'Ada Byron',
    'Call ID': `call-${name}`,
    'Correlation ID': uuidOf(`correlation ${name}`),
    'User UUID': uuidOf('user'),
    'Org UUID': orgOf('known'),
    'Report ID': uuidOf(`report ${name}`),
    ...over,
  };
}

interface CsvLayout {
  columns?: readonly string[];
  delimiter?: string;
  lineEnd?: string;
  bom?: boolean;
}

const quoteField = (text: string, delimiter = ','): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export function csvLine(record: Fields, { columns = headers, delimiter = ',' }: CsvLayout = {}): string {
  return columns.map((name) => quoteField(record[name] ?? '', delimiter)).join(delimiter);
}

export function csvOf(records: readonly (Fields | string)[], layout: CsvLayout = {}): string {
  const { columns = headers, delimiter = ',', lineEnd = '\n', bom = false } = layout;
  const lines = [
    columns.map((name) => quoteField(name, delimiter)).join(delimiter),
    ...records.map((record) => (typeof record === 'string' ? record : csvLine(record, layout))),
  ];
  return `${bom ? '\uFEFF' : ''}${lines.join(lineEnd)}${lineEnd}`;
}

export interface Desk extends TestPartner {
  hub: TestHub;
  region: RegionCode;
  /** Uploads without running it. */
  queue(body: string | Buffer, fileName?: string, given?: GivenFacts): Promise<ImportBatch>;
  /** Uploads and runs whatever waits of this partner; the batch as it is afterwards. */
  import(body: string | Buffer, fileName?: string, given?: GivenFacts): Promise<ImportBatch>;
  /** Runs what waits, oldest first. */
  drain(): Promise<void>;
  get(batch: { id: ImportBatch['id'] }): Promise<ImportBatch>;
  rowOf(batch: { number: number }): Promise<ImportRow>;
  customer(orgUuid: string, over?: { name?: string; country?: string }): Promise<customers.Customer>;
  rejected(batch: { id: ImportBatch['id'] }): Promise<api.RejectedRow[]>;
  /** What counts: Report ID → Report time, and how often it counts. */
  facts(): Promise<Map<string, string>>;
  held(): Promise<api.HeldOrganization[]>;
  /** The full record behind a Report ID, by column. */
  fields(name: string, startDate?: string): Promise<Map<string, { value: string; isEmptied: boolean }>>;
  spool(): Promise<string[]>;
  ctx(): Ctx;
  staging(batch: { number: number }): ReturnType<typeof stagingOf>;
  /** Physical rows of a table, whatever counts. */
  count(table: string): Promise<number>;
}

/** A partner with one known customer (unless `orgs` says otherwise) in a region, and its import page. */
// oxlint-disable-next-line hub/verb-asks -- a desk of the tests acts as whoever the test names, and asks nobody
export async function importDesk({
  orgs = ['known'],
  region = 'eu',
  hub,
}: {
  orgs?: readonly string[];
  region?: RegionCode;
  hub?: TestHub;
} = {}): Promise<Desk> {
  const on = hub ?? (await testHub({ now: '2026-12-01T10:00:00.000Z' }));
  const partner = await on.partner({ homeRegion: region });
  const ctx = (): Ctx => on.ctx(partner.partnerId, { kind: 'system', partnerId: partner.partnerId });
  const store = on.installation.stores.get(region);
  if (!store) throw new Error(`No store of ${region}.`);
  const desk: Desk = {
    ...partner,
    hub: on,
    region,
    ctx,
    queue: (body, fileName = 'calls.csv', given = {}) =>
      partner.admin.upload(api.uploadImport, { query: { region, fileName, ...given }, body }),
    async import(body, fileName, given) {
      const batch = await desk.queue(body, fileName, given);
      await desk.drain();
      return desk.get(batch);
    },
    async drain() {
      for (;;) {
        const [task] = await on.asOwner<{ import_id: string }>(
          'select import_id from import_task where partner_id = $1 order by number limit 1',
          [partner.partnerId],
        );
        if (!task) return;
        await runImport(ctx(), task.import_id);
      }
    },
    get: (batch) => partner.admin.call(api.getImport, { params: { importId: batch.id } }),
    async rowOf(batch) {
      const row = await inTenant(ctx(), (tx) => findImportByNumber(tx, batch.number));
      if (!row) throw new Error(`No batch ${batch.number}.`);
      return row;
    },
    async customer(
      orgUuid,
      { name = `Customer ${orgUuid.slice(0, 8)}`, country = region === 'eu' ? 'BG' : 'US' } = {},
    ) {
      return partner.admin.call(customers.createCustomer, { body: { name, country, orgUuid } });
    },
    rejected: async (batch) =>
      (
        await partner.admin.call(api.listRejectedRows, {
          params: { importId: batch.id },
          query: { after: 0, limit: 200 },
        })
      ).items,
    async facts() {
      const visible = await inTenant(ctx(), (tx) => readVisibility(tx, region));
      const { open, superseding } = visible;
      const rows = await store.ask<{ report_id: string; at: string; n: number }>(
        `SELECT report_id, toString(max(report_time)) AS at, count() AS n FROM @region.call_leg WHERE partner_id = {partner:UUID}
         AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0 OR replaced_by IN {open:Array(UInt32)})
         AND (report_id, batch) NOT IN (SELECT report_id, old_batch FROM @region.superseded
           WHERE partner_id = {partner:UUID} AND by_batch IN {superseding:Array(UInt32)}) GROUP BY report_id`,
        { parameters: { partner: partner.partnerId, open, superseding } },
      );
      expect(rows.filter((row) => row.n !== 1)).toEqual([]);
      await expectRollups(ctx(), region);
      return new Map(rows.map((row) => [row.report_id, row.at]));
    },
    async held() {
      const held: api.HeldOrganization[] = [];
      for (let after: string | undefined; ; ) {
        const page = await partner.admin.call(api.listHeldOrganizations, { query: { region, after, limit: 200 } });
        held.push(...page.items);
        if (page.next === null) return held;
        after = page.next;
      }
    },
    async fields(name, startDate = '2026-11-20') {
      const found = await partner.admin.call(getCallLeg, {
        params: { reportId: uuidOf(`report ${name}`) },
        query: { region, startDate },
      });
      return new Map(found.fields.map(({ column, value, isEmptied }) => [column, { value, isEmptied }]));
    },
    spool: async () =>
      (await readdir(dirname(spoolPath(on.installation.dataDir, region, 'x'))).catch(() => [] as string[])).sort(),
    staging: (batch) =>
      stagingOf({ store, partnerId: partner.partnerId, batch: batch.number, attempt: 1 }, callHistory),
    async count(table) {
      const [row] = await store.ask<{ n: number }>(
        // oxlint-disable-next-line hub/sql-in-its-place -- a table named by a test
        `SELECT count() AS n FROM @region.${table} WHERE partner_id = {partner:UUID}`,
        { parameters: { partner: partner.partnerId } },
      );
      return row?.n ?? 0;
    },
  };
  for (const name of orgs) await desk.customer(orgOf(name));
  return desk;
}

/** What the rollups have is what the facts add up to, at this moment of whatever goes on. */
// oxlint-disable-next-line hub/verb-asks -- a desk of the tests
export async function expectRollups(ctx: Ctx, region: RegionCode): Promise<void> {
  const { store, scope } = await regionalScope(ctx, region);
  const visible = await inTenant(ctx, (tx) => readVisibility(tx, region));
  for (const feed of rolledUp) expect(await countDifferences(store, scope, visible, feed)).toMatchObject({ groups: 0 });
}

const none: ImportCounts = { read: 0, new: 0, duplicate: 0, replaced: 0, rejected: 0, held: 0 };
export const counted = (counts: Partial<ImportCounts>): ImportCounts => ({ ...none, ...counts });

export function expectSum(batch: ImportBatch): void {
  const counts = batch.counts ?? none;
  expect(counts.new + counts.duplicate + counts.replaced + counts.rejected + counts.held).toBe(counts.read);
}

/** How many legs the product counts between two days. */
export async function countCallsOf(desk: Desk, from: string, to: string): Promise<number | null> {
  const { totals } = await desk.admin.call(getCallingUsage, { query: { region: desk.region, from, to } });
  return totals.callLegs;
}

/** A store of which one statement behaves as `meet` says; everything else is the real one. */
export function storeWith(store: RegionalStore, meet: (sql: string) => Promise<void> | void): RegionalStore {
  return {
    ...store,
    async ask<Row>(sql: string, options?: Parameters<RegionalStore['ask']>[1]) {
      await meet(sql);
      return store.ask<Row>(sql, options);
    },
    async load(options) {
      await meet(`LOAD ${options.insert}`);
      return store.load(options);
    },
    async run(sql, options) {
      await meet(sql);
      return store.run(sql, options);
    },
  };
}

/** Runs one import with such a store. */
export async function runWith(
  desk: Desk,
  batch: { number: number },
  meet: (sql: string) => Promise<void> | void,
): Promise<void> {
  const row = await desk.rowOf(batch);
  const store = desk.hub.installation.stores.get('eu') as RegionalStore;
  await runImport({ ...desk.ctx(), stores: new Map([['eu', storeWith(store, meet)]]) }, row.id);
}

/** What the hub does some minutes after a commit or an undo, now; `stores` stands in for those of the installation. */
export async function cleanNow(desk: Desk, stores = desk.hub.installation.stores): Promise<void> {
  await desk.hub.asOwner(
    "update import_batch set superseded_at = now() - interval '10 minutes' where partner_id = $1 and superseded_at is not null",
    [desk.partnerId],
  );
  await cleanStore({ ...desk.ctx(), stores }, desk.region);
}
