import type { PartnerId } from '@hub/contract/ids';
import { importRecords } from '@hub/contract/record-imports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { testHub, type TestHub } from '../../testing/test-hub.ts';

const give = (as: TestClient, rows: readonly (readonly string[])[]) =>
  as.upload(importRecords, {
    query: { fileName: 'records.csv' },
    body: rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n'),
  });

const org = (letter: string): string =>
  letter === '' ? '' : `${letter.charCodeAt(0).toString(16).repeat(4)}-0000-4000-8000-000000000000`.padStart(36, '0');

const customerHeader = ['Name', 'Country', 'Org ID', 'External ID', 'Domain'];
// Few names and ids, so that rows get into each other's way as often as possible.
const customerRow = fc
  .tuple(
    fc.constantFrom('Acme', 'acme', 'Бреза', '한빛'),
    fc.constantFrom('US', 'US', 'US', 'DE'),
    fc.constantFrom('', '', 'a', 'b').map(org),
    fc.constantFrom('', '', 'HC-1', 'HC-2'),
    fc.constantFrom('', 'a.example', 'b.example'),
  )
  .map((row): string[] => row);

async function customersOf(hub: TestHub, partnerId: PartnerId): Promise<unknown[]> {
  return hub.asOwner(
    `select name, org_uuid, external_id, country, region, domain, version from customer where partner_id = $1 and kind <> 'own'
     order by name, org_uuid, external_id, domain, version`,
    [partnerId],
  );
}

test('customers: the numbers add up, a trial tells the same, and a file that comes again changes nothing', {
  timeout: 120_000,
}, async () => {
  const hub = await testHub();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(customerRow, { minLength: 1, maxLength: 7 }), { minLength: 1, maxLength: 3 }),
      async (files) => {
        const { admin, partnerId } = await hub.partner();
        for (const file of files) {
          const rows = [customerHeader, ...file];
          const tried = await admin.upload(importRecords, {
            query: { fileName: 'records.csv', isTrial: 'true' },
            body: rows.map((row) => row.join(',')).join('\n'),
          });
          const first = await give(admin, rows);
          expect({ ...tried, isTrial: false }).toEqual(first);
          expect(first.created + first.changed + first.unchanged + first.rejected).toBe(first.read);
          const after = await customersOf(hub, partnerId);
          const again = await give(admin, rows);
          // A hint may name a customer as the file has renamed it.
          expect({ ...again, rejections: again.rejections.map(({ line, reason }) => [line, reason]) }).toEqual({
            ...first,
            rejections: first.rejections.map(({ line, reason }) => [line, reason]),
            created: 0,
            changed: 0,
            unchanged: first.read - first.rejected,
          });
          expect(await customersOf(hub, partnerId)).toEqual(after);
        }
      },
    ),
    { numRuns: 60 },
  );
});

const contractHeader = [
  'Subscription ID',
  'Customer',
  'Product',
  'Ordered',
  'Assigned',
  'Start',
  'End',
  'Auto-renew',
  'Payment state',
];
const contractRow = fc
  .tuple(
    fc.constantFrom('Sub-1', 'Sub-2', 'Sub-3'),
    fc.constantFrom('Acme', 'Бреза', 'Nobody'),
    fc.constantFrom('calling', 'meetings', 'fax', ''),
    fc.constantFrom('1', '2', 'x'),
    fc.constantFrom('', '0', '3'),
    fc.constantFrom('2026-01-01', '2026-02-30'),
    fc.constantFrom('', '2026-12-31'),
    fc.constantFrom('', 'yes'),
    fc.constantFrom('', 'suspended'),
  )
  .map((row): string[] => row);

/** What is stored, from nothing but the rules of docs/records.md, a row after another. */
function naive(
  files: readonly (readonly string[][])[],
): Map<string, { customer: string; terms: string; lines: Map<string, string> }> {
  const stored = new Map<string, { customer: string; terms: string; lines: Map<string, string> }>();
  const payments = new Map<string, string>();
  const renewals = new Map<string, string>();
  for (const file of files) {
    const good = file.filter(
      ([, customer, product, ordered, , start]) =>
        customer !== 'Nobody' && product !== 'fax' && (product === '' || ordered !== 'x') && start === '2026-01-01',
    );
    for (const reference of new Set(good.map(([id]) => id ?? ''))) {
      const own = good.filter(([id]) => id === reference);
      const all = file.filter(([id]) => id === reference);
      const last = own.at(-1) ?? [];
      const saying = (row: readonly string[]): string => JSON.stringify([row[1], ...row.slice(5)]);
      const agreeing = own.filter((row) => saying(row) === saying(last));
      const lines = new Map(agreeing.map((row) => [row[2] ?? '', row]));
      const isWhole = lines.size === all.length;
      const before = stored.get(reference);
      if (before && before.customer !== last[1]) continue;
      if (last[8] !== '') payments.set(reference, last[8] ?? '');
      if (last[7] !== '') renewals.set(reference, last[7] ?? '');
      const kept = isWhole ? [] : [...(before?.lines ?? [])];
      stored.set(reference, {
        customer: last[1] ?? '',
        terms: `${last[6] || 'null'} ${renewals.get(reference) === 'yes'} ${payments.get(reference) ?? 'current'}`,
        lines: new Map([
          ...kept,
          ...[...lines]
            .filter(([product]) => product !== '')
            .map(([product, row]) => [product, `${row[3]}/${row[4] || 'null'}`] as const),
        ]),
      });
    }
  }
  return stored;
}

async function contractsOf(hub: TestHub, partnerId: PartnerId): Promise<Record<string, unknown>> {
  const rows = await hub.asOwner<{ reference: string; said: string; lines: string[] }>(
    `select reference, c.name || ' ' || coalesce(s.ends_on::text, 'null') || ' ' || s.auto_renews || ' ' || s.payment_state as said,
       array(select product || ' ' || ordered || '/' || coalesce(assigned::text, 'null') from license_line l where l.subscription_id = s.id order by product) as lines
     from subscription s join customer c on c.id = s.customer_id where s.partner_id = $1 order by reference`,
    [partnerId],
  );
  return Object.fromEntries(rows.map(({ reference, said, lines }) => [reference, [said, ...lines]]));
}

test('subscriptions: what is stored is what the rules say; again it is unchanged', { timeout: 120_000 }, async () => {
  const hub = await testHub();
  const file = fc.array(contractRow, { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), async (files) => {
      const { admin, partnerId } = await hub.partner();
      await give(admin, [
        ['Name', 'Country'],
        ['Acme', 'US'],
        ['Бреза', 'BG'],
      ]);
      for (const rows of files) {
        const first = await give(admin, [contractHeader, ...rows]);
        expect(first.created + first.changed + first.unchanged + first.rejected).toBe(first.read);
        const after = await contractsOf(hub, partnerId);
        const again = await give(admin, [contractHeader, ...rows]);
        expect(again).toEqual({ ...first, created: 0, changed: 0, unchanged: first.read - first.rejected });
        expect(await contractsOf(hub, partnerId)).toEqual(after);
      }
      const expected = [...naive(files)].map(([reference, { customer, terms, lines }]) => [
        reference,
        [`${customer} ${terms}`, ...[...lines].map(([product, text]) => `${product} ${text}`).sort()],
      ]);
      expect(await contractsOf(hub, partnerId)).toEqual(Object.fromEntries(expected));
    }),
    { numRuns: 60 },
  );
});

test('rows in another order say the same, where none is about what another is about', {
  timeout: 120_000,
}, async () => {
  const hub = await testHub();
  const rows = fc.uniqueArray(
    fc.tuple(
      fc.nat(20),
      fc.constantFrom('calling', 'meetings'),
      fc.constantFrom('', '3'),
      fc.constantFrom('2026-12-05', '2027-12-05'),
    ),
    { minLength: 1, maxLength: 12, selector: ([number]) => number },
  );
  await fc.assert(
    fc.asyncProperty(rows, fc.infiniteStream(fc.nat()), async (given, shuffling) => {
      const keys = given.map((): number => Number(shuffling.next().value));
      const shuffled = given
        .map((row, place) => [keys[place] ?? 0, row] as const)
        .toSorted(([a], [b]) => a - b)
        .map(([, row]) => row);
      const results: unknown[] = [];
      for (const order of [given, shuffled]) {
        const { admin, partnerId } = await hub.partner();
        await give(admin, [['Name', 'Country'], ...order.map(([number]) => [`Customer ${number}`, 'US'])]);
        await give(admin, [
          contractHeader,
          ...order.map(([number, product, assigned, end]) => [
            `Sub-${number}`,
            `Customer ${number}`,
            product,
            '2',
            assigned,
            '2026-01-01',
            end,
            '',
            '',
          ]),
        ]);
        results.push([
          await contractsOf(hub, partnerId),
          await hub.asOwner(
            `select c.name, s.status, s.since, s.reasons from customer c join customer_status s on s.customer_id = c.id where c.partner_id = $1 order by 1, 2`,
            [partnerId],
          ),
        ]);
      }
      expect(results[1]).toEqual(results[0]);
    }),
    { numRuns: 15 },
  );
});

test('whatever stands in a file is data or is rejected in words', { timeout: 120_000 }, async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const nasty = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      '\u0000',
      "'; drop table tenant.customer; --",
      '=1+1',
      '가'.repeat(5000),
      '👩‍🚀',
      '\ud800',
      '\u202e',
      'NULL',
      '{}',
      '\\',
      '-1',
      '1e9',
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(nasty, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
      async (rows) => {
        const first = await give(admin, [
          customerHeader,
          ...rows.map(([name = '', ...rest]) => [`x${name}`, 'US', ...rest.slice(1)]),
        ]);
        expect(first.created + first.changed + first.unchanged + first.rejected).toBe(first.read);
        const contracts = await give(admin, [contractHeader, ...rows.map((row) => [...row, '2026-01-01', '', '', ''])]);
        expect(contracts.created + contracts.rejected).toBe(contracts.read);
      },
    ),
    { numRuns: 60 },
  );
});
