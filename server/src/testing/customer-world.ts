import { AnomalyKind } from '@hub/contract/calling-anomaly';
import type { DateValue, Query, QueryTerm } from '@hub/contract/customer-query';
import { parseQuery } from '@hub/contract/customer-query';
import { CustomerStatus } from '@hub/contract/customer-statuses';
import { Product } from '@hub/contract/products';
import { searchText } from '@hub/contract/search-text';
import fc from 'fast-check';
import { madeUuid } from './leg-record.ts';
import type { TestHub } from './test-hub.ts';

/** A customer as a filter sees it. */
export interface KnownCustomer {
  id: string;
  name: string;
  domain: string | null;
  org: string | null;
  external: string | null;
  country: string;
  region: 'us' | 'eu' | 'ca';
  kind: 'owned' | 'external';
  contact: string;
  createdAt: string;
  hasSignIns: boolean;
  lastSignIn: string | null;
  statuses: string[];
  products: string[];
  ordered: number;
  assigned: number | null;
  unassigned: number | null;
  over: number;
  hasSubscription: boolean;
  hasTrial: boolean;
  endsOn: string | null;
  renewsOn: string | null;
  tags: string[];
  /** Of a subscription of its. */
  subscriptionTags: string[];
  groups: string[];
  references: string[];
  hasSetupErrors: boolean;
  anomalies: string[];
}

export const worldNames = [
  'Émile & Söhne',
  'emile',
  '한빛전자',
  'Северен вятър',
  'СЕВЕР',
  'Ὀδυσσεύς',
  '100% _under\\score',
  "O'Hara; drop table customer; --",
  'a\u200bb 😀',
  '\u202emirror',
];
export const worldTags = ['north', 'Север', '남쪽', 'none'];
/** One of them is called like a tag of customers. */
export const subscriptionTags = ['Price review', 'Север'];
const staticGroups = ['Fixed', '고정'];
/** Groups by a filter, some of which lead nowhere. */
export const filterGroups: Record<string, string> = {
  Europe: 'region:eu',
  Nested: 'group:europe OR tag:north',
  'Loop one': 'group:"loop two" OR region:us',
  'Loop two': 'group:"loop one" OR region:ca',
  Orphan: 'group:"nobody knows"',
  Broken: 'status:nothing-of-the-kind',
};
export const worldGroups = [...staticGroups, ...Object.keys(filterGroups), 'nobody knows'];

const days = ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-14', '2026-12-31', '2027-01-31'];
const past = ['2025-12-01', '2026-09-02', '2026-09-01', '2026-11-01', '2026-11-30', '2026-12-01'];
const some = <Value>(values: readonly Value[], most: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength: most });
const counted = fc.constantFrom(0, 1, 2, 5, 20, 21, 10_000_000);

const customer = fc
  .record({
    name: fc.constantFrom(...worldNames),
    domain: fc.option(fc.constantFrom('example.com', 'xn--e1afmkfd.bg', 'acme.test')),
    org: fc.option(fc.constant(''), { freq: 2 }),
    external: fc.option(fc.constantFrom('C-17', 'c-18', 'Кл-1', '%_')),
    region: fc.constantFrom('us', 'eu', 'ca'),
    country: fc.constantFrom('US', 'BG', 'KR'),
    kind: fc.constantFrom('owned', 'external'),
    contact: fc.constantFrom('', 'Ada'),
    // Before and after midnight in Seoul.
    createdAt: fc.constantFrom('2026-11-30T14:59:59.999Z', '2026-11-30T15:00:00.000Z', '2026-01-01T00:00:00.000Z'),
    hasSignIns: fc.boolean(),
    lastSignIn: fc.option(fc.constantFrom(...past)),
    statuses: some(CustomerStatus.options, 3),
    products: some(Product.options, 3),
    ordered: counted,
    assigned: fc.option(counted),
    unassigned: fc.option(counted),
    over: counted,
    hasSubscription: fc.boolean(),
    hasTrial: fc.boolean(),
    endsOn: fc.option(fc.constantFrom(...days)),
    renewsOn: fc.option(fc.constantFrom(...days)),
    tags: some(worldTags, 2),
    subscriptionTags: some(subscriptionTags, 2),
    groups: some(staticGroups, 1),
    references: fc.constantFrom<string[]>([], ['Sub-4711'], ['sub-4712', 'Т-1']),
    hasSetupErrors: fc.boolean(),
    anomalies: some(AnomalyKind.options, 2),
  })
  .map((made) => ({ ...made, id: madeUuid(), org: made.org === null ? null : madeUuid() }))
  .map((made): KnownCustomer => ({ ...made, lastSignIn: made.hasSignIns ? made.lastSignIn : null }));

/** A subscription's; the other references are of trials. */
const taggedReference = 'Tagged-';
const isTrial = (reference: string): boolean => !reference.startsWith(taggedReference);

const setupFailure = {
  of: { kind: 'subscription', reference: 'Sub' },
  code: 'setup_failed',
  note: null,
  since: '2026-11-01',
  state: 'error',
};

/** So many customers of any kind, written past the verbs, with everything that is derived of them. */
export async function fillCustomers(hub: TestHub, partnerId: string, count: number): Promise<KnownCustomer[]> {
  const made = fc.sample(customer, count).map((known, at) => ({
    ...known,
    references: [
      ...known.references.map((reference) => `${reference}-${at}`),
      ...(known.subscriptionTags.length > 0 ? [`${taggedReference}${at}`] : []),
    ],
  }));
  const rankOf = ({ statuses, hasSetupErrors }: KnownCustomer): number => {
    const found = CustomerStatus.options.findIndex((status) => statuses.includes(status));
    const rank = found < 0 ? CustomerStatus.options.length : found;
    return hasSetupErrors ? Math.min(rank, CustomerStatus.options.indexOf('ready_for_order_setup')) : rank;
  };
  const earliest = (known: KnownCustomer): string | null =>
    [known.endsOn, known.renewsOn].filter((day) => day !== null).toSorted()[0] ?? null;
  const searched = (known: KnownCustomer): string =>
    [known.name, known.domain, known.org, known.external]
      .filter((text) => text !== null)
      .concat(known.references.length > 0 ? ['', ...known.references] : [])
      .map(searchText)
      .join('\n');
  const rows = made.map((known) => ({
    id: known.id,
    partner_id: partnerId,
    name: known.name,
    org_uuid: known.org,
    external_id: known.external,
    country: known.country,
    region: known.region,
    kind: known.kind,
    created_at: known.createdAt,
    domain: known.domain,
    contact_name: known.contact,
    contact_email: '',
    contact_phone: '',
    version: 1,
    has_sign_ins: known.hasSignIns,
    last_sign_in_on: known.lastSignIn,
    search_text: searched(known),
    name_key: searchText(known.name),
    status_rank: rankOf(known),
    failed_setup: known.hasSetupErrors ? { since: '2026-11-01', reasons: [setupFailure] } : null,
    next: earliest(known) === null ? null : { on: earliest(known), verb: 'ends', reference: 'Sub' },
    next_on: earliest(known),
    ends_on: known.endsOn,
    renews_on: known.renewsOn,
    has_subscription: known.hasSubscription,
    has_trial: known.hasTrial,
    products: known.products,
    licenses_ordered: known.ordered,
    licenses_assigned: known.assigned,
    licenses_unassigned: known.unassigned,
    licenses_over: known.over,
  }));
  const put = (table: string, values: readonly object[]): Promise<unknown> =>
    hub.asOwner(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1)`, [
      JSON.stringify(values.map((row) => ({ partner_id: partnerId, ...row }))),
    ]);
  await put('customer', rows);
  const entry = { since: '2026-11-01', reasons: [{ code: 'inactive', last: null, since: '2026-11-01' }] };
  await put(
    'customer_status',
    made.flatMap(({ id, statuses }) => statuses.map((status) => ({ customer_id: id, status, ...entry }))),
  );
  await put(
    'calling_anomaly',
    made.flatMap(({ id, anomalies }) =>
      anomalies.map((kind) => ({ customer_id: id, kind, since: '2026-11-22', told: anomalyOf(kind) })),
    ),
  );
  const at = '2026-11-01T00:00:00Z';
  const tagIds = new Map(worldTags.map((name) => [name, madeUuid()]));
  await put(
    'tag',
    worldTags.map((name) => ({
      id: tagIds.get(name),
      kind: 'customer',
      name,
      name_key: name.toLowerCase(),
      color: 'gray',
      description: '',
      created_at: at,
    })),
  );
  await put(
    'customer_tag',
    made.flatMap(({ id, tags }) => tags.map((name) => ({ customer_id: id, tag_id: tagIds.get(name) }))),
  );
  await putSubscriptionTags(put, made);
  const groups = [
    ...staticGroups.map((name) => ({ name, filter: null })),
    ...Object.entries(filterGroups).map(([name, filter]) => ({ name, filter })),
  ];
  const groupIds = new Map(groups.map(({ name }) => [name, madeUuid()]));
  await put(
    'customer_group',
    groups.map(({ name, filter }) => ({
      id: groupIds.get(name),
      name,
      name_key: name.toLowerCase(),
      description: '',
      filter,
      version: 1,
      created_at: at,
    })),
  );
  await put(
    'customer_group_member',
    made.flatMap((known) => known.groups.map((name) => ({ group_id: groupIds.get(name), customer_id: known.id }))),
  );
  await put(
    'trial',
    made.flatMap(({ id, references }) =>
      references.filter(isTrial).map((reference) => ({
        id: madeUuid(),
        customer_id: id,
        reference,
        starts_on: '2026-11-01',
        ends_on: '2026-12-31',
        version: 1,
        created_at: at,
      })),
    ),
  );
  return made;
}

type Put = (table: string, values: readonly object[]) => Promise<unknown>;

const anomalyOf = (kind: string): object => {
  const dated = { kind, since: '2026-11-22', week: '2026-11-22' };
  return kind === 'quality_spike'
    ? { ...dated, poorShare: 9, limit: 4, knownLegs: 300, policy: 'documented' }
    : { ...dated, legs: 3, usualLegs: 90, lowDays: 5, usedDays: 5 };
};

/** A subscription for each customer whose subscriptions have tags; nothing else is derived of it. */
async function putSubscriptionTags(put: Put, made: readonly KnownCustomer[]): Promise<void> {
  const created_at = '2026-11-01T00:00:00Z';
  const ids = new Map(subscriptionTags.map((name) => [name, madeUuid()]));
  const tagged = made.filter((known) => known.subscriptionTags.length > 0).map((known) => ({ known, id: madeUuid() }));
  await put(
    'tag',
    subscriptionTags.map((name) => ({
      id: ids.get(name),
      kind: 'subscription',
      name,
      name_key: name.toLowerCase(),
      color: 'gray',
      description: '',
      created_at,
    })),
  );
  await put(
    'subscription',
    tagged.map(({ known, id }) => ({
      id,
      customer_id: known.id,
      reference: known.references.find((reference) => !isTrial(reference)),
      starts_on: '2026-01-01',
      auto_renews: false,
      payment_state: 'current',
      payment_since: '2026-01-01',
      setup_state: 'provisioned',
      setup_since: '2026-01-01',
      version: 1,
      created_at,
    })),
  );
  await put(
    'subscription_tag',
    tagged.flatMap(({ known, id }) =>
      known.subscriptionTags.map((name) => ({ customer_id: known.id, subscription_id: id, tag_id: ids.get(name) })),
    ),
  );
}

/** Whether a customer fulfils a filter, one at a time and without a database. */
export function fulfils(known: KnownCustomer, query: Query, today: string, within: readonly string[] = []): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every((part) => fulfils(known, part, today, within));
    case 'or':
      return query.parts.some((part) => fulfils(known, part, today, within));
    case 'not':
      return !fulfils(known, query.part, today, within);
    case 'text':
      return [known.name, known.domain, known.org, known.external, ...known.references, ...tagsOf(known)].some(
        (text) => text !== null && searchText(text).includes(searchText(query.text)),
      );
    case 'choice':
      return query.values.some((value) => hasChoice(known, query.field, value, today, within));
    case 'named':
      return query.values.some((name) =>
        query.field === 'tag' ? hasTag(known, name) : isIn(known, name, today, within),
      );
    case 'words':
      return query.values.some((value) => hasWords(known, query.field, value, query.isWhole));
    case 'number': {
      const there = known[query.field.replace('licenses.', '') as 'ordered' | 'assigned' | 'unassigned' | 'over'];
      return there !== null && query.values.some((value) => compares(there, query.comparison, value));
    }
    case 'date':
      return hasDate(known, query, today);
  }
}

function hasChoice(
  known: KnownCustomer,
  field: string,
  value: string,
  today: string,
  within: readonly string[],
): boolean {
  const { hasSubscription, hasTrial } = known;
  switch (field) {
    case 'status':
      return value === 'none' ? known.statuses.length === 0 : known.statuses.includes(value);
    case 'anomaly':
      return value === 'none' ? known.anomalies.length === 0 : known.anomalies.includes(value);
    case 'product':
      return value === 'none' ? known.products.length === 0 : known.products.includes(value);
    case 'region':
      return known.region === value;
    case 'country':
      return known.country === value;
    case 'id':
      return known.id === value;
    case 'managed':
      return known.kind === { partner: 'owned', external: 'external', own: 'own' }[value];
    case 'type':
      return (
        {
          subscription: hasSubscription,
          trial: hasTrial,
          both: hasSubscription && hasTrial,
          none: !hasSubscription && !hasTrial,
        }[value] ?? false
      );
    default:
      return (
        {
          organization: known.org !== null,
          linked: known.org !== null,
          domain: known.domain !== null,
          'external-id': known.external !== null,
          contact: known.contact !== '',
          tags: tagsOf(known).length > 0,
          groups: !isIn(known, null, today, within),
          'sign-ins': known.hasSignIns,
          assignments: known.assigned !== null,
          subscription: hasSubscription,
          trial: hasTrial,
          'setup-errors': known.hasSetupErrors,
          active: hasSubscription || hasTrial,
          renewing: known.renewsOn !== null,
        }[value] ?? false
      );
  }
}

const tagsOf = (known: KnownCustomer): string[] => [...known.tags, ...known.subscriptionTags];

const hasTag = (known: KnownCustomer, name: string | null): boolean =>
  name === null ? tagsOf(known).length === 0 : tagsOf(known).some((tag) => searchText(tag) === searchText(name));

function isIn(known: KnownCustomer, name: string | null, today: string, within: readonly string[]): boolean {
  if (name === null)
    return known.groups.length === 0 && !Object.keys(filterGroups).some((group) => isIn(known, group, today, within));
  if (known.groups.some((group) => searchText(group) === searchText(name))) return true;
  const [found, filter] = Object.entries(filterGroups).find(([group]) => searchText(group) === searchText(name)) ?? [];
  if (found === undefined || filter === undefined || within.includes(found)) return false;
  const read = parseQuery(filter);
  return 'ok' in read && fulfils(known, read.ok, today, [...within, found]);
}

function hasWords(known: KnownCustomer, field: string, value: string, isWhole: boolean): boolean {
  const is = (there: string, asked: string): boolean => (isWhole ? there === asked : there.includes(asked));
  if (field === 'name') return is(searchText(known.name), searchText(value));
  const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const texts = {
    domain: [known.domain],
    org: [known.org],
    external: [known.external],
    subscription: known.references,
  }[field];
  return (texts ?? []).some((text) => text !== null && is(lower(text), lower(value)));
}

function compares<Value extends number | string>(there: Value, comparison: string, value: Value): boolean {
  switch (comparison) {
    case '=':
      return there === value;
    case '<':
      return there < value;
    case '<=':
      return there <= value;
    case '>':
      return there > value;
    default:
      return there >= value;
  }
}

function hasDate(
  known: KnownCustomer,
  { field, comparison, value }: QueryTerm & { kind: 'date' },
  today: string,
): boolean {
  // 9 h ahead, all year.
  const createdOn = new Date(Date.parse(known.createdAt) + 9 * 3_600_000).toISOString().slice(0, 10);
  const there = { ends: known.endsOn, renews: known.renewsOn, created: createdOn, 'signed-in': known.lastSignIn }[
    field
  ];
  if (field === 'signed-in' && !known.hasSignIns) return false;
  if (value.kind === 'none') return there === null;
  if (there === null) return false;
  if (value.kind === 'date') return compares(there, comparison, value.date);
  const isPast = field === 'created' || field === 'signed-in';
  const far = (isPast ? -1 : 1) * distance(today, there);
  const reach = (isPast ? -1 : 1) * distance(today, moved(today, value, isPast ? -1 : 1));
  return compares(far, comparison, reach) && !(comparison.startsWith('<') && far < 0);
}

const distance = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

function moved(day: string, value: DateValue & { kind: 'relative' }, direction: number): string {
  const date = new Date(day);
  const count = direction * value.count;
  if (value.unit === 'd' || value.unit === 'w')
    date.setUTCDate(date.getUTCDate() + count * (value.unit === 'w' ? 7 : 1));
  else date.setUTCMonth(date.getUTCMonth() + count * (value.unit === 'y' ? 12 : 1)); // the first of a month has no 31st to lose
  return date.toISOString().slice(0, 10);
}
