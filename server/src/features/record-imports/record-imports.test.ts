import { assignCustomers } from '@hub/contract/administrators';
import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import { importRecords } from '@hub/contract/record-imports';
import { expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { testHub, type TestHub } from '../../testing/test-hub.ts';

const give = (as: TestClient, body: string | Buffer, isTrial = false) =>
  as.upload(importRecords, { query: { fileName: 'records.csv', isTrial: isTrial ? 'true' : 'false' }, body });

async function refusal(as: TestClient, body: string | Buffer): Promise<unknown> {
  const reply = await as.raw({
    method: 'POST',
    url: '/api/record-imports?fileName=records.csv',
    headers: { 'content-type': 'text/csv' },
    body,
  });
  return JSON.parse(reply.text) as unknown;
}

const counts = ({ created, changed, unchanged, rejected }: Awaited<ReturnType<typeof give>>): number[] => [
  created,
  changed,
  unchanged,
  rejected,
];

async function statusesOf(hub: TestHub, partnerId: string): Promise<Record<string, string[]>> {
  const rows = await hub.asOwner<{ name: string; statuses: string[] }>(
    `select name, array(select status || ' ' || since from customer_status s where s.customer_id = c.id order by status) as statuses
     from customer c where partner_id = $1 and kind <> 'own'`,
    [partnerId],
  );
  return Object.fromEntries(rows.map(({ name, statuses }) => [name, statuses]));
}

const customersFile = `Name;Country;Org ID;External ID;E-mail;Domain;Relationship
Harborlight Freight;BG;6f1c2a8e-3f44-4d0b-9a5e-0d2c4b7e9f10;HC-1;mira@harborlight.example;Harborlight.example;owned
"Mosaic ""Tile"" & Stone";Germany;;HC-2;;;external administrator
한빛 물류;KR;;;;;
`;

const subscriptionsFile = `subscription_id,Customer external ID,Customer,Product,Ordered,Assigned,Start date,End date,Term,AUTO RENEW,Payment state,Setup state
Sub-1,HC-1,,Webex Calling,10,13,2026-01-01,2026-12-31,12,yes,current,provisioned
Sub-1,HC-1,,Meetings,5,,2026-01-01,2026-12-31,12,yes,current,provisioned
Sub-2,HC-2,,calling,7,7,01.02.2026,2026-12-10,,no,past due,
Sub-3,,한빛 물류,calling,3,1,2026. 2. 1.,,,,,pending setup
`;

test('customers, subscriptions, trials and sign-ins come in, statuses follow, and the same file again changes nothing', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  expect(counts(await give(admin, customersFile, true))).toEqual([3, 0, 0, 0]);
  expect(await statusesOf(hub, partnerId)).toEqual({});
  expect(await give(admin, customersFile)).toMatchObject({
    kind: 'customers',
    read: 3,
    created: 3,
    ignoredColumns: [],
  });
  expect(counts(await give(admin, customersFile))).toEqual([0, 0, 3, 0]);
  expect(counts(await give(admin, subscriptionsFile))).toEqual([4, 0, 0, 0]);
  expect(counts(await give(admin, subscriptionsFile))).toEqual([0, 0, 4, 0]);
  const trials = 'Trial ID,Customer,Product,Ordered,Start,End\nT-1,한빛 물류,Devices,4,2026-11-20,2026-12-05\n';
  expect(counts(await give(admin, trials))).toEqual([1, 0, 0, 0]);
  expect(counts(await give(admin, trials))).toEqual([0, 0, 1, 0]);
  expect(await statusesOf(hub, partnerId)).toEqual({
    'Harborlight Freight': ['license_overage 2026-12-01', 'subscription 2026-01-01'],
    'Mosaic "Tile" & Stone': ['expires_soon 2026-11-26', 'subscription 2026-02-01', 'suspended 2026-12-01'],
    '한빛 물류': [
      'expires_soon 2026-11-21',
      'ready_for_order_setup 2026-02-01',
      'subscription 2026-02-01',
      'trial 2026-11-20',
    ],
  });

  // Five days later what was over still is since the same day; what is paid again is paid since today.
  hub.clock.advance(5 * 86_400_000);
  const paid = subscriptionsFile.replace('past due', 'current').replace('10,13', '10,14');
  const { client: later } = await hub.person(partnerId, 'partner_full'); // sessions end meanwhile
  expect(counts(await give(later, paid))).toEqual([0, 3, 1, 0]);
  const since = await hub.asOwner(
    `select payment_since, over_since from subscription s left join license_line l on l.subscription_id = s.id and product = 'calling'
     where s.partner_id = $1 order by reference`,
    [partnerId],
  );
  expect(since).toEqual([
    { payment_since: '2026-12-01', over_since: '2026-12-01' },
    { payment_since: '2026-12-06', over_since: null },
    { payment_since: '2026-12-01', over_since: null },
  ]);
  const acts = await hub.asOwner<{ after: { kind: string } }>(
    `select after from audit_event where action = 'record_imports.import' and partner_id = $1 order by at, id`,
    [partnerId],
  );
  expect(acts.map(({ after }) => after.kind)).toEqual([
    'customers',
    'customers',
    'subscriptions',
    'subscriptions',
    'trials',
    'trials',
    'subscriptions',
  ]);
  expect(acts[0]?.after).toEqual({
    kind: 'customers',
    fileName: 'records.csv',
    read: 3,
    created: 3,
    changed: 0,
    unchanged: 0,
    rejected: 0,
  });
});

test('of sign-ins the latest counts, in the zone of the partner; never is never, and nothing goes back', async () => {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  await hub.asOwner(`update partner set time_zone = 'Asia/Seoul' where id = $1`, [partnerId]);
  await give(admin, customersFile);
  const file = `Customer,Last sign-in
한빛 물류,2026-08-01
한빛 물류,2026-11-20T23:30:00Z
Harborlight Freight,never
`;
  expect(counts(await give(admin, file))).toEqual([0, 2, 1, 0]);
  expect(counts(await give(admin, file))).toEqual([0, 0, 3, 0]);
  expect(counts(await give(admin, 'Customer,Last login\n한빛 물류,2026-10-01\n한빛 물류,yesterday\n'))).toEqual([
    0, 0, 1, 1,
  ]);
  expect(
    await hub.asOwner(
      `select name, last_sign_in_on as on from customer where partner_id = $1 and has_sign_ins order by name`,
      [partnerId],
    ),
  ).toEqual([
    { name: 'Harborlight Freight', on: null },
    { name: '한빛 물류', on: '2026-11-21' },
  ]);
});

test('each bad row is told by line, column, value and reason, and the good ones enter', async () => {
  const hub = await testHub({ regions: ['us', 'eu'] });
  const { admin } = await hub.partner({ homeRegion: 'us' });
  const long = '가'.repeat(5000);
  const customers = await give(
    admin,
    [
      'Name,Country,Org ID,E-mail,Domain,Shoe size',
      `${long},BG,,,,43`,
      'Nowhere,Atlantis,,,,',
      'No id,BG,12,,,',
      'No mail,BG,,@,,',
      'No domain,BG,,,exa mple,',
      'Too few,BG',
      ',BG,,,,',
      'Gulf,AE,,,,',
      'Twin,BG,,,,',
      '"Multi\nline",US,,,,',
      'Twin,US,,,,',
      `=cmd|' /C calc'!A0,US,,,,`,
      'zero\u200bwidth\u0000 👩‍🚀 \u202egnorw,US,,,,,,',
    ].join('\r\n'),
  );
  expect(customers).toMatchObject({ read: 13, created: 4, rejected: 9, ignoredColumns: ['Shoe size'] });
  expect(customers.rejections.map(({ line, column, reason, hint }) => [line, column, reason, hint])).toEqual([
    [2, 'Name', 'too_long', '200'],
    [3, 'Country', 'no_country', ''],
    [4, 'Org ID', 'no_org', ''],
    [5, 'E-mail', 'no_email', ''],
    [6, 'Domain', 'no_domain', ''],
    [7, '', 'columns_of_row', '6'],
    [8, 'Name', 'empty', ''],
    [9, 'Country', 'region_not_served', 'uae'],
    [10, 'Name', 'twice', '13'],
  ]);
  expect(customers.rejections[0]?.value).toHaveLength(100);
  const subscriptions = await give(
    admin,
    [
      'Subscription ID,Customer,Product,Ordered,Start,End,Payment state',
      'S-1,Twin,calling,many,2026-01-01,,',
      'S-1,Twin,fax,1,2026-01-01,,',
      'S-1,Twin,calling,1,03/01/2026,,',
      'S-1,Twin,calling,1,2026-02-30,,',
      'S-1,Twin,calling,1,2026-02-01,2026-01-01,',
      'S-1,Nobody,calling,1,2026-02-01,,',
      'S-1,Twin,calling,1,2026-02-01,,whenever',
      'S-2,Twin,calling,1,2026-02-01,,',
      'S-2,Twin,calling,2,2026-02-01,,',
      'S-2,Twin,meetings,2,2026-02-02,,',
      'S-2,Twin,meetings,2,2026-02-01,,',
      'S-3,"Multi line",,,2026-02-01,,',
      'S-2,"Multi line",calling,,2026-02-01,,',
    ].join('\n'),
  );
  expect(counts(subscriptions)).toEqual([3, 0, 0, 10]);
  expect(subscriptions.rejections.map(({ line, column, reason, hint }) => [line, column, reason, hint])).toEqual([
    [2, 'Ordered', 'no_number', '10000000'],
    [3, 'Product', 'no_choice', expect.stringContaining('Webex Calling')],
    [4, 'Start', 'no_date', ''],
    [5, 'Start', 'no_date', ''],
    [6, 'End', 'ends_before_start', ''],
    [7, 'Customer', 'unknown_customer', ''],
    [8, 'Payment state', 'no_choice', 'current, past due, suspended'],
    [9, 'Product', 'twice', '10'],
    [11, 'Subscription ID', 'twice', '12'],
    [14, 'Ordered', 'empty', ''],
  ]);
  const again = 'Subscription ID,Customer,Start\nS-2,Multi line,2026-02-01\nS-3,Twin,2026-02-01\n';
  expect((await give(admin, again)).rejections.map(({ reason, hint }) => [reason, hint])).toEqual([
    ['taken', 'Twin'],
    ['taken', 'Multi line'],
  ]);
  const sameId = 'Trial ID,Customer,Start,End\nS-2,Twin,2026-02-01,2026-03-01\n';
  expect((await give(admin, sameId)).rejections).toMatchObject([{ column: 'Trial ID', reason: 'taken', hint: 'Twin' }]);
  const trials =
    'Trial ID,Customer,Start,End\nT-1,Twin,2026-01-01,2026-12-31\nT-2,Twin,2026-01-01,\nT-3,Partner,2026-01-01,2026-02-01';
  expect((await give(admin, trials)).rejections.map(({ reason }) => reason)).toEqual([
    'trial_too_long',
    'empty',
    'unknown_customer',
  ]);
});

test('a whole file is refused in words', async () => {
  const hub = await testHub({ regions: ['us'] });
  const { admin, readOnly } = await hub.partner();
  const code = async (body: string | Buffer): Promise<unknown> => refusal(admin, body);
  expect(await code('')).toMatchObject({ code: 'import_empty' });
  expect(await code('\n \n')).toMatchObject({ code: 'import_empty' });
  expect(await code('PK\u0003\u0004xlsx')).toMatchObject({ code: 'import_not_text' });
  expect(await code(Buffer.from('Name,Country\nA,US\nCaf\xe9,FR\n', 'latin1'))).toMatchObject({
    code: 'import_not_utf8',
    data: { line: 3 },
  });
  expect(await code('Start time,Duration\n1,2\n')).toMatchObject({ code: 'records_unknown' });
  expect(await code('Name,Country\n')).toMatchObject({ code: 'import_header_only' });
  expect(await code('Name,Domain\na,b\n')).toMatchObject({
    code: 'import_columns_missing',
    data: { columns: 'Country' },
  });
  expect(await code('Name,Customer name,Country\na,b,US\n')).toMatchObject({
    code: 'import_columns_twice',
    data: { columns: 'Name' },
  });
  expect(await code(`Name,Country\n${'a,US\n'.repeat(200_001)}`)).toMatchObject({ code: 'records_too_many' });
  expect(await refusal(readOnly, 'Name,Country\na,US\n')).toMatchObject({ code: 'permission_denied' });
  const utf16 = Buffer.from(`\ufeffName\tCountry\nГрузия ООД\tBG\n`, 'utf16le');
  expect(await refusal(admin, utf16)).toMatchObject({ read: 1, rejected: 1 });
});

test('who has assigned customers reaches those, creates their own, and learns nothing of others', async () => {
  const hub = await testHub({ regions: ['us'] });
  const { admin, partnerId } = await hub.partner();
  const { client, personId } = await hub.person(partnerId, 'partner_admin');
  const foreignOrg = madeUuid() as OrgUuid;
  const mine = await admin.call(createCustomer, { body: { name: 'Mine', country: 'US', kind: 'owned' } });
  await admin.call(createCustomer, { body: { name: 'Theirs', country: 'US', kind: 'owned', orgUuid: foreignOrg } });
  await admin.call(assignCustomers, { params: { personId }, body: { add: [mine.id] } });
  await give(admin, 'Subscription ID,Customer,Start\nSub-T,Theirs,2026-01-01\n');
  const subscriptions = await give(
    client,
    'Subscription ID,Customer,Start\nSub-M,Mine,2026-01-01\nSub-T,Mine,2026-01-01\nSub-X,Theirs,2026-01-01\n',
  );
  expect(subscriptions).toMatchObject({
    created: 1,
    rejections: [
      { reason: 'taken', hint: '' },
      { reason: 'unknown_customer', hint: '' },
    ],
  });
  const customers = await give(
    client,
    `Name,Country,Org ID\nNew,US,${madeUuid()}\nTheirs,US,\nStolen,US,${foreignOrg}\n`,
  );
  expect(customers).toMatchObject({ created: 2, rejections: [{ line: 4, reason: 'taken', hint: '' }] });
  const assigned = await hub.asOwner<{ name: string }>(
    'select name from customer join assignment on customer_id = customer.id where person_id = $1 order by name',
    [personId],
  );
  expect(assigned.map(({ name }) => name)).toEqual(['Mine', 'New', 'Theirs']);
});

test('a trial by file obeys the rules of any other: one of a product at a time, with licenses', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  await give(admin, customersFile);
  const file = (...rows: string[]) =>
    give(admin, `Trial ID,External ID,Product,Ordered,Start,End\n${rows.join('\n')}\n`);
  const told = ({ rejections }: Awaited<ReturnType<typeof give>>) =>
    rejections.map(({ line, column, value, reason, hint }) => [line, column, value, reason, hint]);
  const [first, ended] = ['T-1,HC-1,Calling,5,2026-11-20,2026-12-20', 'T-1,HC-1,Calling,5,2026-11-20,2026-12-05'];
  expect(counts(await file(first, 'T-0,HC-1,Calling,5,2026-11-01,2026-11-25'))).toEqual([2, 0, 0, 0]);

  const bad = ['T-2,HC-1,Calling,5,2026-12-10,2026-12-30', 'T-3,HC-2,Calling,0,2026-12-01,2026-12-30'];
  const worse = [...bad, 'T-4,HC-2,,,2026-12-01,2026-12-30', 'T-5,HC-1,Calling,5,2027-01-10,2027-01-30'];
  expect(told(await file(...worse))).toEqual([
    [2, 'Product', 'calling', 'trial_open', 'T-1'],
    [3, 'Ordered', '0', 'no_licenses', ''],
    [4, 'Product', '', 'no_product', ''],
    [5, 'Product', 'calling', 'trial_open', 'T-1'],
  ]);
  expect(told(await give(admin, 'Trial ID,External ID,Start,End\nT-6,HC-2,2026-12-01,2026-12-30'))).toEqual([
    [2, 'Product', '', 'no_product', ''],
  ]);
  // Of another product or another customer it is in nobody's way; nor is what is over.
  const others = ['T-7,HC-1,Devices,5,2026-12-01,2026-12-30', 'T-8,HC-2,Calling,5,2026-12-01,2026-12-30'];
  expect(counts(await file(...others, 'T-9,HC-1,Calling,5,2026-11-20,2026-11-30'))).toEqual([3, 0, 0, 0]);

  // In whatever order one file ends the one and starts the next.
  const next = 'T-2,HC-1,Calling,5,2026-12-06,2026-12-30';
  expect(told(await file(next.replace('12-06', '12-05'), first.replace('12-20', '12-06')))).toEqual(
    [
      [3, 'Product', 'calling', 'trial_open', 'T-2'],
      [2, 'Product', 'calling', 'trial_open', 'T-1'],
    ].toSorted((a, b) => Number(a[0]) - Number(b[0])),
  );
  expect(counts(await file(next, ended))).toEqual([1, 1, 0, 0]);
  expect(counts(await file(next, ended))).toEqual([0, 0, 2, 0]);
  expect(told(await file(ended, 'T-10,HC-1,Calling,1,2026-12-06,2026-12-07'))).toEqual([
    [3, 'Product', 'calling', 'trial_open', 'T-2'],
  ]);
});
