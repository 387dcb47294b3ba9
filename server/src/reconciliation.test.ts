import {
  exportReconciliationRows,
  getReconciliation,
  listReconciliationRows,
  type ReconciliationRow,
} from '@hub/contract/reconciliation';
import { type BilledLine, billingOf } from '@hub/contract/reconciliation-rules';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inTenant } from './features/access/index.ts';
import { csvOf, type Desk, importDesk, orgOf, uuidOf } from './features/imports/test-support.ts';
import { findSubscriptions } from './features/reconciliation/reconciliation-queries.ts';

// The page's day is the partner's, whatever the zone of the machine.
process.env['TZ'] = 'Pacific/Auckland';

/** The desk's clock stands at 2026-12-01T10:00Z. */
const today = '2026-12-01';
const november = ['2026-11-01', '2026-11-30'] as const;
const december = ['2026-12-01', '2026-12-31'] as const;

interface Terms {
  customer?: string;
  startsOn?: string;
  endsOn?: string | null;
  autoRenews?: boolean;
  /** Licenses by product. */
  lines?: Record<string, number>;
}

interface Invoice {
  product?: string;
  quantity: number;
  amount: string;
  currency?: string;
  period?: readonly [string, string];
  state?: 'open' | 'paid' | 'overdue' | 'void';
}

const customerIds = async ({ hub, partnerId }: Desk): Promise<Map<string, string>> =>
  new Map(
    (
      await hub.asOwner<{ id: string; org_uuid: string }>('select id, org_uuid from customer where partner_id = $1', [
        partnerId,
      ])
    ).map(({ id, org_uuid }) => [org_uuid, id]),
  );

/** Straight into the directory, so that what ended long ago may be among it. */
async function sell(desk: Desk, reference: string, terms: Terms, invoices: readonly Invoice[] = []): Promise<void> {
  const { hub, partnerId } = desk;
  const { customer = 'known', startsOn = '2025-12-01', endsOn = '2027-11-30', autoRenews = false, lines = {} } = terms;
  const customerId = (await customerIds(desk)).get(orgOf(customer));
  const id = uuidOf(`${partnerId} ${reference}`);
  await hub.asOwner(
    `insert into subscription (id, partner_id, customer_id, reference, starts_on, ends_on, term_months, auto_renews, payment_state, payment_since,
       setup_state, setup_since, created_at) values ($1, $2, $3, $4, $5, $6, 12, $7, 'current', $5, 'provisioned', $5, now())`,
    [id, partnerId, customerId, reference, startsOn, endsOn, autoRenews],
  );
  for (const [product, ordered] of Object.entries(lines))
    await hub.asOwner(
      'insert into license_line (partner_id, customer_id, subscription_id, product, ordered, assigned) values ($1, $2, $3, $4, $5, 3)',
      [partnerId, customerId, id, product, ordered],
    );
  for (const [at, invoice] of invoices.entries()) {
    const { product = 'calling', quantity, amount, currency = 'EUR', period = december, state = 'open' } = invoice;
    await hub.asOwner(
      `insert into invoice_line (id, partner_id, customer_id, subscription_id, reference, product, quantity, period_from, period_to, amount, currency,
         state, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now())`,
      [
        uuidOf(`${id} ${at}`),
        partnerId,
        customerId,
        id,
        `Inv-${reference}-${at}`,
        product,
        quantity,
        ...period,
        amount,
        currency,
        state,
      ],
    );
  }
}

async function rowsOf(desk: Desk, query: Record<string, string> = {}): Promise<ReconciliationRow[]> {
  const { rows } = await desk.admin.call(listReconciliationRows, { query: { region: 'eu', limit: 1000, ...query } });
  return rows;
}
const byReference = async (desk: Desk): Promise<Record<string, ReconciliationRow>> =>
  Object.fromEntries((await rowsOf(desk)).map((row) => [`${row.reference} ${row.product}`, row]));

const snapshot = (reference: string, assigned: string, over: Record<string, string> = {}) => ({
  Date: '2026-11-28',
  'Org UUID': orgOf('known'),
  'Subscription ID': reference,
  Product: 'Webex Calling',
  Ordered: '10',
  Assigned: assigned,
  ...over,
});
const snapshotColumns = ['Date', 'Org UUID', 'Subscription ID', 'Product', 'Ordered', 'Assigned'];

test('every finding with its numbers: void, credits, currencies, ended periods, what is unknown', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk({ orgs: ['known', 'second'] });
  const ten = { lines: { calling: 10 } };
  await sell(desk, 'agrees', ten, [{ quantity: 10, amount: '155' }]);
  await sell(desk, 'over', ten, [{ quantity: 10, amount: '155' }]);
  await sell(desk, 'more', { ...ten, customer: 'second' }, [{ quantity: 12, amount: '120.5' }]);
  await sell(desk, 'less', ten, [
    { quantity: 10, amount: '100' },
    { quantity: 2, amount: '-20' },
    { quantity: 5, amount: '50', state: 'void' },
  ]);
  await sell(desk, 'leak', ten);
  await sell(desk, 'only-void', ten, [{ quantity: 10, amount: '100', state: 'void' }]);
  await sell(desk, 'stopped', ten, [{ quantity: 10, amount: '100.01', period: ['2026-09-01', '2026-09-30'] }]);
  await sell(desk, 'arrears', ten, [
    { quantity: 10, amount: '100', period: november },
    { quantity: 8, amount: '80', period: ['2026-10-01', '2026-10-31'] },
    { quantity: 99, amount: '990', period: ['2026-12-02', '2026-12-31'] },
  ]);
  await sell(desk, 'ended', { ...ten, endsOn: '2026-11-30' }, [{ quantity: 4, amount: '40' }]);
  await sell(desk, 'ended-well', { ...ten, endsOn: '2026-11-30' }, [{ quantity: 10, amount: '100', period: november }]);
  await sell(desk, 'to-come', { ...ten, startsOn: '2026-12-02' }, [{ quantity: 10, amount: '100' }]);
  await sell(desk, 'other-product', ten, [
    { quantity: 10, amount: '100' },
    { quantity: 3, amount: '30', product: 'webinars' },
    { quantity: 3, amount: '30', product: 'meetings', period: november },
  ]);
  await sell(desk, 'no-products', {}, [{ quantity: 10, amount: '100' }]);
  await sell(desk, 'mixed', ten, [
    { quantity: 6, amount: '60' },
    { quantity: 6, amount: '66', currency: 'USD' },
  ]);
  await sell(desk, 'renewed', { ...ten, endsOn: '2026-06-30', autoRenews: true }, [{ quantity: 10, amount: '0' }]);
  await desk.import(
    csvOf(
      [
        snapshot('agrees', '9'),
        snapshot('over', '14'),
        snapshot('leak', '2', { Ordered: '11' }),
        snapshot('more', '', { 'Org UUID': orgOf('second') }),
        snapshot('less', '8', { Date: '2026-11-24' }),
      ],
      { columns: snapshotColumns },
    ),
    'licenses.csv',
  );

  const rows = await byReference(desk);
  const short = Object.fromEntries(
    Object.entries(rows).map(([key, { finding, reason, bought, assigned, billed, money }]) => [
      key,
      [finding, reason, bought, assigned, billed, money === null ? null : `${money.amount} ${money.currency}`],
    ]),
  );
  expect(short).toEqual({
    'agrees calling': ['agreement', null, 10, 9, 10, '0 EUR'],
    'over calling': ['assigned_beyond_billed', null, 10, 14, 10, '-62 EUR'],
    'more calling': ['billed_more', null, 10, null, 12, '20.08 EUR'],
    'less calling': ['billed_less', null, 10, null, 8, '-20 EUR'],
    'leak calling': ['bought_not_billed', 'never', 11, 2, 0, null],
    'only-void calling': ['bought_not_billed', 'never', 10, null, 0, null],
    'stopped calling': ['bought_not_billed', 'stopped', 10, null, 0, '-100.01 EUR'],
    'arrears calling': ['agreement', null, 10, null, 10, '0 EUR'],
    'ended calling': ['billed_not_bought', 'ended', 0, null, 4, '40 EUR'],
    'to-come calling': ['billed_not_bought', 'not_begun', 0, null, 10, '100 EUR'],
    'other-product calling': ['agreement', null, 10, null, 10, '0 EUR'],
    'other-product webinars': ['billed_not_bought', 'not_held', 0, null, 3, '30 EUR'],
    'no-products calling': ['not_comparable', 'no_products', null, null, 10, null],
    'mixed calling': ['billed_more', null, 10, null, 12, null],
    'renewed calling': ['agreement', null, 10, null, 10, '0 EUR'],
  });
  expect(rows['over calling']).toMatchObject({
    asOf: '2026-11-28',
    isBoughtFromSnapshot: true,
    billedLessBought: 0,
    assignedLessBought: 4,
    billedLessAssigned: -4,
    unitPrice: { currency: 'EUR', amount: '15.5' },
  });
  expect(rows['arrears calling']?.billing).toMatchObject({ standing: 'ended', from: november[0], to: november[1] });
  expect(rows['mixed calling']).toMatchObject({
    unitPrice: null,
    billing: {
      monthly: [
        { currency: 'EUR', amount: '60' },
        { currency: 'USD', amount: '66' },
      ],
    },
  });
  expect(rows['more calling']).toMatchObject({
    assignedLessBought: null,
    billedLessAssigned: null,
    asOf: '2026-11-28',
  });

  const header = await desk.admin.call(getReconciliation, { query: { region: 'eu' } });
  expect(header).toMatchObject({ today, lines: 15, customers: 2, ofEndedPeriods: 1 });
  expect(header.findings.find(({ finding }) => finding === 'bought_not_billed')).toEqual({
    finding: 'bought_not_billed',
    lines: 3,
    customers: 1,
    money: [{ currency: 'EUR', amount: '-100.01' }],
    withoutPrice: 2,
  });
  expect(header.findings.find(({ finding }) => finding === 'billed_more')).toMatchObject({
    lines: 2,
    customers: 2,
    money: [{ currency: 'EUR', amount: '20.08' }],
    withoutPrice: 1,
  });
  const webinars = await desk.admin.call(getReconciliation, { query: { region: 'eu', product: 'webinars' } });
  expect(webinars).toMatchObject({ lines: 1, customers: 1 });
  expect(webinars.products).toEqual([
    { product: 'calling', lines: 14 },
    { product: 'webinars', lines: 1 },
  ]);
});

test('neither a fee nor a credit of another day hides what is charged, and only credits take away all', async () => {
  const desk = await importDesk();
  const charge = { quantity: 10, amount: '100', period: november };
  const fee = { quantity: 0, amount: '25' };
  await sell(desk, 'late-fee', { lines: { calling: 10 } }, [charge, { ...fee, period: [today, today] }]);
  await sell(desk, 'fee-of-today', { lines: { calling: 10 } }, [charge, fee]);
  await sell(desk, 'credit-of-today', { lines: { calling: 10 } }, [charge, { quantity: 5, amount: '-50' }]);
  await sell(desk, 'added-to', { lines: { calling: 12 } }, [
    charge,
    { quantity: 2, amount: '15', period: ['2026-11-20', '2026-12-19'] },
  ]);
  await sell(desk, 'fee-only', { lines: { calling: 10 } }, [fee]);
  await sell(desk, 'credited', { lines: { calling: 10 } }, [
    { quantity: 10, amount: '100' },
    { quantity: 10, amount: '-100' },
  ]);
  const rows = await rowsOf(desk, { sort: 'reference' });
  expect(rows.map(({ reference, finding, reason, billed }) => [reference, finding, reason, billed])).toEqual([
    ['added-to', 'agreement', null, 12],
    ['credit-of-today', 'agreement', null, 10],
    ['credited', 'bought_not_billed', 'credited', 0],
    ['fee-of-today', 'agreement', null, 10],
    ['fee-only', 'bought_not_billed', null, 0],
    ['late-fee', 'agreement', null, 10],
  ]);
});

test('within a finding each currency has its rows together, the most money first', async () => {
  const desk = await importDesk();
  const more = (amount: string, currency: string) => [{ quantity: 11, amount, currency }];
  await sell(desk, 'yen', { lines: { calling: 10 } }, more('110000', 'JPY'));
  await sell(desk, 'euro', { lines: { calling: 10 } }, more('55000', 'EUR'));
  await sell(desk, 'more-euro', { lines: { calling: 10 } }, more('66000', 'EUR'));
  await sell(desk, 'without', { lines: { calling: 10 } }, [...more('1', 'EUR'), ...more('1', 'USD')]);
  await sell(desk, 'leak', { lines: { calling: 10 } });
  const references = async (order: string): Promise<string[]> =>
    (await rowsOf(desk, { order })).map(({ reference }) => reference);
  const billedMore = ['more-euro', 'euro', 'yen', 'without'];
  expect(await references('asc')).toEqual(['leak', ...billedMore]);
  expect(await references('desc')).toEqual([...billedMore, 'leak']);
});

test('of subscriptions that do not run only those of customers that a filter leaves are read', async () => {
  const desk = await importDesk({ orgs: ['known', 'second'] });
  await sell(desk, 'mine', {});
  await sell(desk, 'yours', { customer: 'second' });
  const ids = ['mine', 'yours'].map((reference) => uuidOf(`${desk.partnerId} ${reference}`));
  const second = (await customerIds(desk)).get(orgOf('second')) ?? '';
  const found = async (customers: ReadonlySet<string> | undefined): Promise<string[]> =>
    (await inTenant(desk.ctx(), (tx) => findSubscriptions(tx, ids, customers)))
      .map(({ reference }) => reference)
      .toSorted();
  expect(await found(undefined)).toEqual(['mine', 'yours']);
  expect(await found(new Set([second]))).toEqual(['yours']);
  expect(await found(new Set())).toEqual([]);
});

test('where no invoice is known nothing is a leak, and a written invoice counts at once', async () => {
  const desk = await importDesk();
  await sell(desk, 'one', { lines: { calling: 10 } });
  expect(await rowsOf(desk)).toMatchObject([{ finding: 'not_comparable', reason: 'no_invoices', billed: null }]);
  await sell(desk, 'two', { lines: { calling: 5 } }, [{ quantity: 5, amount: '50' }]);
  expect((await rowsOf(desk)).map(({ reference, finding }) => [reference, finding])).toEqual([
    ['one', 'bought_not_billed'],
    ['two', 'agreement'],
  ]);
});

test('whoever sees some customers, another partner, a region and a filter each have their own rows only', async () => {
  const desk = await importDesk({ orgs: ['known', 'second', 'third'] });
  const other = await importDesk({ hub: desk.hub });
  await sell(desk, 'mine', { lines: { calling: 10 } }, [{ quantity: 9, amount: '90' }]);
  await sell(desk, 'yours', { customer: 'second', lines: { calling: 10 } }, [{ quantity: 9, amount: '90' }]);
  await sell(desk, 'late', { customer: 'second', endsOn: '2026-11-01', lines: { calling: 10 } }, [
    { quantity: 1, amount: '1' },
  ]);
  await sell(desk, 'external', { customer: 'third', lines: { calling: 10 } }, [{ quantity: 9, amount: '90' }]);
  await sell(other, 'of another', { lines: { calling: 1 } }, [{ quantity: 1, amount: '1' }]);
  const ids = await customerIds(desk);
  await desk.hub.asOwner(`update customer set kind = 'external' where id = $1`, [ids.get(orgOf('third'))]);
  const references = async (query: Record<string, string> = {}): Promise<string[]> =>
    (await rowsOf(desk, query)).map(({ reference }) => reference).toSorted();
  expect(await references()).toEqual(['late', 'mine', 'yours']);
  const name = `Customer ${orgOf('second').slice(0, 8)}`;
  expect(await references({ filter: `name:"${name}"` })).toEqual(['late', 'yours']);
  expect(await references({ findings: 'billed_not_bought' })).toEqual(['late']);
  expect(await references({ q: 'MIN' })).toEqual(['mine']);
  expect((await rowsOf(other)).map(({ reference }) => reference)).toEqual(['of another']);

  const person = await desk.hub.person(desk.partnerId, 'partner_admin');
  await desk.hub.asOwner('insert into assignment (partner_id, person_id, customer_id) values ($1, $2, $3)', [
    desk.partnerId,
    person.personId,
    ids.get(orgOf('known')),
  ]);
  const { rows } = await person.client.call(listReconciliationRows, { query: { region: 'eu' } });
  expect(rows.map(({ reference }) => reference)).toEqual(['mine']);
  expect((await person.client.call(getReconciliation, { query: {} })).lines).toBe(1);

  const all = await desk.admin.call(getReconciliation, { query: {} });
  expect(all.lines).toBe(3);
  expect(all.regions.length).toBeGreaterThan(1);
  expect(all.regions.every(({ hasAnswered }) => hasAnswered)).toBe(true);
  expect((await desk.admin.call(getReconciliation, { query: { region: 'us' } })).lines).toBe(0);
});

const sorts = ['customer', 'finding', 'money', 'unitPrice', 'billedLessBought', 'assigned'] as const;
const dates = fc.constantFrom<readonly [string, string]>(
  november,
  december,
  ['2026-08-01', '2026-10-31'],
  ['2026-06-01', '2027-05-31'],
  ['2026-11-15', '2026-12-01'],
  ['2026-12-02', '2027-01-01'],
);
const someInvoice = fc.record({
  quantity: fc.oneof(fc.constant(0), fc.nat({ max: 12 }), fc.nat({ max: 12 })),
  amount: fc.integer({ min: -2000, max: 20_000 }).map((cents) => (cents / 100).toFixed(2)),
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
  period: dates,
  state: fc.constantFrom('open', 'paid', 'overdue', 'void' as const),
});

test('rows are those of a naive look at every invoice; pages, file and header add up to them', {
  timeout: 240_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ bought: fc.nat({ max: 12 }), invoices: fc.array(someInvoice, { maxLength: 6 }) }), {
        minLength: 3,
        maxLength: 10,
      }),
      async (lines) => {
        const desk = await importDesk();
        for (const [at, { bought, invoices }] of lines.entries())
          await sell(desk, `Sub-${at}`, { lines: { calling: bought } }, invoices);
        const rows = await byReference(desk);
        const isKnown = lines.some(({ invoices }) =>
          invoices.some(({ state, period: [from] }) => state !== 'void' && from <= today),
        );
        for (const [at, { bought, invoices }] of lines.entries()) {
          const told = invoices
            .filter(({ state }) => state !== 'void')
            .map(({ period: [periodFrom, periodTo], ...rest }): BilledLine => ({ ...rest, periodFrom, periodTo }));
          const billing = billingOf(told, today);
          const row = rows[`Sub-${at} calling`];
          expect(row).toMatchObject({ bought, billed: isKnown ? (billing?.billed ?? 0) : null });
          expect(row?.billing?.monthly).toEqual(billing?.monthly);
        }
        const cents = (amount: string): number => Math.round(Number(amount) * 10_000);
        const header = await desk.admin.call(getReconciliation, { query: { region: 'eu' } });
        for (const { finding, money, lines: count } of header.findings) {
          const own = Object.values(rows).filter((row) => row.finding === finding);
          expect(count).toBe(own.length);
          for (const { currency, amount } of money)
            expect(cents(amount)).toBe(
              own.reduce((sum, row) => sum + (row.money?.currency === currency ? cents(row.money.amount) : 0), 0),
            );
        }
        for (const sort of sorts)
          for (const order of ['asc', 'desc'] as const) {
            const whole = (await rowsOf(desk, { sort, order })).map(({ key }) => key);
            const paged: string[] = [];
            for (let after: string | undefined; ; ) {
              const page = await desk.admin.call(listReconciliationRows, {
                query: { region: 'eu', sort, order, limit: 2, after },
              });
              paged.push(...page.rows.map(({ key }) => key));
              if (page.next === null) break;
              after = page.next;
            }
            expect(paged).toEqual(whole);
            expect(new Set(whole).size).toBe(lines.length);
          }
      },
    ),
    { numRuns: 4 },
  );
});

test('the file has all rows with money as it is paid, and what is unknown is empty', async () => {
  const desk = await importDesk();
  await sell(desk, 'more', { lines: { calling: 10 } }, [{ quantity: 12, amount: '120.5' }]);
  await sell(desk, 'leak', { lines: { calling: 10 } });
  const reply = await desk.admin.download(exportReconciliationRows, { query: { region: 'eu', sort: 'reference' } });
  const [head, leak, more] = reply.text.replace('\uFEFF', '').trimEnd().split('\r\n');
  expect(head).toBe(
    'Customer,Subscription ID,Product,Finding,Reason,Purchased licenses,Purchased by,Assigned licenses,Snapshot,Billed licenses,Billing,Period from,Period to,Billed a month,Price a month,Currency,Billed − purchased,Assigned − purchased,Billed − assigned,Difference a month',
  );
  expect(leak).toMatch(/,leak,Webex Calling,bought_not_billed,never,10,contract,,,0,,,,,,,-10,,,$/);
  expect(more).toMatch(/,billed_more,,10,contract,,,12,current,2026-12-01,2026-12-31,120.5 EUR,10.0417,EUR,2,,,20.08$/);
});
