import { assignCustomers } from '@hub/contract/administrators';
import * as api from '@hub/contract/freshness';
import { type ImportBatch, undoImport, uploadImport } from '@hub/contract/imports';
import { expect, test } from 'vitest';
import { type LegRecord, legRecord } from '../../testing/leg-record.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { type LinkedCustomer, usageHub } from '../../testing/usage-hub.ts';
import { addDays } from './days.ts';

const region = 'us';
// The hub's day is 2026-12-01, a Tuesday: what is of November 29 should be there.
const due = '2026-11-29';

const legsOf = (
  { orgUuid }: LinkedCustomer,
  days: readonly string[],
  change: (day: string) => Partial<LegRecord> = () => ({}),
): LegRecord[] =>
  days.map((day) => legRecord({ org_uuid: orgUuid, start_time: `${day}T09:30:00.000Z`, ...change(day) }));

const span = (from: string, to: string): string[] => {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
};
/** So that three days without any are no chance. */
const twice = (days: readonly string[]): string[] => [...days, ...days];
const isWorkday = (day: string): boolean => [1, 2, 3, 4, 5].includes(new Date(day).getUTCDay());
const list = (as: TestClient, query: Partial<Parameters<typeof asQuery>[0]> = {}) =>
  as.call(api.listFreshness, { query: asQuery(query) });
const asQuery = (query: {
  feed?: 'webex_call_history' | 'webex_call_queue_stats';
  state?: 'late' | 'gaps';
  q?: string;
  sort?: api.FreshnessSort;
  order?: 'asc' | 'desc';
  after?: string;
  limit?: number;
}) => ({ region, ...query }) as const;
const calendar = (as: TestClient, { id }: LinkedCustomer, query: { from?: string; to?: string } = {}) =>
  as.call(api.getCustomerFreshness, { params: { customerId: id }, query });

test('period, last record, cadence, gaps and lateness of each customer, the worst first, by page, filter and CSV', {
  timeout: 120_000,
}, async () => {
  const usage = await usageHub();
  const { admin } = await usage.hub.partner();
  const whole = await usage.customer(admin, 'Whole', region);
  const holed = await usage.customer(admin, 'Holed', region);
  const gone = await usage.customer(admin, 'Gone', region);
  await usage.customer(admin, 'Without data', region);
  const daily = span('2026-10-01', due);
  await usage.load(admin, region, [
    ...legsOf(whole, daily),
    ...legsOf(whole, [due]),
    ...legsOf(holed, twice(daily.filter((day) => isWorkday(day) && (day < '2026-10-19' || day > '2026-10-21')))),
    ...legsOf(gone, span('2026-10-01', '2026-11-10')),
  ]);

  const { items, ...rest } = await list(admin);
  expect(rest).toMatchObject({
    rows: 3,
    rowsUnfiltered: 3,
    late: 1,
    withGaps: 1,
    from: '2025-11-26',
    to: '2026-12-01',
    next: null,
  });
  expect(items.map(({ customerName }) => customerName)).toEqual(['Gone', 'Holed', 'Whole']);
  expect(items[0]).toMatchObject({
    customerId: gone.id,
    feed: 'webex_call_history',
    firstDay: '2026-10-01',
    lastDay: '2026-11-10',
    lastRecordAt: '2026-11-10T09:30:00.000Z',
    cadence: { kind: 'daily', usualBreak: 0 },
    gaps: 0,
    late: { from: '2026-11-11', to: due, days: 19 },
    missingDays: 19,
  });
  expect(items[1]).toMatchObject({
    lastDay: '2026-11-27',
    cadence: { kind: 'workdays', weekdays: [1, 2, 3, 4, 5] },
    gaps: 1,
    late: null,
    missingDays: 3,
  });
  expect(items[2]).toMatchObject({ lastDay: due, gaps: 0, late: null, missingDays: 0 });

  const names = async (query: Parameters<typeof list>[1]) =>
    (await list(admin, query)).items.map(({ customerName }) => customerName);
  expect(await names({ state: 'late' })).toEqual(['Gone']);
  expect(await names({ state: 'gaps' })).toEqual(['Holed']);
  expect(await names({ q: ' OLED ' })).toEqual(['Holed']);
  expect(await names({ feed: 'webex_call_queue_stats' })).toEqual([]);
  for (const sort of api.FreshnessSort.options) {
    for (const order of ['asc', 'desc'] as const) {
      const paged: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await list(admin, { sort, order, limit: 1, ...(after === undefined ? {} : { after }) });
        paged.push(...page.items.map(({ customerName }) => customerName));
        if (page.next === null) break;
        after = page.next;
      }
      expect([sort, order, paged]).toEqual([sort, order, await names({ sort, order })]);
    }
  }
  const { next } = await list(admin, { limit: 1 });
  for (const query of [asQuery({ sort: 'gaps', after: next ?? '' }), asQuery({ after: 'nothing' })])
    expect(await admin.refusal(api.listFreshness, { query })).toMatchObject({ code: 'cursor_invalid' });

  const csv = await admin.download(api.exportFreshness, { query: { region } });
  const lines = csv.text.trim().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[0]).toContain('Customer name,Org ID,Feed,First day,Last day');
  expect(lines[2]).toContain('workdays,Mon Tue Wed Thu Fri,,0,1,3,2026-10-19/2026-10-21');
});

test('the calendar counts what the questions count, and a late import and its undo change its days at once', {
  timeout: 120_000,
}, async () => {
  const usage = await usageHub();
  const { admin } = await usage.hub.partner();
  const customer = await usage.customer(admin, 'Changing', region);
  const hole = span('2026-11-10', '2026-11-12');
  const days = span('2026-10-20', due).filter((day) => !hole.includes(day));
  await usage.load(admin, region, legsOf(customer, twice(days)));
  const before = await calendar(admin, customer);
  expect(before).toMatchObject({ region, customerName: 'Changing', from: '2025-11-26', to: '2026-12-01' });
  expect(before.feeds).toMatchObject([
    { feed: 'webex_call_history', gaps: [{ from: '2026-11-10', to: '2026-11-12', days: 3 }], late: null },
  ]);
  expect(before.feeds[0]?.days).toEqual(days.map((day) => ({ day, records: 2 })));
  expect((await list(admin)).items).toMatchObject([{ gaps: 1, missingDays: 3 }]);

  const late = legsOf(customer, [...hole, ...hole, '2026-11-13']);
  const batch: ImportBatch = await usage.load(admin, region, late);
  const filled = await calendar(admin, customer);
  expect(filled.feeds[0]?.gaps).toEqual([]);
  expect(filled.feeds[0]?.days).toEqual(
    span('2026-10-20', due).map((day) => ({ day, records: day === '2026-11-13' ? 3 : 2 })),
  );
  expect((await list(admin)).items).toMatchObject([{ gaps: 0, missingDays: 0 }]);

  // The same records again, one of them as a later version on another day: none counts twice.
  const moved = { ...late[0]!, start_time: '2026-11-14T09:30:00.000Z', report_time: '2026-12-01T00:00:00.000Z' };
  const version = await usage.load(admin, region, [...late.slice(1), moved]);
  const countOn = async (day: string) =>
    (await calendar(admin, customer)).feeds[0]?.days.find((entry) => entry.day === day)?.records;
  expect([await countOn('2026-11-10'), await countOn('2026-11-14')]).toEqual([1, 3]);
  await admin.call(undoImport, { params: { importId: version.id } });
  expect([await countOn('2026-11-10'), await countOn('2026-11-14')]).toEqual([2, 2]);

  await admin.call(undoImport, { params: { importId: batch.id } });
  expect(await calendar(admin, customer)).toEqual(before);
});

test('statistics cover each day of their period, and have the time of another period before they are late', {
  timeout: 120_000,
}, async () => {
  const usage = await usageHub();
  const { admin } = await usage.hub.partner();
  const customer = await usage.customer(admin, 'Queues', region);
  const stats = (queue: string) => `Call Queue,Location,Total Calls,Abandoned Calls\r\n${queue},Sofia,40,10\r\n`;
  const report = async (from: string, to: string) => {
    const query = { region, fileName: 'queues.csv', orgUuid: customer.orgUuid, from, to } as const;
    await admin.upload(uploadImport, { query, body: stats('Front desk') });
  };
  // From Monday to Sunday.
  for (const week of [0, 1, 2, 4]) await report(addDays('2026-10-19', 7 * week), addDays('2026-10-25', 7 * week));
  // Begins before what is looked at.
  await report('2025-11-20', '2025-11-26');
  await usage.settle(admin);
  const [feed] = (await calendar(admin, customer)).feeds;
  expect(feed).toMatchObject({
    feed: 'webex_call_queue_stats',
    firstDay: '2025-11-26',
    lastDay: '2026-11-22',
    lastRecordAt: null,
  });
  expect(feed?.days).toEqual(
    ['2025-11-26', ...span('2026-10-19', '2026-11-08'), ...span('2026-11-16', '2026-11-22')].map((day) => ({
      day,
      records: 1,
    })),
  );
  const since = await calendar(admin, customer, { from: '2026-10-01', to: '2026-12-01' });
  expect(since.feeds[0]).toMatchObject({
    firstDay: '2026-10-19',
    cadence: { kind: 'daily' },
    gaps: [{ from: '2026-11-09', to: '2026-11-15', days: 7 }],
    late: { from: '2026-11-23', to: '2026-11-23', days: 1 },
  });
  expect((await list(admin, { feed: 'webex_call_queue_stats' })).items).toMatchObject([{ customerId: customer.id }]);
});

test('who sees assigned customers sees the freshness of those, a help desk of none', async () => {
  const usage = await usageHub();
  const { admin, partnerId } = await usage.hub.partner();
  const stranger = await usage.hub.partner();
  const pia = await usage.hub.person(partnerId, 'partner_admin');
  const helpDesk = await usage.hub.person(partnerId, 'help_desk_advanced');
  const mine = await usage.customer(admin, 'Mine', region);
  const theirs = await usage.customer(admin, 'Theirs', region);
  await usage.load(admin, region, [...legsOf(mine, ['2026-11-03']), ...legsOf(theirs, ['2026-11-04'])]);
  await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [mine.id] } });

  expect((await list(pia.client)).items.map(({ customerId }) => customerId)).toEqual([mine.id]);
  expect(await list(pia.client)).toMatchObject({ rows: 1, rowsUnfiltered: 1 });
  expect((await pia.client.download(api.exportFreshness, { query: { region } })).text).not.toContain('Theirs');
  expect((await calendar(pia.client, mine)).feeds).toHaveLength(1);
  for (const as of [pia.client, stranger.admin])
    expect(await as.refusal(api.getCustomerFreshness, { params: { customerId: theirs.id } })).toMatchObject({
      code: 'customer_not_found',
    });
  expect((await list(stranger.admin)).items).toEqual([]);
  for (const endpoint of [api.listFreshness, api.exportFreshness] as const)
    expect(await helpDesk.client.refusal(endpoint, { query: { region } })).toMatchObject({ code: 'permission_denied' });
  const ask = { query: { region, from: '2026-11-03', to: '2026-11-05' } } as const;
  expect(await helpDesk.client.refusal(api.explainEmpty, ask)).toMatchObject({ code: 'permission_denied' });
  // Of the others' records nothing is told, not even that there are some.
  expect(await pia.client.call(api.explainEmpty, { query: { ...ask.query, from: '2026-11-04' } })).toEqual({
    reasons: [{ code: 'ended_before', lastDay: '2026-11-03' }],
  });
});

test('a range of a calendar is whole and not too long', async () => {
  const usage = await usageHub();
  const { admin } = await usage.hub.partner();
  const customer = await usage.customer(admin, 'Ranges', region);
  const refusal = (query: { from: string; to: string }) =>
    admin.refusal(api.getCustomerFreshness, { params: { customerId: customer.id }, query });
  expect(await refusal({ from: '2026-11-02', to: '2026-11-01' })).toMatchObject({ code: 'range_invalid' });
  expect(await refusal({ from: '2025-01-01', to: '2026-02-05' })).toMatchObject({
    code: 'range_too_long',
    data: { maximumDays: 400 },
  });
  await usage.load(admin, region, legsOf(customer, ['2025-01-01', '2026-02-04']));
  const whole = await calendar(admin, customer, { from: '2025-01-01', to: '2026-02-04' });
  expect(whole.feeds[0]?.days.map(({ day }) => day)).toEqual(['2025-01-01', '2026-02-04']);
  expect((await calendar(admin, customer)).feeds[0]?.firstDay).toBe('2026-02-04');
});

test('a leg whose import has not been committed covers nothing', async () => {
  const usage = await usageHub();
  const { admin, partnerId } = await usage.hub.partner();
  const customer = await usage.customer(admin, 'Open', region);
  await usage.load(admin, region, legsOf(customer, ['2026-11-03']));
  await usage.hub.asOwner("update import_batch set state = 'failed', can_be_undone = false where partner_id = $1", [
    partnerId,
  ]);
  expect((await calendar(admin, customer)).feeds).toEqual([]);
});
