import { type QueryTerm, allOf, anyOf, noneOf, type Query } from '@hub/contract/customer-query';
import { type ChoiceField, choicesOf } from '@hub/contract/customer-query-fields';
import { printQuery } from '@hub/contract/customer-query-print';
import * as api from '@hub/contract/customers';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  fillCustomers,
  fulfils,
  type KnownCustomer,
  worldGroups,
  worldNames,
  subscriptionTags,
  worldTags,
} from '../../testing/customer-world.ts';
import { testHub } from '../../testing/test-hub.ts';

const today = '2026-12-01';

async function filled(count: number) {
  const hub = await testHub();
  const partner = await hub.partner();
  await hub.asOwner("update partner set time_zone = 'Asia/Seoul' where id = $1", [partner.partnerId]);
  await hub.asOwner('delete from customer where partner_id = $1', [partner.partnerId]);
  const known = await fillCustomers(hub, partner.partnerId, count);
  const matching = async (filter: string): Promise<string[]> => {
    const { items } = await partner.admin.call(api.listCustomers, { query: { filter, limit: 200 } });
    return items.map(({ id }) => id).toSorted();
  };
  return { hub, ...partner, known, matching };
}

const several = <Value>(one: fc.Arbitrary<Value>) => fc.array(one, { minLength: 1, maxLength: 2 });
const texts = fc.constantFrom(
  ...worldNames,
  'E',
  'ÉMILE',
  'север',
  '한ㅂ',
  '하',
  'ΟΔΥΣΣΕΥΣ',
  '%',
  '_',
  '\\',
  'example',
  '17',
  'sub-47',
  'Т-1',
  'price rev',
  "';--",
  'zzz',
);
const comparison = fc.constantFrom('=', '<', '<=', '>', '>=');
const apiWord = (field: string, word: string): string =>
  field === 'status' || field === 'product' || field === 'anomaly' ? word.replaceAll('-', '_') : word;

const queryOver = (known: readonly KnownCustomer[]): fc.Arbitrary<Query> => {
  const term = fc.oneof(
    texts.map((text): QueryTerm => ({ kind: 'text', text: text.normalize('NFC') })),
    fc
      .constantFrom<ChoiceField>('status', 'anomaly', 'product', 'region', 'managed', 'type', 'has', 'is')
      .chain((field) =>
        several(fc.constantFrom(...choicesOf(field))).map(
          (values): QueryTerm => ({ kind: 'choice', field, values: values.map((word) => apiWord(field, word)) }),
        ),
      ),
    several(fc.constantFrom('US', 'BG', 'FR')).map(
      (values): QueryTerm => ({ kind: 'choice', field: 'country', values }),
    ),
    several(fc.constantFrom(...known.map(({ id }) => id))).map(
      (values): QueryTerm => ({ kind: 'choice', field: 'id', values }),
    ),
    several(fc.option(fc.constantFrom(...worldTags, ...subscriptionTags, 'NORTH', 'nothing'))).map(
      (values): QueryTerm => ({ kind: 'named', field: 'tag', values }),
    ),
    several(fc.option(fc.constantFrom(...worldGroups, 'fixed'))).map(
      (values): QueryTerm => ({ kind: 'named', field: 'group', values }),
    ),
    fc.record({
      kind: fc.constant('words' as const),
      field: fc.constantFrom('name', 'domain', 'org', 'external', 'subscription'),
      isWhole: fc.boolean(),
      values: several(
        fc.oneof(
          texts,
          fc.constantFrom(
            'C-17',
            'c-17',
            'EXAMPLE.com',
            'a',
            '4',
            ...known.flatMap(({ org, references }) => [...(org ? [org.toUpperCase()] : []), ...references]).slice(0, 5),
          ),
        ),
      ),
    }),
    fc.record({
      kind: fc.constant('number' as const),
      field: fc.constantFrom('licenses.ordered', 'licenses.assigned', 'licenses.unassigned', 'licenses.over'),
      comparison,
      values: fc.constantFrom([0], [1], [20], [999_999_999_999]),
    }),
    fc.record({
      kind: fc.constant('date' as const),
      field: fc.constantFrom('ends', 'renews', 'created', 'signed-in'),
      comparison,
      value: fc.oneof(
        fc.record({
          kind: fc.constant('date' as const),
          date: fc.constantFrom('2026-11-30', '2026-12-01', '2026-12-31'),
        }),
        fc.record({
          kind: fc.constant('relative' as const),
          count: fc.constantFrom(0, 1, 13, 30, 90, 9999),
          unit: fc.constantFrom('d', 'w', 'm', 'y'),
        }),
      ),
    }),
    fc
      .constantFrom('ends', 'renews', 'signed-in')
      .map((field) => ({ kind: 'date', field, comparison: '=', value: { kind: 'none' } })),
  ) as fc.Arbitrary<QueryTerm>;
  return fc.letrec<{ query: Query }>((tie) => ({
    query: fc.oneof(
      { maxDepth: 3 },
      term,
      fc.array(tie('query'), { minLength: 1, maxLength: 3 }).map(allOf),
      fc.array(tie('query'), { minLength: 1, maxLength: 3 }).map(anyOf),
      tie('query').map(noneOf),
    ),
  })).query;
};

test('a filter leaves whom it leaves when each customer is looked at alone', async () => {
  const { known, matching, admin } = await filled(80);
  await fc.assert(
    fc.asyncProperty(queryOver(known), async (query) => {
      const expected = known.filter((one) => fulfils(one, query, today)).map(({ id }) => id);
      const filter = printQuery(query);
      expect(await matching(filter)).toEqual(expected.toSorted());
      expect(await admin.call(api.countCustomers, { query: { filter } })).toEqual({
        matching: expected.length,
        all: 80,
      });
    }),
    { numRuns: 150 },
  );
}, 120_000);

test('every order, in pages, shows each customer once', async () => {
  const { known, admin } = await filled(60);
  const filter = 'has:tags';
  const expected = (await admin.call(api.listCustomers, { query: { filter, limit: 200 } })).items;
  for (const sort of api.CustomerSort.options) {
    for (const order of ['asc', 'desc'] as const) {
      const seen: api.CustomerRow[] = [];
      const cursors: string[] = [];
      for (let after: string | undefined; ; ) {
        const page = await admin.call(api.listCustomers, {
          query: { filter, sort, order, limit: 7, ...(after === undefined ? {} : { after }) },
        });
        seen.push(...page.items);
        if (page.next === null) break;
        after = page.next;
        cursors.push(after);
      }
      const [of, otherSort] = [cursors.at(-1), sort === 'name' ? 'next' : 'name'] as const;
      const foreign = { sort: otherSort, order, ...(of === undefined ? {} : { after: of }) };
      expect(await admin.refusal(api.listCustomers, { query: foreign })).toMatchObject({ code: 'cursor_invalid' });
      expect(seen.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
      const keys = seen.map((row) => keyOf(sort, row)).filter((key) => key !== undefined);
      const known = keys.filter((key) => key !== null);
      // What is not known comes last, either way.
      expect(keys.slice(0, known.length)).toEqual(known);
      const sorted = known.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(known).toEqual(order === 'asc' ? sorted : sorted.toReversed());
    }
  }
  expect(known.length).toBeGreaterThan(expected.length);
}, 120_000);

/** Undefined: in the order of the database's collation. */
function keyOf(sort: api.CustomerSort, row: api.CustomerRow): string | number | null | undefined {
  switch (sort) {
    case 'next':
      return row.next?.on ?? null;
    case 'licenses':
      return row.licenses?.ordered ?? null;
    case 'unassigned':
      return row.licenses?.unassigned ?? null;
    case 'region':
      return row.region;
    case 'lastSignIn':
      return row.lastSignIn.on;
    case 'createdAt':
      return row.createdAt;
    case 'urgency': {
      const [first] = row.statuses;
      const rank = first
        ? [
            'suspended',
            'license_overage',
            'expired',
            'expires_soon',
            'ready_for_order_setup',
            'no_recent_activity',
            'trial',
            'subscription',
          ].indexOf(first.status)
        : 8;
      return `${row.failedSetup ? Math.min(rank, 4) : rank} ${row.next?.on ?? '9999'}`;
    }
    case 'name':
      return undefined;
  }
}

test('the search takes no notice of case, diacritics and what cannot be seen, in any script', async () => {
  const { known, matching } = await filled(40);
  const named = (part: string) =>
    known
      .filter(({ name }) => name === part)
      .map(({ id }) => id)
      .toSorted();
  expect(await matching('name:EMILE')).toEqual([...named('emile'), ...named('Émile & Söhne')].toSorted());
  expect(await matching('name="северен ВЯТЪР"')).toEqual(named('Северен вятър'));
  expect(await matching('name:하')).toEqual(named('한빛전자'));
  expect(await matching('name:ΟΔΥΣΣΕΥΣ')).toEqual(named('Ὀδυσσεύς'));
  expect(await matching('name:"ab 😀"')).toEqual(named('a\u200bb 😀'));
  expect(await matching('name:mirror')).toEqual(named('\u202emirror'));
});

test('hostile filters stay data, or are refused with the place', async () => {
  const { matching, admin, known } = await filled(20);
  const evil = [
    "'; drop table customer; --",
    '1 OR 1=1',
    "') or true --",
    '\u200b\u202e',
    '😀'.repeat(500),
    '$1',
    '%',
    'a'.repeat(3000),
    '\ud800',
  ];
  for (const field of ['name', 'domain', 'org', 'external', 'subscription', 'tag', 'group'])
    for (const text of evil) {
      const filter = `${field}=${JSON.stringify(text).replaceAll(String.raw`\u`, 'u')}`;
      expect(await matching(filter)).toEqual([]);
    }
  expect(await matching('')).toHaveLength(known.length);
  const refusal = async (filter: string) => admin.refusal(api.listCustomers, { query: { filter } });
  expect(await refusal('😀 stauts:trial')).toMatchObject({
    status: 400,
    code: 'filter_invalid',
    data: { at: 3, offset: 3, length: 6, problem: 'field_unknown', reason: 'there is no field stauts; status?' },
  });
  expect(await refusal('('.repeat(200))).toMatchObject({ code: 'filter_invalid', data: { problem: 'too_deep' } });
  expect(await refusal('x'.repeat(10_000))).toMatchObject({
    code: 'filter_too_long',
    data: { length: 10_000, limit: 4000 },
  });
});

/** Each name once, its own and those of its subscriptions. */
const allTags = (known: KnownCustomer): string[] => [...new Set([...known.tags, ...known.subscriptionTags])];

test('a tag that only a subscription has finds its customer, by field and as a text', async () => {
  const { known, matching } = await filled(40);
  const tagged = known.filter((one) => one.subscriptionTags.includes('Price review')).map(({ id }) => id);
  expect(tagged.length).toBeGreaterThan(0);
  expect(await matching('tag:"price review"')).toEqual(tagged.toSorted());
  expect(await matching('"price rev"')).toEqual(tagged.toSorted());
});

test('a facet counts under the other conditions', async () => {
  const { admin, known } = await filled(60);
  const facet = async (field: api.FacetField, filter: string, text = '') =>
    Object.fromEntries(
      (await admin.call(api.listCustomerFacet, { params: { field }, query: { filter, text } })).items.map(
        ({ value, customers }) => [value, customers],
      ),
    );
  const europeans = known.filter(({ region }) => region === 'eu');
  const counts = (values: readonly string[]): Record<string, number> =>
    Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((each) => each === value).length]));
  expect(await facet('status', 'region:eu -status:trial')).toEqual(
    counts(
      europeans.flatMap(({ statuses }) =>
        statuses.length === 0 ? ['none'] : statuses.map((status) => status.replaceAll('_', '-')),
      ),
    ),
  );
  expect((await facet('status', ''))['none']).toBe(known.filter(({ statuses }) => statuses.length === 0).length);
  expect((await facet('product', ''))['none']).toBe(known.filter(({ products }) => products.length === 0).length);
  expect(await facet('tag', 'region:eu')).toEqual(counts(europeans.flatMap(allTags)));
  expect(await facet('tag', '', 'СЕВ')).toEqual({
    Север: known.filter((one) => allTags(one).includes('Север')).length,
  });
  expect(await facet('region', 'region:eu country:BG')).toEqual(
    counts(known.filter(({ country }) => country === 'BG').map(({ region }) => region)),
  );
  expect(await facet('group', 'region:us')).toMatchObject({
    Europe: 0,
    'Loop one': known.filter(({ region }) => region === 'us').length,
  });
  const typed = await facet('type', '');
  expect(typed['both']).toBe(
    known.filter(({ hasSubscription, hasTrial }) => hasSubscription && hasTrial).length || undefined,
  );
  for (const field of api.FacetField.options) await facet(field, 'acme OR region:us');
});

test('another partner’s customers and those out of scope are neither listed nor counted nor exported', async () => {
  const { hub, partnerId, known } = await filled(20);
  const other = await hub.partner();
  expect(await other.admin.call(api.countCustomers, { query: { filter: '' } })).toEqual({ matching: 1, all: 1 });
  const pia = await hub.person(partnerId, 'partner_admin');
  const mine = known.slice(0, 3).map(({ id }) => id);
  await hub.asOwner('insert into assignment (partner_id, person_id, customer_id) select $1, $2, unnest($3::uuid[])', [
    partnerId,
    pia.personId,
    mine,
  ]);
  expect(await pia.client.call(api.countCustomers, { query: { filter: '' } })).toEqual({ matching: 3, all: 3 });
  for (const sort of api.CustomerSort.options) {
    const { items } = await pia.client.call(api.listCustomers, { query: { sort } });
    expect(items.map(({ id }) => id).toSorted()).toEqual(mine.toSorted());
  }
  const { text } = await pia.client.download(api.exportCustomersCsv, { query: {} });
  expect(text.trimEnd().split('\r\n')).toHaveLength(4);
  expect(await pia.client.refusal(api.getCustomer, { params: { customerId: known[5]?.id as never } })).toMatchObject({
    code: 'customer_not_found',
  });
});
