import {
  callingUsageMeasures,
  exportCallingUsage,
  getCallingUsage,
  getCallingUsageByRegion,
} from '@hub/contract/calling-usage';
import { expect, test } from 'vitest';
import { legRecord } from '../../testing/leg-record.ts';
import { mediaCsv, queueCsv } from '../../testing/report-records.ts';
import { usageHub } from '../../testing/usage-hub.ts';

/** The columns of the Calling usage details report (DOMAIN 1.6). */
const columns = [
  'Customer name',
  'Org ID',
  'Location',
  'Total calls',
  'Total call legs',
  'Total poor quality call legs',
  'Call minutes',
  'Call minutes - Video',
  'Call legs - Audio',
  'Call legs - Video',
  'Call legs - Deskphone',
  'Call legs - Room device',
  'Call legs - Other devices',
  'Calls - Hunt group calls',
  'Calls - Auto attendant calls',
  'Call queue - Total calls',
  'Call queue - Calls timed out',
  'Call queue - Calls overflowed',
  'Call queue - Calls transferred',
  'Call queue - Calls abandoned',
];

/** RFC 4180, read as strictly as a reader can. */
function records(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let match = field.exec(text); match; match = field.exec(text)) {
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
    if (field.lastIndex === text.length) return rows;
  }
  throw new Error(`No field at ${JSON.stringify(text.slice(field.lastIndex, field.lastIndex + 40))}.`);
}

test('the CSV is the table: its rows, its order and its numbers', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin, readOnly } = await hub.partner();
  const names = ['Plain', '=HYPERLINK("x")', '+359 2 123', '-1+1', '@cmd', 'Quote "this", please', 'ЕООД 🏢'];
  const locations = ['Sofia', '', 'NA', '=1+1', '+1 (555) 010', 'two\nlines', 'car\rriage', 'semi;colon'];
  const legs = [];
  for (const name of names) {
    const { orgUuid } = await customer(admin, name, 'us');
    for (const [index, location] of locations.entries()) {
      for (let n = 0; n <= index; n++) legs.push(legRecord({ org_uuid: orgUuid, location, duration: 20 * index }));
    }
  }
  await load(admin, 'us', legs);

  const range = { from: '2026-11-01', to: '2026-11-30' };
  for (const query of [
    { region: 'us', ...range },
    { region: 'us', ...range, sort: 'callMinutes', order: 'desc' },
    { region: 'us', ...range, sort: 'location', order: 'asc', q: '1' },
  ] as const) {
    const { items, totals } = await admin.call(getCallingUsage, { query: { ...query, limit: 1000 } });
    const { text, fileName, headers } = await readOnly.download(exportCallingUsage, { query });
    expect(fileName).toMatch(/^Calling usage details_[0-9a-z]{8}_2026-12-01\.csv$/);
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text.startsWith('\uFEFFCustomer name,Org ID,')).toBe(true);
    const [header, ...rows] = records(text.slice(1));
    expect(header).toEqual(columns);
    expect(header?.slice(3)).toEqual(Object.values(callingUsageMeasures).map(({ label }) => label));
    const asWritten = (value: string): string => (['=', '@', '-'].includes(value.charAt(0)) ? `'${value}` : value);
    expect(rows).toEqual(
      items.map(({ customerName, orgUuid, location, cells }) => [
        asWritten(customerName),
        orgUuid,
        asWritten(location),
        ...Object.keys(callingUsageMeasures).map((key) => String(cells[key as keyof typeof cells] ?? '')),
      ]),
    );
    const sum = (column: string): number =>
      rows.reduce((total, row) => total + Number(row[columns.indexOf(column)]), 0);
    expect(sum('Total call legs')).toBe(totals.callLegs);
    expect(new Set(rows.map((row) => row[columns.indexOf('Call legs - Audio')]))).toEqual(new Set(['']));
    if ('q' in query) continue;
    expect(totals.callLegs).toBe(legs.length);
    const regions = await admin.call(getCallingUsageByRegion, { query: range });
    expect(regions.totals).toEqual(totals);
    expect(regions.items[0]).toMatchObject({ region: 'us', cells: totals, customers: names.length });
  }
});

test('the CSV has the columns of the other feeds by the policy that is asked for; whoever has nothing of a feed has empty cells', async () => {
  const { hub, load, loadFile, customer } = await usageHub();
  const { admin } = await hub.partner();
  const [one, two] = [await customer(admin, 'One', 'us'), await customer(admin, 'Two', 'us')];
  await load(admin, 'us', [legRecord({ org_uuid: one.orgUuid }), legRecord({ org_uuid: two.orgUuid })]);
  const media = {
    org_uuid: one.orgUuid,
    location: 'Sofia',
    call_id: 'a',
    correlation_id: '',
    user_uuid: '0000000a-5e50-4000-8000-00000000cafe',
    start_time: '2026-11-02T09:30:00.000Z',
    jitter: 200,
    latency: 80,
    loss: null,
    videoSeconds: 90,
    videoJitter: null,
  };
  await loadFile(admin, 'us', mediaCsv([media]));
  const queue = {
    org_uuid: one.orgUuid,
    location: 'Varna',
    queue: 'Sales',
    timedOut: 1,
    overflowed: 2,
    transferred: 3,
    abandoned: 4,
  };
  const days = { from: '2026-11-01', to: '2026-11-30' };
  await loadFile(admin, 'us', queueCsv([{ ...queue, ...days }]), days);
  const cellsOf = async (query: { from: string; to: string; policy?: 'documented' | 'any_threshold' }) => {
    const { text } = await admin.download(exportCallingUsage, { query: { region: 'us', ...query } });
    const [, ...rows] = records(text.slice(1));
    const of = (row: string[], first: string, last: string): string =>
      row.slice(columns.indexOf(first), columns.indexOf(last) + 1).join();
    return rows.map((row) => [
      row[0],
      row[2],
      of(row, 'Total poor quality call legs', 'Call legs - Video'),
      of(row, 'Call queue - Calls timed out', 'Call queue - Calls abandoned'),
    ]);
  };
  expect(await cellsOf({ ...days, policy: 'any_threshold' })).toEqual([
    ['One', 'Sofia', '1,1,2,1,1', '0,0,0,0'],
    ['One', 'Varna', '0,0,0,0,0', '1,2,3,4'],
    ['Two', 'Sofia', ',1,,,', ',,,'],
  ]);
  expect((await cellsOf(days))[0]).toEqual(['One', 'Sofia', '0,1,2,1,1', '0,0,0,0']);
  // A queue row that reaches beyond the range is not in it.
  expect(await cellsOf({ from: '2026-11-02', to: '2026-11-30' })).toHaveLength(2);
});

test('two downloads have different names, and an empty table is a header', async () => {
  const { hub } = await usageHub();
  const { admin } = await hub.partner();
  const query = { region: 'eu', from: '2026-11-01', to: '2026-11-30' } as const;
  const [one, two] = [
    await admin.download(exportCallingUsage, { query }),
    await admin.download(exportCallingUsage, { query }),
  ];
  expect(one.fileName).not.toBe(two.fileName);
  expect(records(one.text.slice(1))).toEqual([columns]);
});
