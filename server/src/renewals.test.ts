import { assignCustomers } from '@hub/contract/administrators';
import { exportAuditEvents, listAuditEvents } from '@hub/contract/audit';
import { createCustomer, mergeCustomer } from '@hub/contract/customers';
import type { CustomerId, PersonId, SubscriptionId } from '@hub/contract/ids';
import { sumOfMoney } from '@hub/contract/renewal-forecast';
import { dayAfter, urgencyOf } from '@hub/contract/renewal-rules';
import {
  changeRenewal,
  exportRenewals,
  getRenewal,
  getRenewalTotals,
  listRenewalOwners,
  listRenewals,
  type RenewalRow,
  tryRenewals,
} from '@hub/contract/renewals';
import { importRecords } from '@hub/contract/record-imports';
import { createSubscription, type SubscriptionTerms } from '@hub/contract/subscriptions';
import { changeStatusPolicy } from '@hub/contract/status-policy';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { buildApp } from './app.ts';
import { type Ctx, inTenant } from './features/access/index.ts';
import { renewedEnd } from './features/statuses/index.ts';
import { csvOf, importDesk, orgOf } from './features/imports/test-support.ts';
import { type RegionalStore, StoreFault } from './platform/regional-store/index.ts';
import { mintToken } from './testing/sweep-world.ts';
import { type TestClient, testClient } from './testing/test-client.ts';
import { testHub, type TestHub, type TestPartner } from './testing/test-hub.ts';

const today = '2026-12-01';
const inDays = (days: number): string => dayAfter(today, days);

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});

interface Given {
  endsOn: string | null;
  autoRenews?: boolean;
  termMonths?: number | null;
  startsOn?: string;
  lines?: SubscriptionTerms['lines'];
}

async function customerOf({ admin }: Pick<TestPartner, 'admin'>, name: string, orgUuid?: string): Promise<CustomerId> {
  const made = await admin.call(createCustomer, { body: { name, country: 'US', ...(orgUuid ? { orgUuid } : {}) } });
  return made.id;
}

async function subscribe(
  admin: TestClient,
  customerId: CustomerId,
  reference: string,
  given: Given,
): Promise<SubscriptionId> {
  const { autoRenews = false, termMonths = 12, startsOn = '2026-01-01', lines } = given;
  const { id } = await admin.call(createSubscription, {
    params: { customerId },
    body: {
      reference,
      startsOn,
      endsOn: given.endsOn,
      termMonths,
      autoRenews,
      paymentState: 'current',
      setupState: 'provisioned',
      setupNote: null,
      lines: lines ?? [{ product: 'calling', ordered: 10, assigned: 8 }],
    },
  });
  return id;
}

const invoiceHead = 'Invoice ID,Subscription ID,Product,Quantity,Period from,Period to,Amount,Currency,State';
async function invoice(admin: TestClient, ...lines: string[]): Promise<void> {
  await admin.upload(importRecords, {
    query: { fileName: 'invoices.csv' },
    body: `${[invoiceHead, ...lines].join('\n')}\n`,
  });
}

const listOf = (client: TestClient, query: object = {}): Promise<RenewalRow[]> =>
  client.call(listRenewals, { query: { region: 'us', ...query } }).then(({ rows }) => rows);
const references = (rows: readonly RenewalRow[]): string[] => rows.map(({ reference }) => reference);

const workOf = (row: RenewalRow | undefined) => {
  if (!row) throw new Error('There is no such row.');
  const { stage, owner, note, noticeDays, termEndsOn, version } = row.work;
  return {
    params: { subscriptionId: row.subscriptionId },
    body: { stage, ownerId: owner?.personId ?? null, note, noticeDays, termEndsOn, version },
  };
};

test('the list holds what is urgent at its boundaries, by urgency and end, and nothing else', async () => {
  const partner = await hub.partner();
  const customerId = await customerOf(partner, 'Boundary');
  const ends: [string, number, boolean][] = [
    ['renews-44', 44, true],
    ['renews-45', 45, true],
    ['renews-90', 90, true],
    ['renews-91', 91, true],
    ['renews-0', 0, true],
    ['ends-0', 0, false],
    ['ends-30', 30, false],
    ['ends-31', 31, false],
    ['ends-90', 90, false],
    ['ends-91', 91, false],
    ['ended-1', -1, false],
    ['ended-30', -30, false],
    ['ended-31', -31, false],
  ];
  for (const [reference, days, autoRenews] of ends)
    await subscribe(partner.admin, customerId, reference, { endsOn: inDays(days), autoRenews });
  await subscribe(partner.admin, customerId, 'endless', { endsOn: null });
  await subscribe(partner.admin, customerId, 'not begun', { endsOn: inDays(20), startsOn: inDays(1) });
  const rows = await listOf(partner.admin);
  const day = (a: RenewalRow, b: RenewalRow): number =>
    ['high', 'upcoming', 'grace'].indexOf(a.urgency) - ['high', 'upcoming', 'grace'].indexOf(b.urgency) ||
    a.daysUntil - b.daysUntil;
  expect(rows).toEqual(rows.toSorted(day));
  expect(rows.map(({ reference, urgency }) => `${reference} ${urgency}`).toSorted()).toEqual([
    'ended-1 grace',
    'ended-30 grace',
    'ends-0 high',
    'ends-30 high',
    'ends-31 upcoming',
    'ends-90 upcoming',
    'renews-0 high',
    'renews-44 high',
    'renews-45 upcoming',
    'renews-90 upcoming',
  ]);
  expect(references(await listOf(partner.admin, { urgency: 'grace' }))).toEqual(['ended-30', 'ended-1']);
  expect(rows.find(({ reference }) => reference === 'renews-44')).toMatchObject({
    lastDayToReduce: inDays(14),
    daysUntil: 44,
    work: { version: 0, stage: 'not_started', noticeDays: 30 },
  });
});

test('the end of a term is told by the directory as by the statuses, and rows are as urgent as the rule says', async () => {
  const partner = await hub.partner();
  const customerId = await customerOf(partner, 'Terms');
  const given = [
    '2024-02-29',
    '2026-01-31',
    '2026-11-30',
    '2026-08-31',
    '2025-12-15',
    '2023-11-28',
    today,
    inDays(60),
  ].flatMap((endsOn) => [null, 1, 2, 3, 12, 36].map((termMonths) => ({ endsOn, termMonths })));
  for (const { endsOn, termMonths } of given)
    for (const day of ['2026-12-01', '2026-11-30', '2027-02-28', '2028-02-29', '2026-12-31']) {
      const told = await inTenant(hub.ctx(partner.partnerId), (tx) =>
        sql<{
          end: string | null;
        }>`select tenant.term_end(${endsOn}::date, ${termMonths}::int, true, ${day}::date) as end`.execute(tx),
      );
      expect([endsOn, termMonths, day, told.rows[0]?.end]).toEqual([
        endsOn,
        termMonths,
        day,
        renewedEnd({ endsOn, termMonths }, day),
      ]);
    }
  for (const [at, one] of given.entries())
    await subscribe(partner.admin, customerId, `T-${at}`, { ...one, autoRenews: true, startsOn: '2022-01-01' });
  const rows = await listOf(partner.admin, { limit: 1000 });
  const expected = given.flatMap((one, at) => {
    const endsOn = renewedEnd(one, today);
    const urgency = endsOn === null ? undefined : urgencyOf({ endsOn, autoRenews: true, noticeDays: 30 }, today);
    return urgency === undefined ? [] : [`T-${at} ${urgency} ${endsOn}`];
  });
  expect(expected.length).toBeGreaterThan(20);
  expect(rows.map((row) => `${row.reference} ${row.urgency} ${row.endsOn}`).toSorted()).toEqual(expected.toSorted());
});

test('today is the date in the partner’s zone', async () => {
  const partner = await hub.partner();
  const customerId = await customerOf(partner, 'Zone');
  await subscribe(partner.admin, customerId, 'Z', { endsOn: inDays(-1) });
  const daysIn = async (timeZone: string) => {
    await partner.admin.call(changeStatusPolicy, { body: { timeZone, expiresSoonDays: 14, inactiveDays: 90 } });
    return (await listOf(partner.admin)).map(({ daysUntil, urgency }) => [daysUntil, urgency]);
  };
  expect(await daysIn('UTC')).toEqual([[-1, 'grace']]);
  expect(await daysIn('Pacific/Midway')).toEqual([[0, 'high']]);
  expect(await daysIn('Pacific/Kiritimati')).toEqual([[-2, 'grace']]);
});

test('a notice of its own moves the last day to reduce, beyond the 90 days as well, and the next term begins with it', async () => {
  const partner = await hub.partner();
  const customerId = await customerOf(partner, 'Notice');
  const id = await subscribe(partner.admin, customerId, 'N', { endsOn: inDays(60), autoRenews: true });
  await subscribe(partner.admin, customerId, 'far', { endsOn: inDays(134), autoRenews: true });
  const [row] = await listOf(partner.admin);
  await partner.admin.call(changeRenewal, {
    ...workOf(row),
    body: { ...workOf(row).body, noticeDays: 50, note: 'Until then' },
  });
  expect(await listOf(partner.admin)).toMatchObject([{ urgency: 'high', lastDayToReduce: inDays(10) }]);
  const [{ id: far } = { id: '' }] = await hub.asOwner<{ id: string }>(
    "select id from subscription where reference = 'far' and partner_id = $1",
    [partner.partnerId],
  );
  const { work } = await partner.admin.call(getRenewal, { params: { subscriptionId: far } });
  await partner.admin.call(changeRenewal, {
    params: { subscriptionId: far },
    body: {
      stage: 'contacted',
      ownerId: null,
      note: '',
      noticeDays: 120,
      termEndsOn: work?.termEndsOn ?? '',
      version: 0,
    },
  });
  expect(await listOf(partner.admin)).toMatchObject([{ reference: 'N' }, { reference: 'far', urgency: 'high' }]);
  await hub.asOwner('update subscription set ends_on = $2 where id = $1', [id, inDays(61)]);
  expect((await listOf(partner.admin)).find(({ reference }) => reference === 'N')).toMatchObject({
    work: { version: 0, stage: 'not_started', note: '', noticeDays: 50, termEndsOn: inDays(61) },
  });
  const told = await partner.admin.call(getRenewal, { params: { subscriptionId: id } });
  expect(told.past).toMatchObject([{ termEndsOn: inDays(60), note: 'Until then', version: 1 }]);
  // What was begun about the term before is not written into this one.
  const refused = await partner.admin.refusal(changeRenewal, {
    ...workOf(row),
    body: { ...workOf(row).body, version: 1 },
  });
  expect(refused).toMatchObject({ code: 'renewal_term_over', data: { reference: 'N', endsOn: inDays(61) } });
});

test('when a subscription renews a fresh piece of work begins, and the one before stays as it was', async () => {
  const partner = await hub.partner();
  const customerId = await customerOf(partner, 'Monthly');
  const id = await subscribe(partner.admin, customerId, 'M', { endsOn: '2026-02-05', termMonths: 1, autoRenews: true });
  const [row] = await listOf(partner.admin);
  expect(row?.endsOn).toBe('2026-12-05');
  const { params, body } = workOf(row);
  await partner.admin.call(changeRenewal, {
    params,
    body: { ...body, stage: 'agreed', note: 'December', noticeDays: 3 },
  });
  const later = await testHub({ now: '2026-12-06T10:00:00.000Z' });
  const { client } = await later.person(partner.partnerId, 'partner_full');
  const [next] = await listOf(client);
  expect(next).toMatchObject({
    endsOn: '2027-01-05',
    lastDayToReduce: '2027-01-02',
    work: { version: 0, stage: 'not_started', note: '' },
  });
  await client.call(changeRenewal, { ...workOf(next), body: { ...workOf(next).body, note: 'January' } });
  const told = await client.call(getRenewal, { params: { subscriptionId: id } });
  expect(told.work).toMatchObject({ termEndsOn: '2027-01-05', note: 'January', version: 1, noticeDays: 3 });
  expect(told.past).toMatchObject([{ termEndsOn: '2026-12-05', note: 'December', stage: 'agreed', version: 1 }]);
});

test('two people change the same work: the second is told and nothing is lost; both are in the audit log', async () => {
  const partner = await hub.partner();
  const customerId = await customerOf(partner, 'Twice');
  const id = await subscribe(partner.admin, customerId, 'C', { endsOn: inDays(10) });
  const [row] = await listOf(partner.admin);
  const { params, body } = workOf(row);
  const first = await partner.admin.call(changeRenewal, {
    params,
    body: { ...body, stage: 'quoted', ownerId: partner.adminId },
  });
  expect(first).toMatchObject({
    version: 1,
    stage: 'quoted',
    owner: { personId: partner.adminId },
    changedBy: { personId: partner.adminId },
  });
  const second = { params, body: { ...body, note: 'Asked for\r\nfewer' } };
  expect((await partner.admin.refusal(changeRenewal, second)).code).toBe('changed_meanwhile');
  const { work } = await partner.admin.call(getRenewal, { params });
  expect(work).toEqual(first);
  const merged = { ...second.body, stage: first.stage, ownerId: partner.adminId, version: first.version };
  expect(await partner.admin.call(changeRenewal, { params, body: merged })).toMatchObject({
    version: 2,
    stage: 'quoted',
    note: 'Asked for\nfewer',
  });
  // The same once more changes nothing.
  expect(await partner.admin.call(changeRenewal, { params, body: { ...merged, version: 2 } })).toMatchObject({
    version: 2,
  });
  const told = (await hub.auditOf(id)).filter(({ action }) => action === 'renewals.change');
  expect(told.map(({ after }) => after)).toMatchObject([
    { stage: 'quoted', note: '' },
    { stage: 'quoted', note: 'Asked for\nfewer' },
  ]);
  expect(told[1]?.before).toMatchObject({ termEndsOn: inDays(10), note: '' });
  const both = await Promise.allSettled(
    ['lost', 'agreed'].map((stage) =>
      partner.admin.call(changeRenewal, { params, body: { ...merged, stage: stage as 'lost', version: 2 } }),
    ),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('the log names the subscription that was worked on; what was written down only to whoever may see it', async () => {
  const partner = await hub.partner();
  const { admin, adminId, partnerId } = partner;
  const helpDesk = (await hub.person(partnerId, 'help_desk_advanced')).client;
  const scopes = ['audit.read', 'audit.export'] as const;
  const script = hub.script((await mintToken(hub, adminId, partnerId, { scopes })).secret);
  const customerId = await customerOf(partner, 'Logged');
  await subscribe(admin, customerId, 'Sub-logged', { endsOn: inDays(10) });
  const { params, body } = workOf((await listOf(admin))[0]);
  const written = { stage: 'quoted' as const, ownerId: adminId, note: 'Wants a discount', noticeDays: 47 };
  await admin.call(changeRenewal, { params, body: { ...body, ...written } });
  const query = { action: 'renewals.change' };
  const { items } = await admin.call(listAuditEvents, { query: { ...query, q: 'sub-logged' } });
  const of = { reference: 'Sub-logged', termEndsOn: inDays(10) };
  expect(items.map(({ target, before, after }) => ({ name: target.name, before, after }))).toEqual([
    {
      name: 'Sub-logged',
      before: { ...of, stage: 'not_started', ownerId: null, note: '', noticeDays: 30 },
      after: { ...of, ...written },
    },
  ]);
  for (const client of [helpDesk, script]) {
    const told = await client.call(listAuditEvents, { query });
    expect(
      told.items.map(({ target, onBehalfOf, before, after }) => [target.name, onBehalfOf?.name, before, after]),
    ).toEqual([[null, 'Logged', null, null]]);
    expect((await client.call(listAuditEvents, { query: { q: 'sub-logged' } })).items).toEqual([]);
  }
  const { text } = await script.download(exportAuditEvents, { query });
  expect(text).toContain(',Logged,');
  expect(text).not.toMatch(/discount|quoted|Sub-logged/);
});

test('an owner is an administrator who may change subscriptions and sees the customer; whoever leaves owns nothing', async () => {
  const partner = await hub.partner();
  const other = await hub.partner();
  const pia = await hub.person(partner.partnerId, 'partner_admin');
  const customerId = await customerOf(partner, 'Owned');
  await subscribe(partner.admin, customerId, 'O', { endsOn: inDays(10) });
  await subscribe(partner.admin, customerId, 'P', { endsOn: inDays(11) });
  const offered = async (client: TestClient): Promise<string[]> =>
    (await client.call(listRenewalOwners, { query: { customerId } })).items.map(({ personId }) => personId).toSorted();
  const { items } = await partner.readOnly.call(listRenewalOwners, { query: {} });
  expect(items.map(({ personId }) => personId).toSorted()).toEqual([partner.adminId, pia.personId].toSorted());
  // Of a customer only those who could be saved as its owner.
  expect(await offered(partner.admin)).toEqual([partner.adminId]);
  for (const client of [pia.client, other.admin])
    expect((await client.refusal(listRenewalOwners, { query: { customerId } })).code).toBe('customer_not_found');
  const change = async (ownerId: PersonId) => {
    const { params, body } = workOf((await listOf(partner.admin))[0]);
    return { params, body: { ...body, ownerId } };
  };
  for (const nobody of [other.adminId, partner.readOnlyId, pia.personId])
    expect((await partner.admin.refusal(changeRenewal, await change(nobody))).code).toBe('administrator_not_found');
  const assign = ({ personId }: { personId: PersonId }) =>
    partner.admin.call(assignCustomers, { params: { personId }, body: { add: [customerId] } });
  await assign(pia);
  // Who sees only what is assigned to them gives it on to others who have it, and to nobody else.
  const pat = await hub.person(partner.partnerId, 'partner_admin');
  expect((await pia.client.refusal(changeRenewal, await change(pat.personId))).code).toBe('administrator_not_found');
  await assign(pat);
  expect(await offered(pia.client)).toEqual([partner.adminId, pia.personId, pat.personId].toSorted());
  for (const { personId } of [pat, { personId: partner.adminId }, pia])
    expect((await pia.client.call(changeRenewal, await change(personId))).owner?.personId).toBe(personId);
  await hub.asOwner('delete from membership where person_id = $1', [pat.personId]);
  expect(references(await listOf(partner.admin, { owner: pia.personId }))).toEqual(['O']);
  expect(references(await listOf(partner.admin, { owner: 'nobody' }))).toEqual(['P']);
  await hub.asOwner('delete from membership where person_id = $1', [pia.personId]);
  expect((await listOf(partner.admin))[0]?.work.owner).toBeNull();
  expect(references(await listOf(partner.admin, { owner: 'nobody' }))).toEqual(['O', 'P']);
});

test('who sees some customers sees and changes their renewals only; another partner none', async () => {
  const partner = await hub.partner();
  const other = await hub.partner();
  const pia = await hub.person(partner.partnerId, 'partner_admin');
  const mine = await customerOf(partner, 'Mine');
  const hidden = await customerOf(partner, 'Hidden');
  await subscribe(partner.admin, mine, 'M', { endsOn: inDays(10) });
  const secret = await subscribe(partner.admin, hidden, 'H', { endsOn: inDays(10) });
  await partner.admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [mine] } });
  const rows = await listOf(partner.admin, { sort: 'reference' });
  await partner.admin.call(changeRenewal, {
    ...workOf(rows[0]),
    body: { ...workOf(rows[0]).body, note: 'Hidden note' },
  });
  expect(references(await listOf(pia.client))).toEqual(['M']);
  expect(await listOf(other.admin)).toEqual([]);
  const { totals } = await pia.client.call(getRenewalTotals, { query: {} });
  expect(totals.map((one) => one.rows)).toEqual([1, 0, 0]);
  for (const client of [pia.client, other.admin]) {
    expect((await client.refusal(getRenewal, { params: { subscriptionId: secret } })).code).toBe(
      'subscription_not_found',
    );
    expect((await client.refusal(changeRenewal, { ...workOf(rows[0]) })).code).toBe('subscription_not_found');
  }
  expect((await partner.readOnly.refusal(changeRenewal, workOf(rows[0]))).code).toBe('permission_denied');
  expect(await pia.client.call(changeRenewal, workOf((await listOf(pia.client))[0]))).toMatchObject({ version: 0 });
});

test('only customers of the partner’s own organization, of the region and that the filter leaves', async () => {
  const partner = await hub.partner({ homeRegion: 'us' });
  const own = await customerOf(partner, 'Alpha');
  const external = await customerOf(partner, 'External');
  const european = await customerOf(partner, 'Beta');
  await hub.asOwner("update customer set kind = 'external' where id = $1", [external]);
  await hub.asOwner("update customer set region = 'eu' where id = $1", [european]);
  for (const [id, reference] of [
    [own, 'A'],
    [external, 'X'],
    [european, 'B'],
  ] as const)
    await subscribe(partner.admin, id, reference, { endsOn: inDays(10) });
  expect(references(await listOf(partner.admin))).toEqual(['A']);
  expect(references(await listOf(partner.admin, { region: 'eu' }))).toEqual(['B']);
  expect(await listOf(partner.admin, { filter: 'name:"Beta"' })).toEqual([]);
  expect(references(await listOf(partner.admin, { filter: 'Alph' }))).toEqual(['A']);
  expect((await partner.admin.refusal(listRenewals, { query: { region: 'us', filter: 'status:' } })).code).toBe(
    'filter_invalid',
  );
  const all = await partner.admin.call(getRenewalTotals, { query: {} });
  expect(all.totals[0]?.rows).toBe(2);
  expect(
    all.regions
      .filter(({ totals }) => (totals[0]?.rows ?? 0) > 0)
      .map(({ region }) => region)
      .toSorted(),
  ).toEqual(['eu', 'us']);
});

test('pages follow each other without gap or repetition in every order, and a cursor of another order is none', async () => {
  const partner = await hub.partner();
  const stages = ['contacted', 'quoted', 'agreed', 'lost', 'not_started'] as const;
  for (const at of [0, 1, 2, 3, 4, 5, 6]) {
    const customerId = await customerOf(partner, `Page ${at % 3} ${at}`);
    await subscribe(partner.admin, customerId, `R-${9 - at}`, {
      endsOn: inDays(20 + (at % 4)),
      autoRenews: at % 2 === 0,
    });
  }
  for (const [at, row] of (await listOf(partner.admin)).entries())
    await partner.admin.call(changeRenewal, {
      ...workOf(row),
      body: { ...workOf(row).body, stage: stages[at % 5] ?? 'lost', ownerId: at % 3 === 0 ? partner.adminId : null },
    });
  const values = {
    urgency: (row: RenewalRow) => row.endsOn,
    customer: (row: RenewalRow) => row.customerName,
    reference: (row: RenewalRow) => row.reference,
    endsOn: (row: RenewalRow) => row.endsOn,
    lastDayToReduce: (row: RenewalRow) => row.lastDayToReduce,
    owner: (row: RenewalRow) => row.work.owner?.name ?? null,
    stage: (row: RenewalRow) => ['not_started', 'contacted', 'quoted', 'agreed', 'lost'].indexOf(row.work.stage),
  };
  for (const [sort, valueOf] of Object.entries(values) as [
    keyof typeof values,
    (row: RenewalRow) => string | number | null,
  ][])
    for (const order of ['asc', 'desc'] as const) {
      const found: RenewalRow[] = [];
      let after: string | undefined;
      do {
        const query = { region: 'us' as const, sort, order, limit: 2, ...(after === undefined ? {} : { after }) };
        const { rows, next } = await partner.admin.call(listRenewals, { query });
        found.push(...rows);
        after = next ?? undefined;
      } while (after !== undefined);
      expect(new Set(references(found)).size).toBe(7);
      expect(found).toHaveLength(7);
      const told = found.map(valueOf);
      const known = told.filter((value) => value !== null);
      expect(told.slice(known.length).every((value) => value === null)).toBe(true);
      const sorted = known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(known).toEqual(order === 'asc' ? sorted : sorted.toReversed());
    }
  const { next } = await partner.admin.call(listRenewals, { query: { region: 'us', limit: 2 } });
  for (const after of [next ?? '', 'x'])
    expect((await partner.admin.refusal(listRenewals, { query: { region: 'us', sort: 'customer', after } })).code).toBe(
      'cursor_invalid',
    );
});

test('the forecast is told from the newest period of each product: no void lines, no credits, no currency added to another', async () => {
  const partner = await hub.partner();
  const customerId = await customerOf(partner, 'Money');
  const lines = [
    { product: 'calling' as const, ordered: 10, assigned: 10 },
    { product: 'meetings' as const, ordered: 4, assigned: null },
  ];
  await subscribe(partner.admin, customerId, 'E', { endsOn: inDays(10), lines });
  await subscribe(partner.admin, customerId, 'U', { endsOn: inDays(11), lines: lines.slice(0, 1), termMonths: 6 });
  await subscribe(partner.admin, customerId, 'V', { endsOn: inDays(-5), lines: lines.slice(0, 1) });
  await invoice(
    partner.admin,
    'I-1,E,calling,10,2026-09-01,2026-09-30,50.00,EUR,paid',
    'I-2,E,calling,5,2026-10-01,2026-10-31,50.00,EUR,open',
    'I-3,E,calling,5,2026-10-01,2026-10-31,50.00,EUR,overdue',
    'I-4,E,calling,10,2026-11-01,2026-11-30,999.00,EUR,void',
    'I-5,E,calling,10,2026-11-01,2026-11-30,-20.00,EUR,open',
    'I-6,E,meetings,2,2026-10-01,2026-12-31,30.00,USD,open',
    'I-7,U,calling,10,2026-11-01,2026-11-30,10.00,EUR,open',
    'I-8,V,calling,10,2026-11-01,2026-11-30,10.00,EUR,void',
  );
  const rows = await listOf(partner.admin);
  expect(rows.map(({ reference, forecast }) => [reference, forecast])).toEqual([
    // 100 for 10 licenses a month; 30 for 2 licenses in three months.
    [
      'E',
      [
        { amount: '1200.00', currency: 'EUR' },
        { amount: '240.00', currency: 'USD' },
      ],
    ],
    ['U', [{ amount: '60.00', currency: 'EUR' }]],
    ['V', []],
  ]);
  const { totals } = await partner.admin.call(getRenewalTotals, { query: { region: 'us' } });
  expect(totals).toMatchObject([
    { urgency: 'high', rows: 2, customers: 1, licenses: 24, unpriced: 0 },
    { urgency: 'upcoming', rows: 0, forecast: [] },
    { urgency: 'grace', rows: 1, forecast: [], unpriced: 1 },
  ]);
  for (const { urgency, forecast } of totals)
    expect(forecast).toEqual(sumOfMoney(rows.flatMap((row) => (row.urgency === urgency ? row.forecast : []))));
  const tried = await partner.admin.call(tryRenewals, {
    query: { region: 'us', urgency: 'high', seatsPercent: -25, pricePercent: 10 },
  });
  expect(tried).toMatchObject({
    rows: 2,
    licenses: 24,
    seats: 19,
    now: [
      { amount: '1260.00', currency: 'EUR' },
      { amount: '240.00', currency: 'USD' },
    ],
    after: [
      { amount: '1108.80', currency: 'EUR' },
      { amount: '198.00', currency: 'USD' },
    ],
    difference: [
      { amount: '-151.20', currency: 'EUR' },
      { amount: '-42.00', currency: 'USD' },
    ],
    belowAssigned: 0,
    tooLate: 0,
  });
  const { text, fileName } = await partner.admin.download(exportRenewals, { query: { region: 'us' } });
  expect(fileName).toBe('Renewals_us_2026-12-01.csv');
  const [head, first, , last] = text.split('\r\n');
  expect(head).toMatch(/,Forecast EUR,Forecast USD,Not in the forecast$/);
  expect(first).toMatch(/^High priority,Money,E,2026-12-11,10,no,.*,12,1200.00,240.00,$/);
  expect(last).toMatch(/^Grace,Money,V,2026-11-26,-5,.*,12,,,Webex Calling$/);
});

test('a fee is no price of licenses, neither of a later period nor of the same; alone it is what it is', async () => {
  const partner = await hub.partner();
  const customerId = await customerOf(partner, 'Fees');
  for (const [at, reference] of ['A', 'B', 'C'].entries())
    await subscribe(partner.admin, customerId, reference, { endsOn: inDays(10 + at) });
  await invoice(
    partner.admin,
    'I-1,A,calling,10,2026-11-01,2026-11-30,100.00,EUR,open',
    'I-2,A,calling,0,2026-11-10,2026-11-10,500.00,EUR,open',
    'I-3,B,calling,10,2026-11-01,2026-11-30,100.00,EUR,open',
    'I-4,B,calling,0,2026-11-01,2026-11-30,500.00,EUR,open',
    'I-5,C,calling,0,2026-10-01,2026-10-31,90.00,EUR,open',
    'I-6,C,calling,0,2026-11-01,2026-11-30,20.00,EUR,open',
  );
  const november = { from: '2026-11-01', to: '2026-11-30' };
  const licenses = { ...november, quantity: 10, amounts: [{ amount: '100', currency: 'EUR' }] };
  const told = (await listOf(partner.admin)).map(({ products, forecast }) => [products[0]?.price, forecast]);
  expect(told).toEqual([
    [licenses, [{ amount: '1200.00', currency: 'EUR' }]],
    [licenses, [{ amount: '1200.00', currency: 'EUR' }]],
    [
      { ...november, quantity: 0, amounts: [{ amount: '20', currency: 'EUR' }] },
      [{ amount: '240.00', currency: 'EUR' }],
    ],
  ]);
});

test('where the region’s store is away or too slow, all is told but what is assigned; a mistake of ours is none of it', async () => {
  const partner = await hub.partner();
  const customerId = await customerOf(partner, 'Away', orgOf('away'));
  await subscribe(partner.admin, customerId, 'W', { endsOn: inDays(10) });
  const { installation } = hub;
  const asking = async (fault: Error): Promise<TestClient> => {
    const store = installation.stores.get('us') as RegionalStore;
    const broken: RegionalStore = { ...store, ask: () => Promise.reject(fault) };
    const stores: Ctx['stores'] = new Map([...installation.stores, ['us', broken]]);
    const app = await buildApp({ ...installation, stores });
    const listen = () => Promise.reject(new Error('not needed'));
    return testClient({ app, listen, credentials: partner.admin.credentials });
  };
  const query = { region: 'us' } as const;
  const slow = StoreFault.of('us', new Error('Code: 159. DB::Exception: Timeout exceeded'));
  for (const fault of [StoreFault.unavailable('us', 'gone'), slow]) {
    const client = await asking(fault);
    expect(await client.call(listRenewals, { query })).toMatchObject({
      rows: [{ reference: 'W', products: [{ ordered: 10, assigned: null, assignedAsOf: null }] }],
      hasSnapshots: false,
    });
    expect(await client.call(tryRenewals, { query })).toMatchObject({ rows: 1, hasSnapshots: false });
  }
  const ours = await asking(new TypeError('ours'));
  expect((await ours.refusal(listRenewals, { query })).code).toBe('internal');
});

test('what is assigned now comes from the newest snapshot where there is one, else nothing is known; and the work goes with the customer', async () => {
  const desk = await importDesk({ orgs: ['r'], region: 'us' });
  const [found] = await desk.hub.asOwner<{ id: CustomerId }>(
    'select id from customer where partner_id = $1 and org_uuid = $2',
    [desk.partnerId, orgOf('r')],
  );
  const customerId = found?.id ?? ('' as CustomerId);
  const lines = (['calling', 'meetings'] as const).map((product) => ({ product, ordered: 10, assigned: 3 }));
  const id = await subscribe(desk.admin, customerId, 'S', { endsOn: inDays(20), autoRenews: true, lines });
  const columns = ['Date', 'Org UUID', 'Subscription ID', 'Product', 'Ordered', 'Assigned'];
  const snapshot = {
    Date: inDays(-1),
    'Org UUID': orgOf('r'),
    'Subscription ID': 'S',
    Product: 'Webex Calling',
    Ordered: '10',
    Assigned: '9',
  };
  await desk.import(csvOf([snapshot], { columns }), 'licenses.csv');
  const reply = await desk.admin.call(listRenewals, { query: { region: 'us' } });
  expect(reply.hasSnapshots).toBe(true);
  expect(reply.rows[0]?.products).toMatchObject([
    { product: 'calling', assigned: 9, assignedAsOf: inDays(-1) },
    { product: 'meetings', assigned: null, assignedAsOf: null },
  ]);
  const tried = await desk.admin.call(tryRenewals, { query: { region: 'us', seatsPercent: -20 } });
  expect(tried).toMatchObject({ belowAssigned: 1, tooLate: 1, unpriced: 1, now: [] });
  await desk.admin.call(changeRenewal, {
    ...workOf(reply.rows[0]),
    body: { ...workOf(reply.rows[0]).body, note: 'Kept' },
  });
  const other = await customerOf(desk, 'Other');
  await desk.admin.call(mergeCustomer, { params: { customerId: other }, body: { otherCustomerId: customerId } });
  expect((await listOf(desk.admin))[0]).toMatchObject({ customerId: other, work: { note: 'Kept' } });
  await desk.hub.asOwner('delete from customer where partner_id = $1', [desk.partnerId]);
  expect(await desk.hub.asOwner('select 1 from renewal_work where subscription_id = $1', [id])).toEqual([]);
});
