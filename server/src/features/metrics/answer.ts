import type { EndpointType } from '@hub/contract/calling-usage';
import type { MetricFeed, MetricRow, MetricValue, MetricValues } from '@hub/contract/metrics';
import { metricOf } from '@hub/contract/metrics';
import { formulas, type Reading } from './formulas.ts';
import type { Gathered } from './gather.ts';
import type { WorstBy } from './media-queries.ts';
import type { MetricQuestion } from './metric-question.ts';
import { namedOnly, type SourceRow } from './source-queries.ts';
import type { NamedCustomer } from './told.ts';
import { bucketsOfDays, lastDaysOf } from './window.ts';

/** What is added up under one row of the answer. */
interface Sums {
  parts: Map<string, readonly number[]>;
  /** Which parts are sums of several rows; the others are the very lists of one row. */
  added?: Set<string>;
  hasFeed: (feed: MetricFeed) => boolean;
}

interface Entity {
  /** What is added up under it, of several sources. */
  told: SourceRow['parts'][];
  hasFeed: Sums['hasFeed'];
  key: string;
  name: string;
  customer: NamedCustomer | undefined;
  endpointType: EndpointType | null;
  location: string | null;
  userKey: string | null;
}

function add(to: Sums, more: SourceRow['parts']): void {
  for (const name in more) {
    const values = more[name] ?? [];
    const sum = to.parts.get(name);
    if (sum === undefined) to.parts.set(name, values);
    else if (to.added?.has(name)) {
      const own = sum as number[]; // made below
      for (let at = 0; at < values.length; at++) own[at] = (own[at] ?? 0) + (values[at] ?? 0);
    } else {
      to.added = (to.added ?? new Set()).add(name);
      const both = sum.map((value, at) => value + (values[at] ?? 0));
      to.parts.set(name, both);
    }
  }
}

/** The same of some of the customers. */
export function onlyOf(gathered: Gathered, isWanted: (customer: NamedCustomer) => boolean): Gathered {
  const customers = new Map([...gathered.customers].filter(([, customer]) => isWanted(customer)));
  const rowsOf = (rows: Gathered['byKey']): Gathered['byKey'] =>
    new Map([...rows].map(([source, of]) => [source, of.filter(({ org }) => customers.has(org))]));
  return {
    ...gathered,
    customers,
    byCustomer: rowsOf(gathered.byCustomer),
    byKey: rowsOf(gathered.byKey),
    known: new Map(
      [...gathered.known].map(([feed, of]) => [feed, new Set([...of].filter((org) => customers.has(org)))]),
    ),
  };
}

export interface Answered {
  rows: MetricRow[];
  totals: MetricValues;
}

/** Rows and totals of what was gathered: pure. Sums are added up over customers first and divided last, so that a total is that of its rows. */
export function answerOf(gathered: Gathered, question: MetricQuestion, now: Date): Answered {
  const reader = readerOf(gathered, question);
  const byCustomer = withUse(gathered, now);
  const total: Sums = {
    parts: new Map(),
    hasFeed: (feed) => (gathered.known.get(feed)?.size ?? 0) > 0,
  };
  for (const row of byCustomer) add(total, row.parts);
  const totals = { ...reader(total), ...meanOfCustomers(gathered, question, byCustomer) };
  if (question.by === undefined) return { rows: [], totals };
  const rows = question.by === 'customer' ? byCustomer : [...gathered.byKey.values()].flat();
  return {
    rows: entitiesOf(gathered, question, rows).map((entity) => rowOf(entity, gathered, question, reader)),
    totals,
  };
}

/** Customers that the answer tells something of. */
export const countTold = (gathered: Gathered, now: Date): number =>
  new Set(withUse(gathered, now).map(({ org }) => org)).size;

function entitiesOf({ customers, known }: Gathered, { by }: MetricQuestion, all: readonly SourceRow[]): Entity[] {
  const rows = by === 'user' ? withOneNamed(all) : all;
  const entities = new Map<string, Entity>();
  const hasAny = (feed: MetricFeed): boolean => (known.get(feed)?.size ?? 0) > 0;
  for (const { org, key, name, location, parts } of rows) {
    // An endpoint type is one row for all customers.
    const id = by === 'endpointType' ? key : by === 'customer' ? org : `${org} ${key}`;
    let entity = entities.get(id);
    if (!entity) {
      const customer = customers.get(org);
      entity = {
        told: [],
        hasFeed: by === 'endpointType' ? hasAny : (feed) => known.get(feed)?.has(org) ?? false,
        key: by === 'customer' ? `${org} ` : id,
        customer: by === 'endpointType' ? undefined : customer,
        name: by === 'customer' ? (customer?.name ?? '') : name,
        endpointType: by === 'endpointType' ? (key as EndpointType) : null,
        userKey: by === 'user' && !key.startsWith(namedOnly) ? key : null,
        location: by === 'location' ? name : by === 'user' || by === 'queue' ? location : null,
      };
      entities.set(id, entity);
    }
    if (entity.name === '') entity.name = name;
    entity.told.push(parts);
  }
  return [...entities.values()];
}

/** Who is known by name only is the one user of the organization who has that name, where there is one. */
function withOneNamed(rows: readonly SourceRow[]): SourceRow[] {
  const isNamedOnly = ({ key }: SourceRow): boolean => key.startsWith(namedOnly);
  const nameOf = ({ org, name }: SourceRow): string => `${org} ${name.normalize('NFKC').toLocaleLowerCase('und')}`;
  const keys = new Map<string, Set<string>>();
  for (const row of rows)
    if (!isNamedOnly(row) && row.name !== '') keys.set(nameOf(row), (keys.get(nameOf(row)) ?? new Set()).add(row.key));
  return rows.map((row) => {
    const found = isNamedOnly(row) ? keys.get(nameOf(row)) : undefined;
    const [only] = found ?? [];
    return only === undefined || found?.size !== 1 ? row : { ...row, key: only };
  });
}

/** Its values are told once somebody looks: of thousands of rows a page shows some. */
function rowOf(
  entity: Entity,
  { worst, window }: Gathered,
  { metrics, by }: MetricQuestion,
  reader: (sums: Sums) => MetricValues,
): MetricRow {
  let told: MetricValues | undefined;
  const orgUuid = by === 'customer' ? entity.customer?.orgUuid : undefined;
  const wordsOf = (kind: WorstBy): MetricValue[] => worst[kind].get(orgUuid ?? '') ?? window.labels.map(() => null);
  const tell = (): MetricValues => {
    const values = reader(sumsOf(entity));
    if (orgUuid === undefined) return values;
    if (metrics.includes('worstEndpointType')) values.worstEndpointType = wordsOf('endpointType');
    if (metrics.includes('worstLocation')) values.worstLocation = wordsOf('location');
    return values;
  };
  return {
    key: entity.key,
    name: by === 'endpointType' ? (entity.endpointType ?? '') : entity.name,
    customerId: entity.customer?.id ?? null,
    orgUuid: entity.customer?.orgUuid ?? null,
    endpointType: entity.endpointType,
    userKey: entity.userKey,
    location: entity.location,
    get values() {
      return (told ??= tell());
    },
    before: null,
  };
}

function sumsOf({ told, hasFeed }: Entity): Sums {
  const sums: Sums = { parts: new Map(), hasFeed };
  for (const parts of told) add(sums, parts);
  return sums;
}

/** Reads the values of every metric that is a number of parts; the others are empty until somebody fills them. */
function readerOf({ window, policy, silent }: Gathered, { metrics }: MetricQuestion): (sums: Sums) => MetricValues {
  const count = window.labels.length;
  const bucketOf = bucketsOfDays(window);
  const daysOfBuckets = Map.groupBy(bucketOf.keys(), (day) => bucketOf[day]);
  const none: MetricValue[] = new Array<null>(count).fill(null);
  const asked = metrics.map((key) => ({
    key,
    feed: metricOf(key).feed,
    value: key in formulas ? formulas[key as keyof typeof formulas].value : undefined,
  }));
  return ({ parts, hasFeed }) => {
    let bucket = 0; // One reading for all buckets: a table has hundreds of thousands of numbers.
    const reading: Reading = {
      policy,
      of: (part) => parts.get(part)?.[bucket] ?? 0,
      days: (part) => (daysOfBuckets.get(bucket) ?? []).map((day) => parts.get(part)?.[day] ?? 0),
    };
    const values: MetricValues = {};
    for (const { key, feed, value } of asked) {
      if (value === undefined || (feed !== 'licenses' && !hasFeed(feed))) {
        values[key] = none;
        continue;
      }
      const told = new Array<MetricValue>(count);
      const before = silent.get(feed) ?? 0;
      for (bucket = 0; bucket < count; bucket++)
        told[bucket] = bucket < before || bucket >= window.begun ? null : value(reading);
      values[key] = told;
    }
    return values;
  };
}

/** The rows by customer, with what use and licenses say together: only of who has both is a share, or a user without use, told. */
function withUse({ byCustomer, customers, known, silent, assignedToday, window }: Gathered, now: Date): SourceRow[] {
  const rows = [...byCustomer].flatMap(([source, found]) => (source === 'licenses' ? [] : found));
  if (!byCustomer.has('licenses')) return rows;
  const snapshots = new Map(byCustomer.get('licenses')?.map((row) => [row.org, row.parts]));
  const users = new Map(byCustomer.get('legs')?.map((row) => [row.org, row.parts['users']]));
  // The directory tells of today: it stands for buckets that ended in the last two weeks, or have not ended.
  const recent = lastDaysOf(window).map((day) => now.getTime() - Date.parse(day) < 15 * 86_400_000);
  for (const org of customers.keys()) {
    const snapshot = snapshots.get(org);
    const today = assignedToday.get(org);
    if (snapshot === undefined && today === undefined) continue;
    const hasUse = known.get('call_history')?.has(org) ?? true;
    const before = hasUse ? (silent.get('call_history') ?? 0) : window.labels.length;
    const told = window.labels.map((_, at) => {
      if (at >= window.begun) return undefined;
      if ((snapshot?.['isKnown']?.[at] ?? 0) > 0) return snapshot?.['assigned']?.[at];
      return recent[at] ? today : undefined;
    });
    // Who bought Calling has a row, also where nothing else is known of it (DOMAIN, decisions).
    if (told.every((assigned) => assigned === undefined)) continue;
    const part = (value: (assigned: number, at: number) => number, from = 0): number[] =>
      told.map((assigned, at) => (assigned === undefined || assigned === null || at < from ? 0 : value(assigned, at)));
    const usersAt = (at: number): number => users.get(org)?.[at] ?? 0;
    rows.push({
      org,
      key: '',
      name: '',
      location: '',
      parts: {
        assigned: part((assigned) => assigned),
        isKnown: part(() => 1),
        assignedOfUse: part((assigned) => assigned, before),
        isUseKnown: part(() => 1, before),
        usersOfAssigned: part((_, at) => usersAt(at), before),
        withoutUse: part((assigned, at) => Math.max(0, assigned - usersAt(at)), before),
      },
    });
  }
  return rows;
}

/** Each customer with queue calls counts alike. */
function meanOfCustomers(
  { window }: Gathered,
  { metrics }: MetricQuestion,
  rows: readonly SourceRow[],
): Pick<MetricValues, 'queueAbandonedShareMean'> {
  if (!metrics.includes('queueAbandonedShareMean')) return {};
  const queues = rows.filter(({ parts }) => parts['total'] !== undefined);
  return {
    queueAbandonedShareMean: window.labels.map((_, at) => {
      const shares = queues.flatMap(({ parts }) => {
        const total = parts['total']?.[at] ?? 0;
        return total === 0 ? [] : [(100 * (parts['abandoned']?.[at] ?? 0)) / total];
      });
      return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length;
    }),
  };
}
