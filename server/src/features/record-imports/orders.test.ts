import { assignCustomers } from '@hub/contract/administrators';
import { createCustomer, mergeCustomer } from '@hub/contract/customers';
import type { CustomerId, SubscriptionId } from '@hub/contract/ids';
import * as api from '@hub/contract/orders';
import { importRecords } from '@hub/contract/record-imports';
import { createSubscription, removeSubscription } from '@hub/contract/subscriptions';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { testHub, type TestHub, type TestPartner } from '../../testing/test-hub.ts';
import { amountOf, currencyOf, periodOf } from './cell-values.ts';

const give = (as: TestClient, body: string, isTrial = false) =>
  as.upload(importRecords, { query: { fileName: 'records.csv', isTrial: isTrial ? 'true' : 'false' }, body });

type Outcome = Awaited<ReturnType<typeof give>>;
const counts = ({ created, changed, unchanged, rejected }: Outcome): number[] => [
  created,
  changed,
  unchanged,
  rejected,
];
const reasons = ({ rejections }: Outcome): unknown[] =>
  rejections.map(({ line, column, reason, hint }) => [line, column, reason, hint]);

interface World extends TestPartner {
  hub: TestHub;
  customer: (name: string, references?: readonly string[]) => Promise<{ id: CustomerId; subs: SubscriptionId[] }>;
}

async function world(): Promise<World> {
  const hub = await testHub();
  const partner = await hub.partner();
  return {
    ...partner,
    hub,
    async customer(name, references = []) {
      const { id } = await partner.admin.call(createCustomer, {
        body: { name, country: 'US', externalId: `X-${name}` },
      });
      const subs: SubscriptionId[] = [];
      for (const reference of references) {
        const body = {
          reference,
          startsOn: '2026-01-01',
          endsOn: null,
          termMonths: null,
          autoRenews: false,
          paymentState: 'current' as const,
          setupState: 'provisioned' as const,
          setupNote: null,
          lines: [],
        };
        subs.push((await partner.admin.call(createSubscription, { params: { customerId: id }, body })).id);
      }
      return { id, subs };
    },
  };
}

const orders = (as: TestClient, customerId: CustomerId, query: Record<string, unknown> = {}) =>
  as.call(api.listOrders, { params: { customerId }, query });
const invoices = (as: TestClient, customerId: CustomerId, query: Record<string, unknown> = {}) =>
  as.call(api.listInvoices, { params: { customerId }, query });

const ordersFile = `Order ID;subscription;Product;Quantity;Kind;State;Ordered on
Ord-1;Sub-1;Webex Calling;120;new;completed;2026-01-01
Ord-1;Sub-1;Meetings;40;New;Completed;01.01.2026
Ord-2;Sub-1;Webex Calling;10;change;in progress;2026-03-05
`;

const invoiceHead =
  'Invoice ID;Subscription ID;Product;Quantity;Period from;Period to;Amount;Currency;State;Issued on;Due on';
const invoicesFile = `${invoiceHead}
Inv-1;Sub-1;Webex Calling;120;2026-01-01;2026-01-31;1.234,50;eur;paid;2026-02-01;2026-02-15
Inv-1;Sub-1;Webex Meetings;40;2026-01-01;2026-01-31;-12,3;EUR;open;;
Inv-2;Sub-1;Webex Calling;120;2026-02-01;2026-02-28;0;EUR;void;2026-03-01;
`;

test('orders come in, the same file again changes nothing, what is another changes', async () => {
  const { hub, admin, customer, partnerId } = await world();
  const { id, subs } = await customer('Acme', ['Sub-1']);
  expect(counts(await give(admin, ordersFile, true))).toEqual([3, 0, 0, 0]);
  expect(await orders(admin, id)).toEqual({ items: [], total: 0, next: null });
  expect(await give(admin, ordersFile)).toMatchObject({ kind: 'orders', read: 3, created: 3, ignoredColumns: [] });
  expect(counts(await give(admin, ordersFile))).toEqual([0, 0, 3, 0]);
  expect(counts(await give(admin, ordersFile.replace('in progress', 'completed')))).toEqual([0, 1, 2, 0]);
  const { items, total, next } = await orders(admin, id);
  expect([total, next]).toEqual([3, null]);
  expect(items[0]).toEqual({
    id: items[0]?.id,
    reference: 'Ord-2',
    subscriptionId: subs[0],
    subscriptionReference: 'Sub-1',
    product: 'calling',
    quantity: 10,
    kind: 'change',
    state: 'completed',
    orderedOn: '2026-03-05',
  });
  const acts = await hub.asOwner<{ after: unknown }>(
    "select after from audit_event where action = 'record_imports.import' and partner_id = $1 order by at, id",
    [partnerId],
  );
  expect(acts.at(-1)?.after).toEqual({
    kind: 'orders',
    fileName: 'records.csv',
    read: 3,
    created: 0,
    changed: 1,
    unchanged: 2,
    rejected: 0,
  });
});

test('invoices keep their amounts exactly, from CSV and from JSON', async () => {
  const { admin, customer } = await world();
  const { id } = await customer('Acme', ['Sub-1']);
  expect(counts(await give(admin, invoicesFile))).toEqual([3, 0, 0, 0]);
  expect(counts(await give(admin, invoicesFile.replace('1.234,50', '1234.5')))).toEqual([0, 0, 3, 0]);
  const { items } = await invoices(admin, id, { order: 'asc' });
  const [credit, paid] = items.slice(0, 2).toSorted((a, b) => a.quantity - b.quantity);
  expect(credit).toMatchObject({ amount: '-12.3', currency: 'EUR', state: 'open', issuedOn: null, dueOn: null });
  expect(paid).toMatchObject({
    reference: 'Inv-1',
    periodFrom: '2026-01-01',
    periodTo: '2026-01-31',
    amount: '1234.5',
    state: 'paid',
    issuedOn: '2026-02-01',
    dueOn: '2026-02-15',
  });
  // No number of JavaScript is as exact as these digits.
  const json = `{"items":[{"invoiceId":"Inv-9","subscriptionId":"Sub-1","product":"Webex Calling","quantity":3,"period":"2026-02",
    "amount":123456789012.3407,"currency":"USD","state":"open"},
    {"invoiceId":"Inv-10","subscriptionId":"Sub-1","product":"Webex Calling","quantity":3,"period":"2026-03-01/2026-03-31",
    "amount":1.234,"currency":"KWD","state":"open","dueOn":null}]}`;
  expect(await give(admin, json)).toMatchObject({ kind: 'invoices', created: 2, rejected: 0 });
  expect(counts(await give(admin, json))).toEqual([0, 0, 2, 0]);
  const after = await invoices(admin, id, { order: 'desc', limit: 2 });
  expect(after.items.map(({ amount, periodTo }) => [amount, periodTo])).toEqual([
    ['1.234', '2026-03-31'],
    expect.arrayContaining(['2026-02-28']),
  ]);
  const amounts = (await invoices(admin, id)).items.map(({ amount }) => amount);
  expect(amounts).toContain('123456789012.3407');
  // A file without the day of issue leaves it; an empty cell empties it.
  const short = invoicesFile.replaceAll(/;Issued on;Due on|;2026-02-01;2026-02-15$|;;$|;2026-03-01;$/gm, '');
  expect(counts(await give(admin, short))).toEqual([0, 0, 3, 0]);
  expect(counts(await give(admin, invoicesFile.replace(';2026-02-01;2026-02-15', ';;')))).toEqual([0, 1, 2, 0]);
});

test('each row at fault is told with its reason, and the others enter', async () => {
  const { admin, customer } = await world();
  const { id } = await customer('Acme', ['Sub-1']);
  await customer('Other', ['Sub-2']);
  const line = (cells: string): string => `Inv-1;Sub-1;Webex Calling;1;2026-01-01;2026-01-31;${cells}`;
  const outcome = await give(
    admin,
    [
      invoiceHead,
      line('1,234;EUR;open;;'),
      line('12.345;EUR;open;;'),
      line('1e3;EUR;open;;'),
      line('ten;EUR;open;;'),
      line('1;EURO;open;;'),
      line('1;;open;;'),
      line('1;EUR;late;;'),
      line('1;EUR;open;2026-02-02;2026-02-01'),
      'Inv-1;Sub-1;Webex Calling;1;2026-02-01;2026-01-31;1;EUR;open;;',
      'Inv-1;Sub-1;Paper;1;2026-01-01;2026-01-31;1;EUR;open;;',
      'Inv-1;Sub-1;;1;2026-01-01;2026-01-31;1;EUR;open;;',
      'Inv-1;Sub-9;Webex Calling;1;2026-01-01;2026-01-31;1;EUR;open;;',
      ';Sub-1;Webex Calling;1;2026-01-01;2026-01-31;1;EUR;open;;',
      'Inv-1;Sub-1;Webex Calling;1;;2026-01-31;1;EUR;open;;',
      line('5;EUR;open;;'),
      line('6;EUR;open;;'),
      'Inv-1;Sub-1;Webex Calling',
    ].join('\n'),
  );
  expect(outcome.read).toBe(17);
  expect(counts(outcome)).toEqual([1, 0, 0, 16]);
  expect(reasons(outcome).map((entry) => (entry as unknown[]).slice(0, 3))).toEqual([
    [2, 'Amount', 'amount_unclear'],
    [3, 'Amount', 'amount_unclear'],
    [4, 'Amount', 'no_amount'],
    [5, 'Amount', 'no_amount'],
    [6, 'Currency', 'no_currency'],
    [7, 'Currency', 'empty'],
    [8, 'State', 'no_choice'],
    [9, 'Invoice ID', 'twice'],
    [10, 'Period to', 'ends_before_start'],
    [11, 'Product', 'no_choice'],
    [12, 'Product', 'empty'],
    [13, 'Subscription ID', 'unknown_subscription'],
    [14, 'Invoice ID', 'empty'],
    [15, 'Period from', 'empty'],
    [16, 'Invoice ID', 'twice'],
    [18, '', 'columns_of_row'],
  ]);
  expect((await invoices(admin, id)).items.map(({ amount }) => amount)).toEqual(['6']);
  const due = await give(admin, [invoiceHead, line('6;EUR;open;2026-02-02;2026-02-01')].join('\n'));
  expect(reasons(due)).toEqual([[2, 'Due on', 'due_before_issued', '']]);
  // A customer that a row names has to be the subscription's.
  const head = 'Order ID,Subscription ID,Customer external ID,Product,Quantity,Kind,State,Ordered on';
  const told = await give(
    admin,
    [
      head,
      'O-1,Sub-1,X-Acme,calling,1,new,open,2026-01-01',
      'O-2,Sub-1,X-Other,calling,1,new,open,2026-01-01',
      'O-3,Sub-1,X-Nobody,calling,1,new,open,2026-01-01',
      'O-4,Sub-1,,calling,1,new,open,31.12.2026',
      'O-5,Sub-1,,calling,1.5,new,open,12/31/2026',
    ].join('\n'),
  );
  expect(counts(told)).toEqual([2, 0, 0, 3]);
  expect(reasons(told)).toEqual([
    [3, 'Subscription ID', 'taken', 'Acme'],
    [4, 'Customer external ID', 'unknown_customer', ''],
    [6, 'Quantity', 'no_number', '10000000'],
  ]);
});

test('a file that lacks columns, or is broken JSON, is refused as a whole', async () => {
  const { admin } = await world();
  const refused = async (body: string): Promise<unknown> => {
    const reply = await admin.raw({
      method: 'POST',
      url: '/api/record-imports?fileName=records.csv',
      headers: { 'content-type': 'text/csv' },
      body,
    });
    return JSON.parse(reply.text);
  };
  expect(await refused('Order ID,Product\nO-1,calling\n')).toMatchObject({
    code: 'import_columns_missing',
    data: { columns: 'Subscription ID, Quantity, Kind, State, Ordered on' },
  });
  expect(
    await refused('Invoice ID,Subscription ID,Product,Quantity,Amount,Currency,State\n1,2,3,4,5,6,7\n'),
  ).toMatchObject({
    code: 'import_columns_missing',
  });
  expect(await refused('[{"orderId":"O-1",}]')).toMatchObject({ code: 'import_json_invalid' });
  expect(await refused('[{"orderId":"O-1"')).toMatchObject({ code: 'import_json_truncated' });
  expect(await refused('{"items":[]}')).toMatchObject({ code: 'import_no_records' });
  expect(await refused('[{"mystery":1}]')).toMatchObject({ code: 'records_unknown' });
});

test('customers come as JSON, too', async () => {
  const { admin } = await world();
  const body = JSON.stringify({
    items: [
      { name: 'Acme', country: 'BG' },
      { name: 'Late', country: 'KR', domain: null },
    ],
  });
  expect(await give(admin, body)).toMatchObject({ kind: 'customers', created: 2 });
  expect(counts(await give(admin, body))).toEqual([0, 0, 2, 0]);
});

test('each sees the orders and invoices that their role and scope hold, and no others', async () => {
  const { hub, admin, customer, partnerId, readOnly } = await world();
  const inside = await customer('Inside', ['Sub-1']);
  const outside = await customer('Outside', ['Sub-2']);
  await give(admin, ordersFile + ordersFile.split('\n').slice(1).join('\n').replaceAll('Sub-1', 'Sub-2'));
  await give(admin, invoicesFile.replaceAll('Sub-1', 'Sub-2'));
  const narrow = await hub.person(partnerId, 'partner_admin');
  await admin.call(assignCustomers, { params: { personId: narrow.personId }, body: { add: [inside.id] } });
  expect((await orders(narrow.client, inside.id)).total).toBe(3);
  expect((await orders(readOnly, inside.id)).total).toBe(3);
  for (const endpoint of [api.listOrders, api.listInvoices]) {
    const params = { customerId: outside.id };
    expect(await narrow.client.refusal(endpoint, { params })).toMatchObject({ code: 'customer_not_found' });
    expect(await (await hub.partner()).admin.refusal(endpoint, { params })).toMatchObject({
      code: 'customer_not_found',
    });
    for (const role of ['help_desk_basic', 'help_desk_advanced'] as const)
      expect(await (await hub.person(partnerId, role)).client.refusal(endpoint, { params })).toMatchObject({
        code: 'permission_denied',
      });
  }
  // Whoever does not see a subscription cannot write to it, nor learn that it is there; the same invoice of their own is theirs.
  const told = await give(narrow.client, invoicesFile.replaceAll('Sub-1', 'Sub-2'));
  expect(told.rejections.map(({ reason }) => reason)).toEqual(Array(3).fill('unknown_subscription'));
  expect(counts(await give(narrow.client, invoicesFile))).toEqual([3, 0, 0, 0]);
  expect((await invoices(admin, outside.id)).total).toBe(3);
});

test('pages follow each other by date, and a subscription is asked for alone', async () => {
  const { admin, customer } = await world();
  const { id, subs } = await customer('Acme', ['Sub-1', 'Sub-2']);
  const rows = Array.from(
    { length: 7 },
    (_, n) => `O-${n},Sub-${(n % 2) + 1},calling,1,new,open,2026-01-0${1 + (n >> 1)}`,
  );
  await give(admin, ['Order ID,Subscription ID,Product,Quantity,Kind,State,Ordered on', ...rows].join('\n'));
  for (const order of ['asc', 'desc'] as const) {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await orders(admin, id, { order, limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.total).toBe(7);
      found.push(...page.items.map(({ orderedOn }) => orderedOn));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(found).toHaveLength(7);
    expect(found).toEqual(order === 'asc' ? found.toSorted() : found.toSorted().toReversed());
  }
  expect(await orders(admin, id, { subscriptionId: subs[1] })).toMatchObject({ total: 3 });
  const wrong = { params: { customerId: id }, query: { cursor: 'bm9uZQ' } };
  expect(await admin.refusal(api.listOrders, wrong)).toMatchObject({ code: 'cursor_invalid' });
});

test('a merge hands them on; they go with their subscription and with their customer', async () => {
  const { hub, admin, customer, partnerId } = await world();
  const kept = await customer('Kept', ['Sub-2']);
  const gone = await customer('Gone', ['Sub-1']);
  await give(admin, ordersFile);
  await give(admin, invoicesFile);
  await admin.call(mergeCustomer, { params: { customerId: kept.id }, body: { otherCustomerId: gone.id } });
  expect((await orders(admin, kept.id)).total).toBe(3);
  expect((await invoices(admin, kept.id)).total).toBe(3);
  expect(counts(await give(admin, ordersFile))).toEqual([0, 0, 3, 0]);
  const [subscriptionId] = gone.subs;
  if (subscriptionId !== undefined) await admin.call(removeSubscription, { params: { subscriptionId } });
  expect((await orders(admin, kept.id)).total).toBe(0);
  expect(await hub.asOwner('select 1 from invoice_line where partner_id = $1', [partnerId])).toEqual([]);
});

test('an amount is read exactly or not at all, whoever writes it', () => {
  const digits = fc.bigInt({ min: 0n, max: 999_999_999_999n });
  fc.assert(
    fc.property(digits, fc.integer({ min: 0, max: 9999 }), fc.boolean(), (whole, part, isCredit) => {
      const decimals = String(part).padStart(4, '0');
      const exact = `${whole}.${decimals}`.replace(/\.?0+$/, '');
      const amount = isCredit && exact !== '0' ? `-${exact}` : exact;
      const sign = isCredit ? '-' : '';
      const groups = (separator: string): string => String(whole).replace(/\B(?=(\d{3})+$)/g, separator);
      for (const text of [
        `${whole}.${decimals}`,
        `${whole},${decimals}`,
        `${groups(',')}.${decimals}`,
        `${groups('.')},${decimals}`,
        `${groups(' ')},${decimals}`,
        `${groups('\u00a0')}.${decimals}`,
        `${groups("'")}.${decimals}`,
      ])
        expect([text, amountOf(sign + text)]).toEqual([text, { amount }]);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[-+0-9., ]{0,18}$/), (text) => {
      const read = amountOf(text);
      const amount = typeof read === 'object' ? read.amount : '0';
      expect(amount).toMatch(/^-?(0|[1-9]\d{0,11})(\.\d{0,3}[1-9])?$/);
    }),
  );
  expect(['1,234', '999.000', '12,345'].map(amountOf)).toEqual(['unclear', 'unclear', 'unclear']);
  expect(['0.125', '0,125', '1,234,567', '1.234.567'].map(amountOf)).toEqual(
    ['0.125', '0.125', '1234567', '1234567'].map((amount) => ({ amount })),
  );
  expect(['', '-', '1.2.3', '1,23,456', '$5', '5 EUR', '0x10', '1e3', '1.23456', '(5)'].map(amountOf)).toEqual(
    Array(10).fill(undefined),
  );
  expect(['eur', 'USD', 'EURO', ''].map(currencyOf)).toEqual(['EUR', 'USD', undefined, undefined]);
  expect(['2028-02', '2026-13', '2026-01-01/2026-03-31', '1.1.2026 - 31.1.2026', 'January'].map(periodOf)).toEqual([
    { from: '2028-02-01', to: '2028-02-29' },
    undefined,
    { from: '2026-01-01', to: '2026-03-31' },
    { from: '2026-01-01', to: '2026-01-31' },
    undefined,
  ]);
});

test('whatever rows in whatever order: the numbers add up, a trial tells the same, again changes nothing', {
  timeout: 120_000,
}, async () => {
  const { admin, customer } = await world();
  await customer('Acme', ['Sub-1', 'Sub-2']);
  const one = fc.constantFrom;
  const row = fc.tuple(
    one('Inv-1', 'Inv-2', ''),
    one('Sub-1', 'Sub-2', 'Sub-3'),
    one('calling', 'Webex Meetings', 'Paper'),
    one('1', '2', 'x'),
    one('2026-01', '2026-02', '2026-02-10/2026-02-01'),
    one('1.50', '1,5', '-3', '1,500'),
    one('EUR', 'BGN', 'XYZW'),
    one('open', 'paid', ''),
  );
  const head = ['Invoice ID', 'Subscription ID', 'Product', 'Quantity', 'Period', 'Amount', 'Currency', 'State'];
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 15 }), async (rows) => {
      const body = [head, ...rows].map((cells) => cells.join(';')).join('\n');
      const tried = await give(admin, body, true);
      const first = await give(admin, body);
      expect({ ...tried, isTrial: false }).toEqual(first);
      expect(first.created + first.changed + first.unchanged + first.rejected).toBe(first.read);
      const again = await give(admin, body);
      expect([again.created, again.changed, again.rejected]).toEqual([0, 0, first.rejected]);
    }),
    { numRuns: 25 },
  );
});
