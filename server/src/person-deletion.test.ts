import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import * as api from '@hub/contract/deletions';
import { changeCustomer, createCustomer, getCustomer } from '@hub/contract/customers';
import type { CustomerId } from '@hub/contract/ids';
import * as imports from '@hub/contract/imports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { feeds } from './features/imports/feeds/all-feeds.ts';
import { personColumnsOf } from './features/imports/people/person-columns.ts';
import { spoolPath } from './features/imports/spool.ts';
import { deleteInRegion } from './features/deletions/delete-in-region.ts';
import { findDeletionTasks } from './features/deletions/deletion-queries.ts';
import { canonical } from './features/deletions/receipt.ts';
import type { Ctx } from './features/access/index.ts';
import {
  cleanNow,
  counted,
  csvOf,
  type Desk,
  expectRollups,
  expectSum,
  type Fields,
  importDesk,
  leg,
  orgOf,
  runWith,
  storeWith,
  uuidOf,
} from './features/imports/test-support.ts';
import { type RegionalStore, StoreFault } from './platform/regional-store/index.ts';

const org = orgOf('known');
const ada = {
  userUuid: uuidOf('ada'),
  emails: ['ada.byron@example.com'],
  numbers: ['+359 2 400 0111', '4111'],
  names: ['Ada Byron'],
};
const nobody: api.PersonNames = { userUuid: null, emails: [], numbers: [], names: [] };

async function customerOf(desk: Desk): Promise<CustomerId> {
  const [row] = await desk.hub.asOwner<{ id: string }>(
    'select id from customer where partner_id = $1 and org_uuid = $2',
    [desk.partnerId, org],
  );
  return row?.id as CustomerId;
}
const ask = async (desk: Desk, person: Partial<api.PersonNames>, over: object = {}): Promise<api.Deletion> =>
  desk.admin.call(api.deletePersonData, {
    params: { customerId: await customerOf(desk) },
    body: {
      ...person,
      confirm: person.userUuid ?? person.emails?.[0] ?? person.numbers?.[0] ?? '',
      sharedIsMeant: true,
      ...over,
    },
  });
const now = async (desk: Desk): Promise<api.Deletion | undefined> =>
  (await desk.admin.call(api.listDeletions, { query: {} })).items[0];

/** Every region's turn, once. */
async function turn(desk: Desk, stores: Ctx['stores'] = desk.hub.installation.stores): Promise<void> {
  for (const region of stores.keys())
    for (const task of await findDeletionTasks(desk.hub.installation.directory, region))
      if (task.partnerId === desk.partnerId) await deleteInRegion({ ...desk.ctx(), stores }, task);
}

/** Every row of every table of a region as texts, by table; staging and the list of who migrated are none. */
async function regionRows(desk: Desk, region = desk.region): Promise<Map<string, Record<string, string>[]>> {
  const store = desk.hub.installation.stores.get(region) as RegionalStore;
  const tables = await store.ask<{ of: string; columns: string[] }>(
    `SELECT table AS of, groupArray(name) AS columns FROM system.columns WHERE database = splitByChar('.', '@region.x')[1] GROUP BY table`,
  );
  const found = new Map<string, Record<string, string>[]>();
  for (const { of: name, columns } of tables.filter((entry) => entry.columns.includes('partner_id'))) {
    const rows = await store.ask<Record<string, string>>(
      `SELECT ${columns.map((column) => `ifNull(toString(\`${column}\`), '–') AS \`${column}\``).join(', ')} FROM (SELECT ${columns
        .map((column) => `\`${column}\``)
        .join(', ')} FROM @region.${name} WHERE partner_id = {partner:UUID}) ORDER BY ALL`,
      { parameters: { partner: desk.partnerId } },
    );
    if (rows.length > 0) found.set(name, rows);
  }
  return found;
}

/** Every row of the partner in every table of the directory, as JSON. */
/** Made of the facts, and compared with them. */
const isAddedUp = (table: string): boolean => table.endsWith('_rollup');

async function directoryRows(desk: Desk): Promise<Map<string, string[]>> {
  const tables = await desk.hub.asOwner<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.columns
     where column_name = 'partner_id' and table_schema in ('tenant', 'job', 'identity') order by 1`,
  );
  const found = new Map<string, string[]>();
  for (const { name } of tables) {
    const rows = await desk.hub.asOwner<{ row: string }>(
      `select to_jsonb(t)::text as row from ${name} t where partner_id = $1 order by 1`,
      [desk.partnerId],
    );
    found.set(
      name,
      rows.map(({ row }) => row),
    );
  }
  return found;
}

/** Where a person is still to be found: tables and columns of the region, tables of the directory. */
async function tracesOf(desk: Desk, person: Partial<api.PersonNames>, region = desk.region): Promise<string[]> {
  const texts = [person.userUuid ?? '', ...(person.emails ?? []), ...(person.names ?? [])].filter(
    (text) => text !== '',
  );
  const digits = (person.numbers ?? []).map((text) => text.replace(/\D/g, '').replace(/^0+/, ''));
  const names = (cell: string): boolean =>
    texts.some((text) => cell.toLowerCase().includes(text.toLowerCase())) ||
    digits.some((number) =>
      cell.split(/[^0-9+() -]/).some((piece) => piece.replace(/\D/g, '').replace(/^0+/, '') === number),
    );
  const traces = new Set<string>();
  for (const [table, rows] of await regionRows(desk, region))
    for (const row of rows)
      for (const [column, cell] of Object.entries(row)) {
        const isCounted =
          /^(batch|by_batch|old_batch|file_row|file_line|replaced_by|emptied|counted_as)$|_key$|duration|_seconds$|_calls$/;
        if (!isCounted.test(column) && names(cell)) traces.add(`${table}.${column}`);
      }
  for (const [table, rows] of await directoryRows(desk))
    if (rows.some((row) => texts.some((text) => row.toLowerCase().includes(text.toLowerCase())))) traces.add(table);
  return [...traces].sort();
}

const mine = (name: string, over: Fields = {}): Fields =>
  leg(name, {
    'User UUID': ada.userUuid,
    User: 'Ada Byron',
    'User number': '+35924000111',
    'Calling number': '+35924000111',
    'Calling line ID': 'Ada Byron',
    ...over,
  });
const ben = (name: string, over: Fields = {}): Fields =>
  leg(name, { 'User UUID': uuidOf('ben'), User: 'Ben Bell', 'User number': '+35924000222', ...over });
const toAda = {
  Direction: 'TERMINATING',
  'Calling number': '00359 2 4000111',
  'Calling line ID': 'ADA BYRON',
  'Redirecting party UUID': ada.userUuid.toUpperCase(),
  'Dialed digits': '4111',
};
const later = (fields: Fields): Fields => ({ ...fields, 'Report time': '2026-11-29T10:00:00.000Z' });

const media = `Start time,Org UUID,User,Email,User UUID,Call ID,Audio jitter\n${[
  `2026-11-20T09:00:00Z,${org},Ada Byron,Ada.Byron@example.com,${ada.userUuid},call-a,3`,
  `2026-11-20T09:00:00Z,${org},Ben Bell,ben@example.com,${uuidOf('ben')},call-a,4`,
].join('\n')}\n`;
const agents = `Date,Org UUID,Agent name,Call Queue,Location,Total answered calls\n2026-11-20,${org},Ada Byron,Sales,Sofia,3\n2026-11-20,${org},Ben Bell,Sales,Sofia,4\n`;
const numbers = `Date,Org UUID,Location,Phone number,Extension,Number type,Active,Email\n${[
  `2026-11-20,${org},Sofia,+35924000111,4111,User,true,ada.byron@example.com`,
  `2026-11-20,${org},Sofia,+35924000222,4112,User,true,ben@example.com`,
].join('\n')}\n`;
const devices = `Date,Org UUID,Location,Device,Product,Type,MAC,Status,Email\n${[
  `2026-11-20,${org},Sofia,Desk of A,9861,Phone,AA00,online,ada.byron@example.com`,
  `2026-11-20,${org},Sofia,Desk of B,9861,Phone,BB00,online,ben@example.com`,
].join('\n')}\n`;

const legs = csvOf([mine('a'), mine('old'), ben('b', toAda), ben('c'), mine('held', { 'Org UUID': orgOf('nobody') })]);
const again = csvOf([
  later(mine('old')),
  later(ben('b', toAda)),
  mine('bad', { 'Start time': 'never' }),
  ben('worse', { 'Start time': 'never' }),
]);

async function filled(): Promise<Desk> {
  const desk = await importDesk();
  for (const [text, name] of [
    [legs, 'a.csv'],
    [again, 'b.csv'],
    [media, 'media.csv'],
    [agents, 'agents.csv'],
    [numbers, 'numbers.csv'],
    [devices, 'devices.csv'],
  ] as const) {
    const batch = await desk.import(text, name);
    expect([name, batch.state]).toEqual([name, 'committed']);
    expectSum(batch);
  }
  return desk;
}

test('one person goes from every table; of others stays all but what names the person; the files bring nothing back', {
  timeout: 240_000,
}, async () => {
  const desk = await filled();
  const customerId = await customerOf(desk);
  const params = { customerId };
  expect((await tracesOf(desk, ada)).length).toBeGreaterThan(15);
  const before = await regionRows(desk);

  const there = await desk.admin.call(api.findPersonData, { params, body: ada });
  const day = { firstDay: '2026-11-20', lastDay: '2026-11-20' };
  expect(there).toMatchObject({ unavailable: [], contactFields: 0 });
  expect(there.regions).toEqual([
    {
      region: 'eu',
      feeds: [
        { feed: 'webex_call_history', stored: 3, held: 0, rejected: 1, named: 2, ...day },
        { feed: 'webex_media_quality', stored: 1, held: 0, rejected: 0, named: 0, ...day },
        { feed: 'webex_call_queue_agent_stats', stored: 1, held: 0, rejected: 0, named: 0, ...day },
        { feed: 'webex_phone_numbers', stored: 1, held: 0, rejected: 0, named: 0, ...day },
        { feed: 'webex_devices', stored: 1, held: 0, rejected: 0, named: 0, ...day },
      ],
    },
  ]);
  const known = await desk.admin.call(api.findPersonData, { params, body: { userUuid: ada.userUuid } });
  expect(known.alsoKnown).toEqual({
    userUuids: [],
    emails: ['Ada.Byron@example.com'],
    numbers: ['+35924000111'],
    names: ['Ada Byron'],
  });

  const asked = await ask(desk, ada);
  expect(await ask(desk, ada)).toEqual(asked);
  expect(asked).toMatchObject({ subject: 'person', takesRecord: false });
  await turn(desk);
  // Rows of another organization are of another person, whatever they are called.
  const elsewhere = ['held_call_leg'];
  const traces = (await tracesOf(desk, ada)).filter(
    (trace) => !elsewhere.some((table) => trace.startsWith(`${table}.`)),
  );
  expect(traces).toEqual([]);

  const after = await regionRows(desk);
  await expectRollups(desk.ctx(), desk.region);
  for (const [table, rows] of before) {
    if (isAddedUp(table)) continue;
    const kept = (after.get(table) ?? []).map((row) => JSON.stringify(row));
    const expected = rows.filter((row) => !isHers(table, row)).map((row) => JSON.stringify(withoutHer(table, row)));
    expect([table, kept.toSorted()]).toEqual([table, expected.toSorted()]);
  }
  const { receipt, sha256 } = await receiptOf(desk, asked);
  expect((await now(desk))?.sha256).toBe(sha256);
  expect(receipt).toMatchObject({
    asked: { what: 'person', customerId, orgUuid: org },
    stays: [...api.staysAfterDeletion, ...api.staysAfterPerson],
  });
  expect(JSON.stringify(receipt)).not.toMatch(/Ada|Byron|@|4000111|4111/);
  expect(JSON.stringify(receipt)).not.toContain(ada.userUuid);
  expect((await desk.hub.auditOf(asked.id)).map(({ action }) => action)).toEqual([
    'deletions.ask_person',
    'deletions.end',
  ]);

  // The same files, and one that is later.
  await cleanNow(desk);
  const kept = await regionRows(desk);
  const first = await desk.import(legs, 'a.csv');
  expect(first.counts).toEqual(counted({ read: 5, duplicate: 3, rejected: 2 }));
  expect(first.notes).toContainEqual({ code: 'person_deleted', data: { rows: 2 } });
  const second = await desk.import(again, 'b.csv');
  expect(second.counts).toEqual(counted({ read: 4, duplicate: 1, rejected: 3 }));
  expect(second.notes).toContainEqual({ code: 'person_deleted', data: { rows: 2 } });
  expect((await desk.rejected(second)).map(({ row }) => row)).toEqual([4]);
  for (const [text, name] of [
    [media, 'media.csv'],
    [agents, 'agents.csv'],
    [numbers, 'numbers.csv'],
    [devices, 'devices.csv'],
  ] as const)
    expect((await desk.import(text, name)).counts).toEqual(counted({ read: 2, duplicate: 1, rejected: 1 }));
  const next = await desk.import(csvOf([mine('next'), ben('next b', toAda), ben('c2')]), 'next.csv');
  expect(next.counts).toEqual(counted({ read: 3, new: 2, rejected: 1 }));
  expect((await tracesOf(desk, ada)).filter((trace) => !trace.startsWith('held_call_leg.'))).toEqual([]);
  await desk.admin.call(imports.undoImport, { params: { importId: next.id } });
  await cleanNow(desk);
  const end = await regionRows(desk);
  for (const table of ['call_leg', 'media_quality', 'call_queue_agent_stat', 'phone_number', 'device'])
    expect([table, end.get(table)]).toEqual([table, kept.get(table)]);
});

const strip = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '');
const isHer = (cell: string): boolean =>
  [ada.userUuid, 'ada.byron@example.com', 'ada byron'].includes(cell.toLowerCase()) ||
  (/^[+0-9 ()-]+$/.test(cell) && ['35924000111', '4111'].includes(strip(cell)));
const hers: Record<string, string[]> = {
  call_leg: ['user_uuid'],
  media_quality: ['user_uuid'],
  call_queue_agent_stat: ['agent'],
  phone_number: ['email'],
  device: ['email'],
};
function isHers(table: string, row: Record<string, string>): boolean {
  if (table === 'rejected_row') return row['record']?.includes('Ada Byron') === true;
  return (hers[table] ?? []).some((column) => isHer(row[column] ?? ''));
}
function withoutHer(table: string, row: Record<string, string>): Record<string, string> {
  if (table !== 'call_leg') return row;
  const texts = [
    'calling_number',
    'called_number',
    'calling_line_id',
    'called_line_id',
    'redirecting_number',
    'dialed_digits',
    'redirecting_party_uuid',
  ];
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [column, texts.includes(column) && isHer(cell) ? '' : cell]),
  );
}

async function receiptOf(desk: Desk, { id }: Pick<api.Deletion, 'id'>) {
  const reply = await desk.admin.raw({ method: 'GET', url: `/api/deletions/${id}/receipt` });
  expect(reply.status).toBe(200);
  const told = JSON.parse(reply.text) as { receipt: Record<string, unknown>; sha256: string };
  expect(createHash('sha256').update(canonical(told.receipt)).digest('hex')).toBe(told.sha256);
  return told;
}

test('who may not, who is not clear, what is shared, and what is not typed is refused', {
  timeout: 120_000,
}, async () => {
  const desk = await importDesk();
  await desk.import(csvOf([mine('a')]));
  const params = { customerId: await customerOf(desk) };
  const body = { ...ada, confirm: ada.userUuid, sharedIsMeant: true };
  for (const endpoint of [api.findPersonData, api.deletePersonData])
    expect(await desk.readOnly.refusal(endpoint, { params, body })).toMatchObject({ code: 'permission_denied' });
  for (const unclear of [nobody, { names: ['Ada Byron'] }, { numbers: ['1-2'] }, { emails: ['  NA '] }])
    expect(['deletion_person_unclear', 'invalid_request']).toContain(
      (await desk.admin.refusal(api.findPersonData, { params, body: unclear })).code,
    );
  expect(
    await desk.admin.refusal(api.deletePersonData, { params, body: { ...body, confirm: 'Ada Byron' } }),
  ).toMatchObject({
    code: 'deletion_person_differs',
  });
  expect(
    await desk.admin.refusal(api.deletePersonData, {
      params,
      body: { numbers: ['+35924000111'], confirm: '+35924000111' },
    }),
  ).toMatchObject({ code: 'deletion_person_shared' });
  const unlinked = await desk.admin.call(createCustomer, {
    body: { name: 'Unlinked', country: 'BG' },
  });
  expect(
    await desk.admin.refusal(api.findPersonData, { params: { customerId: unlinked.id }, body: ada }),
  ).toMatchObject({ code: 'customer_not_linked' });
  expect(await desk.count('call_leg')).toBe(1);
});

test('a contact that is the person goes from the customer', { timeout: 120_000 }, async () => {
  const desk = await importDesk();
  const customerId = await customerOf(desk);
  const before = await desk.admin.call(getCustomer, { params: { customerId } });
  const { name, externalId, domain, version } = before;
  await desk.admin.call(changeCustomer, {
    params: { customerId },
    body: {
      name,
      externalId: externalId ?? '',
      domain: domain ?? '',
      kind: 'owned',
      version,
      contact: { name: 'Carl Chan', email: 'Ada.Byron@example.com', phone: '' },
    },
  });
  expect((await desk.admin.call(api.findPersonData, { params: { customerId }, body: ada })).contactFields).toBe(1);
  await ask(desk, ada);
  const after = await desk.admin.call(getCustomer, { params: { customerId } });
  expect(after.contact).toEqual({ name: 'Carl Chan', email: '', phone: '' });
});

/** Fields that a person may stand in, in the forms that reports write. */
const field = fc.constantFrom(
  '',
  'NA',
  '+35924000111',
  '0035924000111',
  'tel:+35924000111',
  '4111',
  '+35924000222',
  '4112',
  'Ada Byron',
  'ben bell',
  'ada.byron@example.com',
);
const legFields = fc.record({
  'User UUID': fc.constantFrom(ada.userUuid, ada.userUuid.toUpperCase(), uuidOf('ben'), ''),
  User: fc.constantFrom('Ada Byron', 'Ben Bell', 'ADA.byron@example.com', ''),
  'User number': field,
  'Calling number': field,
  'Called number': field,
  'Calling line ID': field,
  'Called line ID': field,
  'Redirecting number': field,
  'Dialed digits': field,
  'Caller ID number': field,
  'Device owner UUID': fc.constantFrom('', ada.userUuid, uuidOf('ben')),
});
const mediaFields = fc.record({
  uuid: fc.constantFrom(ada.userUuid, uuidOf('ben'), ''),
  email: fc.constantFrom('Ada.Byron@example.com', 'ben@example.com', ''),
  user: fc.constantFrom('Ada Byron', 'Ben Bell'),
});
const world = fc.record({
  legs: fc.array(legFields, { minLength: 3, maxLength: 12 }),
  media: fc.array(mediaFields, { minLength: 1, maxLength: 6 }),
  isCleaned: fc.boolean(),
  person: fc.constantFrom<Partial<api.PersonNames>>(
    ada,
    { userUuid: ada.userUuid },
    { emails: ada.emails },
    { numbers: ada.numbers },
    { userUuid: ada.userUuid, numbers: ['+359 2 400 0111'], names: ['ada byron'] },
  ),
});

const compared = (cell: string): string => {
  const plain = cell.trim().toLowerCase().replace(/^tel:/, '');
  return /^[+0-9 ()-]+$/.test(plain) ? strip(plain) : plain;
};

/** What is left of a row, as the decision says; undefined where it goes. */
function leftOf(
  table: string,
  row: Record<string, string>,
  person: Partial<api.PersonNames>,
): Record<string, string> | undefined {
  const feed = feeds.find((entry) => entry.table === table);
  if (feed === undefined) return row;
  const { certain, own, named } = personColumnsOf(feed);
  const sure = [person.userUuid ?? '', ...(person.emails ?? [])].filter((text) => text !== '').map(compared);
  const all = new Set([...sure, ...(person.numbers ?? []), ...(person.names ?? [])].map(compared));
  const deciding = new Set(sure.length > 0 ? sure : (person.numbers ?? []).map(compared));
  const isNobodys = certain.every((column) => ['', '00000000-0000-0000-0000-000000000000'].includes(row[column] ?? ''));
  const cells = own.map((column) => compared(row[column] ?? ''));
  if (cells.some((cell) => deciding.has(cell) || (isNobodys && all.has(cell)))) return undefined;
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [
      column,
      named.includes(column) && all.has(compared(cell)) ? '' : cell,
    ]),
  );
}

test('whatever rows there are: the person is in none of them afterwards, the rest is as it was, and the same files keep it so', {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(world, async ({ legs: made, media: heard, isCleaned, person }) => {
      const desk = await importDesk();
      const records = made.map((over, at) => leg(`${at}`, over));
      const files = [
        [csvOf(records), 'a.csv'],
        [csvOf(records.filter((_, at) => at % 2 === 0).map(later)), 'b.csv'],
        [
          `Start time,Org UUID,User,Email,User UUID,Call ID,Audio jitter\n${heard
            .map(({ uuid, email, user }, at) => `2026-11-20T09:00:00Z,${org},${user},${email},${uuid},call-${at},3\n`)
            .join('')}`,
          'media.csv',
        ],
      ] as const;
      for (const [text, name] of files) expectSum(await desk.import(text, name));
      if (isCleaned) await cleanNow(desk);
      const before = await regionRows(desk);
      await ask(desk, person);
      await turn(desk);
      const left = (table: string) =>
        (before.get(table) ?? [])
          .map((row) => leftOf(table, row, person))
          .filter((row) => row !== undefined)
          .map((row) => JSON.stringify(row));
      const after = await regionRows(desk);
      await expectRollups(desk.ctx(), desk.region);
      for (const table of [...before.keys()].filter((name) => !isAddedUp(name)))
        expect([table, (after.get(table) ?? []).map((row) => JSON.stringify(row)).toSorted()]).toEqual([
          table,
          left(table).toSorted(),
        ]);
      expect(await tracesOf(desk, person)).toEqual([]);
      for (const [text, name] of files) {
        const batch = await desk.import(text, name);
        expectSum(batch);
        expect([batch.counts?.new, batch.counts?.replaced, batch.counts?.held]).toEqual([0, 0, 0]);
      }
      const end = await regionRows(desk);
      for (const table of ['call_leg', 'media_quality'])
        expect([table, end.get(table)]).toEqual([table, after.get(table)]);
      expect(await tracesOf(desk, person)).toEqual([]);
    }),
    { numRuns: 5 },
  );
});

test('it waits for what was queued before and for regions that are away, goes on where it broke off, and runs behind no import twice', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk();
  await desk.import(legs, 'a.csv');
  await desk.queue(csvOf([mine('queued'), ben('queued b', toAda)]), 'queued.csv');
  await ask(desk, ada);
  await turn(desk);
  const eu = async () => (await now(desk))?.regions.find(({ region }) => region === 'eu');
  expect(await eu()).toMatchObject({ endedAt: null, waitsForImports: 1, feeds: [] });
  await desk.drain();
  const store = desk.hub.installation.stores.get('eu') as RegionalStore;
  for (const statement of [
    'INSERT INTO @region.person_row',
    'call_leg UPDATE',
    'call_leg DELETE',
    'person_row DELETE',
  ]) {
    const failing = storeWith(store, (sql) => {
      if (sql.includes(statement)) throw StoreFault.unavailable('eu', 'away', undefined);
    });
    await expect(turn(desk, new Map(desk.hub.installation.stores).set('eu', failing))).rejects.toThrow(
      'does not answer',
    );
    expect(await now(desk)).toMatchObject({ endedAt: null, sha256: null });
  }
  await turn(desk);
  await turn(desk);
  expect((await now(desk))?.endedAt).not.toBeNull();
  expect(await eu()).toMatchObject({ feeds: [{ feed: 'webex_call_history', stored: 2, named: 1 }] });
  expect((await tracesOf(desk, ada)).filter((trace) => !trace.startsWith('held_call_leg.'))).toEqual([]);
  expect((await regionRows(desk)).get('person_row')).toBeUndefined();
});

test('kept files of failed imports: what was given the organization and names the person is given up; others are told of', {
  timeout: 120_000,
}, async () => {
  const desk = await importDesk();
  const given = { orgUuid: org };
  const hers = await desk.import('when,who\n2026-11-01,"Ada Byron"\n', 'hers.csv', given);
  const bens = await desk.import('when,who\n2026-11-01,Ben Bell\n', 'bens.csv', given);
  const mixed = await desk.import(`when,org,number\n2026-11-01,${org},+359 24000111\n`, 'mixed.csv');
  const foreign = await desk.import('when,who\n2026-11-01,Ada Byron\n', 'foreign.csv');
  expect([hers, bens, mixed, foreign].map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'failed']);
  const asked = await ask(desk, ada);
  await turn(desk);
  const { receipt } = await receiptOf(desk, asked);
  const eu = (receipt['regions'] as { region: string; importFiles: unknown }[]).find(({ region }) => region === 'eu');
  expect(eu?.importFiles).toEqual({
    removed: [hers.number],
    kept: [{ importNumber: mixed.number, because: 'names_person' }],
  });
  expect((await desk.get(hers)).state).toBe('canceled');
  expect(await desk.spool()).toEqual([bens.id, mixed.id, foreign.id].sort());
});

test('a person who was let in again comes in as anybody; what was deleted and whoever else is stays out', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk();
  const both = csvOf([mine('a'), ben('b', toAda), ben('c')]);
  await desk.import(both);
  const first = await ask(desk, ada);
  const bens = await ask(desk, { userUuid: uuidOf('ben') });
  await turn(desk);
  const second = await ask(desk, ada);
  await turn(desk);
  expect((await desk.import(both, 'out.csv')).counts).toEqual(counted({ read: 3, rejected: 3 }));
  const letIn = (deletion: api.Deletion) => desk.admin.call(api.letInAgain, { params: { deletionId: deletion.id } });
  // Asked twice, she is let in by the one or the other, once.
  const [one, other] = await Promise.all([letIn(first), letIn(second)]);
  expect([one.letInAt, other.letInAt]).toEqual([expect.any(String), one.letInAt]);
  const listed = (await desk.admin.call(api.listDeletions, { query: {} })).items;
  expect(listed.filter(({ letInAt }) => letInAt !== null).map(({ id }) => id)).toEqual([second.id, first.id]);
  expect(
    await desk.hub.asOwner('select distinct deletion_id as id from forgotten_identifier where partner_id = $1', [
      desk.partnerId,
    ]),
  ).toEqual([{ id: bens.id }]);
  // Nothing is there by that alone.
  expect(await desk.count('call_leg')).toBe(0);
  expect((await desk.import(both, 'in.csv')).counts).toEqual(counted({ read: 3, new: 1, rejected: 2 }));
  expect((await desk.fields('a')).get('User')?.value).toBe('Ada Byron');
  const acts = [...(await desk.hub.auditOf(first.id)), ...(await desk.hub.auditOf(second.id))];
  expect(acts.filter(({ action }) => action === 'deletions.let_in')).toMatchObject([
    { after: { orgUuid: org, knownBy: 10, connectors: 0 } },
  ]);
  // Deleted once more she is out again.
  await ask(desk, ada);
  await turn(desk);
  expect((await desk.import(both, 'out again.csv')).counts).toEqual(counted({ read: 3, rejected: 3 }));
});

test('kept files name a person within quotes, in whatever encoding, and in escapes of JSON', {
  timeout: 120_000,
}, async () => {
  const desk = await importDesk();
  const person = { emails: ['maria@example.com'], names: ['Петрова, Мария', 'Ace "M" Petrova'] };
  const table = 'when,who,why\n2026-11-01,"Петрова, Мария",x\n';
  const utf16 = Buffer.from(`\uFEFF${table}`, 'utf16le');
  // Windows-1251 has the letters from А to я from C0 on.
  const cyrillic = Buffer.from(
    Array.from(table, (sign) => (sign.codePointAt(0) ?? 0) - (sign > '~' ? 0x410 - 0xc0 : 0)),
  );
  // Kept since nobody said of which day it is.
  const devicesNamed = (name: string): string =>
    `{"items":[{"displayName":"${name}","product":"9861","type":"phone","mac":"AA00"}]}`;
  const hers: Record<string, string | Buffer> = {
    'quoted.csv': table,
    'little.csv': utf16,
    'big.csv': Buffer.from(utf16).swap16(),
    'unmarked.csv': utf16.subarray(2),
    'windows.csv': table,
    'escaped.json': devicesNamed('\\u041f\\u0435\\u0442\\u0440\\u043e\\u0432\\u0430, \\u041cария'),
    'escaped-16.json': Buffer.from(`\uFEFF${devicesNamed('\\u041fетрова, \\u041cария')}`, 'utf16le'),
    'lines.csv': 'why,when,who\n"a note\nof two lines",2026-11-01,"Петрова, Мария"\n',
    'within.csv': 'why,who,when\n"it\nends","Петрова, Мария","2026\n11"\n',
    'doubled.csv': 'when,who\n2026-11-01,"Ace ""M"" Petrova"\n',
    'doubled.json': devicesNamed('Ace \\"M\\" Petrova'),
  };
  const others: Record<string, string | Buffer> = {
    'longer.csv': 'when,who\n2026-11-01,"Петрова, Мариян"\n',
    'longer.json': devicesNamed('\\u041fетрова, \\u041cариян'),
    'apart.csv': 'when,last,first\n2026-11-01,Петрова,Мария\n',
    'other.csv': Buffer.from('\uFEFFwhen,who\n2026-11-01,"Петрова, Мариела"\n', 'utf16le'),
  };
  const brought: Record<string, imports.ImportBatch> = {};
  for (const [name, text] of Object.entries({ ...hers, ...others })) {
    const batch = await desk.import(text, name, { orgUuid: org });
    expect([name, batch.state]).toEqual([name, 'failed']);
    brought[name] = batch;
  }
  // Such a file is refused today; an earlier hub may have kept it.
  await writeFile(spoolPath(desk.hub.installation.dataDir, 'eu', brought['windows.csv']?.id ?? ''), cyrillic);
  const asked = await ask(desk, person);
  await turn(desk);
  const { receipt } = await receiptOf(desk, asked);
  const eu = (receipt['regions'] as { region: string; importFiles: unknown }[]).find(({ region }) => region === 'eu');
  expect(eu?.importFiles).toEqual({ removed: Object.keys(hers).map((name) => brought[name]?.number), kept: [] });
  const left = (await desk.spool()).filter((id) => Object.values(brought).some((batch) => batch.id === id));
  expect(new Set(left)).toEqual(new Set(Object.keys(others).map((name) => brought[name]?.id)));
});

test('without the key that recognizes deleted people an import of their organization waits to be tried again', {
  timeout: 120_000,
}, async () => {
  const desk = await importDesk({ orgs: ['known', 'other'] });
  await ask(desk, ada);
  await turn(desk);
  const { vaultOf } = await import('./platform/vault/index.ts');
  const { runImport } = await import('./features/imports/run-import.ts');
  const elsewhere = { ...desk.ctx(), vault: vaultOf([Buffer.alloc(32, 9)]) };
  const batch = await desk.queue(csvOf([mine('a')]));
  await runImport(elsewhere, batch.id);
  expect(await desk.get(batch)).toMatchObject({ state: 'failed', failure: { code: 'vault_key_missing' } });
  const other = await desk.queue(csvOf([leg('o', { 'Org UUID': orgOf('other') })]));
  await runImport(elsewhere, other.id);
  expect((await desk.get(other)).counts).toEqual(counted({ read: 1, new: 1 }));
  await desk.admin.call(imports.retryImport, { params: { importId: batch.id }, body: {} });
  await desk.drain();
  expect((await desk.get(batch)).counts).toEqual(counted({ read: 1, rejected: 1 }));
});

test('rejected rows are compared with the deleted people of the organizations that they name, of however many there are some', {
  timeout: 120_000,
}, async () => {
  const desk = await importDesk({ orgs: ['known', 'other'] });
  await ask(desk, ada);
  await turn(desk);
  await desk.hub.asOwner(
    `insert into forgotten_identifier (deletion_id, partner_id, org_uuid, hash, key_id, decides)
     select deletion_id, partner_id, gen_random_uuid(), md5(hash || n), key_id, decides from forgotten_identifier, generate_series(1, 300) as n
     where partner_id = $1`,
    [desk.partnerId],
  );
  const bad = { 'Start time': 'never' };
  const shouted = { ...bad, 'Org UUID': org.toUpperCase() };
  const batch = await desk.queue(csvOf([mine('bad', bad), mine('loud', shouted), ben('worse', bad), mine('a')]));
  let compared = 0;
  await runWith(desk, batch, (sql) => {
    if (sql.includes('groupUniqArray(file_row)')) compared++;
  });
  expect(compared).toBe(1);
  expect((await desk.get(batch)).counts).toEqual(counted({ read: 4, rejected: 4 }));
  expect((await desk.rejected(batch)).map(({ row }) => row)).toEqual([3]);

  const other = await desk.queue(csvOf([leg('o', { ...bad, 'Org UUID': orgOf('other') })]), 'other.csv');
  await runWith(desk, other, (sql) => {
    if (sql.includes('groupUniqArray(file_row)')) compared++;
  });
  expect(compared).toBe(1);
});
