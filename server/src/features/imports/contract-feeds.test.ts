import * as api from '@hub/contract/imports';
import type { OrgUuid } from '@hub/contract/ids';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { counted, type Desk, expectSum, importDesk, orgOf, uuidOf } from './test-support.ts';

const storeOf = ({ hub }: Desk): RegionalStore => hub.installation.stores.get('eu') as RegionalStore;

/** What counts of a table, to the engine: batches that are not committed, or were undone, are left out by their state. */
async function rowsOf(own: Desk, table: string, columns: string, order: string): Promise<Record<string, unknown>[]> {
  const dead = await own.hub.asOwner<{ number: number }>(
    "select number from import_batch where partner_id = $1 and state <> 'committed'",
    [own.partnerId],
  );
  const batches = dead.map(({ number }) => number);
  return storeOf(own).ask(
    `SELECT ${columns} FROM @region.${table} WHERE partner_id = {partner:UUID} AND NOT has({dead:Array(UInt32)}, batch)
     AND (replaced_by = 0 OR has({dead:Array(UInt32)}, replaced_by))
     AND (record_id, batch) NOT IN (SELECT report_id, old_batch FROM @region.superseded
       WHERE partner_id = {partner:UUID} AND NOT has({dead:Array(UInt32)}, by_batch)) ORDER BY ${order}`,
    { parameters: { partner: own.partnerId, dead: batches } },
  );
}

const header = 'date,org_id,subscription_id,product,ordered,assigned,used_7d,used_90d';
const snapshot = (lines: readonly string[], head = header): string => [head, ...lines, ''].join('\n');
const known = orgOf('known');

test('our own table of snapshots: whatever its case and order, and what is not known stays empty', async () => {
  const own = await importDesk();
  const batch = await own.import(
    [
      'Used_90D;PRODUCT;Assigned;Date;ORDERED;Used_7d;Subscription_ID;Org_ID',
      `90;Webex Calling;98;2026-11-20;120;60;Sub-1;${known}`,
      `;Webex Meetings;;2026-11-20;40;;Sub-1;${known}`,
      `0;Webex Meetings;0;2026-11-21;0;0;;${known}`,
    ].join('\r\n'),
  );
  expect(batch).toMatchObject({
    state: 'committed',
    feed: 'license_snapshots',
    counts: counted({ read: 3, new: 3 }),
    emptied: [],
    covers: { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' },
  });
  const columns = 'toString(period_from) AS day, subscription, product, ordered, assigned, used_7d, used_90d';
  expect(await rowsOf(own, 'license_snapshot', columns, 'day, product')).toEqual([
    {
      day: '2026-11-20',
      subscription: 'Sub-1',
      product: 'Webex Calling',
      ordered: 120,
      assigned: 98,
      used_7d: 60,
      used_90d: 90,
    },
    {
      day: '2026-11-20',
      subscription: 'Sub-1',
      product: 'Webex Meetings',
      ordered: 40,
      assigned: null,
      used_7d: null,
      used_90d: null,
    },
    {
      day: '2026-11-21',
      subscription: '',
      product: 'Webex Meetings',
      ordered: 0,
      assigned: 0,
      used_7d: 0,
      used_90d: 0,
    },
  ]);
});

test('hostile rows are rejected with their reason, or stored without the number that is none', async () => {
  const own = await importDesk();
  const batch = await own.import(
    snapshot([
      `2026-02-30,${known},Sub-1,Webex Calling,1,1,1,1`,
      `,${known},Sub-1,Webex Calling,1,1,1,1`,
      `2026-11-20,${known},Sub-1,,1,1,1,1`,
      `2026-11-20,${known},Sub-1,Webex Calling,1,1`,
      `2026-11-20,${known},Sub-1,Webex Calling,-1,1.5,1e3,many`,
    ]),
  );
  expectSum(batch);
  expect(batch.counts).toEqual(counted({ read: 5, new: 1, rejected: 4 }));
  expect((await own.rejected(batch)).map(({ row, column, reason }) => [row, column, reason])).toEqual([
    [1, 'Date', 'not_a_time'],
    [2, 'Date', 'time_required'],
    [3, 'Product', 'value_required'],
    [4, null, 'column_count'],
  ]);
  expect(batch.emptied).toEqual(['Ordered', 'Assigned', 'Used 7d', 'Used 90d'].map((column) => ({ column, count: 1 })));
});

test('the later version of a day counts; undone, the earlier one counts again', async () => {
  const own = await importDesk();
  const line = (assigned: number): string => `2026-11-20,${known},Sub-1,Webex Calling,120,${assigned},,`;
  const numbers = () => rowsOf(own, 'license_snapshot', 'assigned', 'assigned');
  expect((await own.import(snapshot([line(98)]))).counts).toEqual(counted({ read: 1, new: 1 }));
  expect((await own.import(snapshot([line(98)]))).counts).toEqual(counted({ read: 1, duplicate: 1 }));
  // A subscription and a product are known whatever their case; of twins in a file one counts.
  const later = await own.import(snapshot([line(99), `2026-11-20,${known},SUB-1,webex calling,120,99,,`]));
  expect(later.counts).toEqual(counted({ read: 2, replaced: 1, duplicate: 1 }));
  const last = await own.import(snapshot([line(101)]));
  expect(last.counts).toEqual(counted({ read: 1, replaced: 1 }));
  expect(await numbers()).toEqual([{ assigned: 101 }]);
  await own.admin.call(api.undoImport, { params: { importId: last.id } });
  expect(await numbers()).toEqual([{ assigned: 99 }]);
});

test('snapshots of an organization that nobody has wait, and enter with their customer', async () => {
  const own = await importDesk({ orgs: [] });
  const org = orgOf('later');
  const line = `2026-11-20,${org},Sub-1,Webex Calling,120,98,,`;
  expect((await own.import(snapshot([line]))).counts).toEqual(counted({ read: 1, held: 1 }));
  expect((await own.import(snapshot([line]))).counts).toEqual(counted({ read: 1, duplicate: 1 }));
  expect(await own.held()).toMatchObject([{ orgUuid: org, rows: 1, locations: [] }]);
  await own.customer(org);
  await own.drain();
  expect(await own.held()).toEqual([]);
  expect(await rowsOf(own, 'license_snapshot', 'subscription, assigned', 'assigned')).toEqual([
    { subscription: 'Sub-1', assigned: 98 },
  ]);
});

const idOf = (text: string): string => Buffer.from(text).toString('base64').replace(/=+$/, '');
const license = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: idOf(`ciscospark://us/LICENSE/${known}:MS_${uuidOf('license')}`),
  name: 'Webex Calling - Professional',
  totalUnits: 50,
  consumedUnits: 5,
  consumedByUsers: 4,
  consumedByWorkspaces: 1,
  subscriptionId: 'Sub-hydraOct26a',
  ...over,
});

test('the answer to GET /licenses: its ids name the organization, the day is asked; each site counts for itself', async () => {
  const own = await importDesk();
  const meetings = { name: 'Meetings', siteType: 'Control Hub managed site' };
  const { subscriptionId: _, ...free } = license({ name: 'Free messaging', totalUnits: -1, consumedUnits: 7 });
  const body = JSON.stringify({
    items: [
      license(),
      license({ ...meetings, siteUrl: 'one.webex.com' }),
      license({ ...meetings, siteUrl: 'two.webex.com', consumedUnits: 6 }),
      free,
    ],
  });
  const asked = await own.import(body, 'licenses.json');
  expect(asked).toMatchObject({
    state: 'failed',
    feed: 'license_snapshots',
    failure: { code: 'import_needs_period', data: { fileName: 'licenses.json' } },
  });
  await own.admin.call(api.retryImport, { params: { importId: asked.id }, body: { from: '2026-11-20' } });
  await own.drain();
  const batch = await own.get(asked);
  expect(batch).toMatchObject({
    state: 'committed',
    counts: counted({ read: 4, new: 4 }),
    emptied: [{ column: 'Ordered', count: 1 }],
  });
  expect(batch.notes).toContainEqual({
    code: 'columns_ignored',
    data: { columns: 'consumedByUsers, consumedByWorkspaces, siteType' },
  });
  expect(
    await rowsOf(own, 'license_snapshot', 'org_uuid, subscription, product, site, ordered, assigned', 'product, site'),
  ).toEqual([
    {
      org_uuid: known,
      subscription: '',
      product: 'Free messaging',
      site: '',
      ordered: null,
      assigned: 7,
    },
    ...(['one.webex.com', 'two.webex.com'] as const).map((site, place) => ({
      org_uuid: known,
      subscription: 'Sub-hydraOct26a',
      product: 'Meetings',
      site,
      ordered: 50,
      assigned: 5 + place,
    })),
    {
      org_uuid: known,
      subscription: 'Sub-hydraOct26a',
      product: 'Webex Calling - Professional',
      site: '',
      ordered: 50,
      assigned: 5,
    },
  ]);
});

test.each([
  ['of the form without an organization', idOf(`ciscospark://us/LICENSE/${uuidOf('license')}`)],
  ['of another kind', idOf(`ciscospark://us/PEOPLE/${known}:MS_${uuidOf('license')}`)],
  ['made up', 'license-1'],
  ['no text', 12],
])('an id of a license that is %s names nobody: organization and day are asked', async (_, id) => {
  const own = await importDesk();
  const body = JSON.stringify([license({ id })]);
  expect(await own.import(body, 'licenses.json')).toMatchObject({
    failure: { code: 'import_needs_customer_and_period' },
  });
  const given = { orgUuid: known as OrgUuid, from: '2026-11-20' };
  expect((await own.import(body, 'licenses.json', given)).counts).toEqual(counted({ read: 1, new: 1 }));
});

const userHead =
  'First Name,Last Name,User ID/Email (Required),Webex Calling Professional [Sub123456],Hybrid Calendar,"Meetings, 25 [Sub123456] [one.webex.com]"';
const users = [
  userHead,
  'Ada,Byron,ada@example.com,TRUE,TRUE,FALSE',
  '"Grace\nBrewster",Hopper,grace@example.com,true,FALSE,',
  'Edsger,"Dijk, stra",edsger@example.com,,TRUE, TRUE ',
];

test.each([
  ['UTF-8', (text: string) => text],
  ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
])('a list of users is counted by license, and nothing of the users is stored: %s', async (_, encoded) => {
  const own = await importDesk();
  const asked = await own.import(encoded(users.join('\r\n')), 'users.csv');
  expect(asked).toMatchObject({
    feed: 'license_snapshots',
    failure: { code: 'import_needs_customer_and_period' },
  });
  const spooled = async () => (await own.spool()).filter((name) => name.startsWith(asked.id));
  expect(await spooled()).toEqual([asked.id]);
  const body = { orgUuid: known as OrgUuid, from: '2026-11-20' };
  await own.admin.call(api.retryImport, { params: { importId: asked.id }, body });
  await own.drain();
  expect(await own.get(asked)).toMatchObject({ state: 'committed', counts: counted({ read: 2, new: 2 }) });
  expect(await rowsOf(own, 'license_snapshot', 'subscription, product, site, ordered, assigned', 'product')).toEqual([
    { subscription: 'Sub123456', product: 'Meetings, 25', site: 'one.webex.com', ordered: null, assigned: 1 },
    { subscription: 'Sub123456', product: 'Webex Calling Professional', site: '', ordered: null, assigned: 2 },
  ]);
  expect(await spooled()).toEqual([]);
  const kept = await own.hub.asOwner('select * from import_batch where partner_id = $1', [own.partnerId]);
  expect(JSON.stringify(kept)).not.toMatch(/example\.com|Ada|Byron/);
});

test.each([
  ['a row that is too short', [...users, 'Alan,Turing'], 'import_users_broken'],
  ['a row that is too long', [...users, 'a,b,c,TRUE,FALSE,FALSE,TRUE'], 'import_users_broken'],
  [
    'a quote that never closes',
    [...users, '"Alan,Turing,alan@example.com,TRUE,,', 'b,c,d,TRUE,,'],
    'import_users_broken',
  ],
  ['no rows', [userHead], 'import_header_only'],
])('a list of users with %s is refused rather than guessed', async (_, lines, code) => {
  const own = await importDesk();
  expect(await own.import(`${lines.join('\n')}\n`, 'users.csv')).toMatchObject({ state: 'failed', failure: { code } });
  expect(await own.count('license_snapshot')).toBe(0);
});

test('the answer to GET /locations is the inventory of a day', async () => {
  const own = await importDesk();
  const item = (name: string, over: Record<string, unknown> = {}) => ({
    id: idOf(`ciscospark://us/LOCATION/${uuidOf(name)}`),
    name,
    orgId: idOf(`ciscospark://us/ORGANIZATION/${known}`),
    timeZone: 'Europe/Sofia',
    preferredLanguage: 'bg_BG',
    address: { address1: '1 Main Street, "A"', city: 'Sofia', postalCode: '1000', country: 'BG' },
    latitude: '42.69',
    ...over,
  });
  const file = JSON.stringify({ items: [item('Head office'), item('Depot', { address: null })] });
  const batch = await own.import(file, 'locations.json', { from: '2026-11-20' });
  expect(batch).toMatchObject({ feed: 'webex_locations', counts: counted({ read: 2, new: 2 }) });
  expect((await own.import(file, 'locations.json', { from: '2026-11-20' })).counts).toMatchObject({ duplicate: 2 });
  const renamed = JSON.stringify([item('Head office', { name: 'HQ' })]);
  expect((await own.import(renamed, 'l.json', { from: '2026-11-20' })).counts).toMatchObject({ replaced: 1 });
  expect(await rowsOf(own, 'location', 'location, address_1, city, country, time_zone', 'location')).toEqual([
    { location: 'Depot', address_1: '', city: '', country: '', time_zone: 'Europe/Sofia' },
    { location: 'HQ', address_1: '1 Main Street, "A"', city: 'Sofia', country: 'BG', time_zone: 'Europe/Sofia' },
  ]);
});

test('a JSON of locations that says nowhere where they are says so', async () => {
  const own = await importDesk();
  const batch = await own.import(JSON.stringify([{ name: 'A', address: {} }]), 'l.json');
  expect(batch).toMatchObject({ failure: { code: 'import_columns_missing' } });
});

test('of whatever rows in whatever files, read is the sum of what became of them', { timeout: 120_000 }, async () => {
  const own = await importDesk();
  const cell = (...values: string[]) => fc.constantFrom(...values);
  const row = fc.tuple(
    cell('2026-11-19', '2026-11-20', '', '20.11.2026'),
    cell(known, known, orgOf('nobody'), '', 'acme'),
    cell('Sub-1', 'sub-1', '', 'Sub-2'),
    cell('Webex Calling', 'Webex Meetings', '', 'NA'),
    cell('10', '0', '', '-4'),
    cell('10', '11', ''),
    cell('3', ''),
    cell('9', 'x'),
  );
  const stored = () => own.count('license_snapshot');
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (rows) => {
      const before = await stored();
      const batch = await own.import(snapshot(rows.map((cells) => cells.join(','))));
      expectSum(batch);
      const counts = batch.counts ?? counted({});
      expect(counts.read).toBe(rows.length);
      expect((await stored()) - before).toBe(counts.new + counts.replaced);
      const again = await own.import(snapshot(rows.map((cells) => cells.join(','))));
      expectSum(again);
      expect(again.counts).toMatchObject({ new: 0, rejected: counts.rejected });
    }),
    { numRuns: 12 },
  );
});
