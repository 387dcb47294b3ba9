import { getCallingAnomalies } from '@hub/contract/calling-anomalies';
import { EndpointType } from '@hub/contract/calling-usage';
import {
  type Dimension,
  askMetrics,
  askMetricsByRegion,
  MetricKey,
  metricOf,
  type MetricValue,
} from '@hub/contract/metrics';
import { RegionCode } from '@hub/contract/regions';

// What a server would answer to any question of metrics: each value follows from its metric, row and bucket alone.

interface Request {
  url: URL;
}

const day = 86_400_000;
const at = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

function bucketsOf(search: URLSearchParams): string[] {
  const { from = '', to = '', bucket = 'whole' } = Object.fromEntries(search);
  const step = { week: 7, day: 1 }[bucket];
  if (step === undefined) return [from];
  const count = Math.ceil((at(to) - at(from) + day) / (step * day));
  return Array.from({ length: count }, (_, index) => dateOf(at(from) + index * step * day));
}

/** Weeks go up and down by the day they begin with, so that the same week is the same number in every question. */
function valueOf(key: MetricKey, bucket: string, row: number, scale = 1): MetricValue {
  const { unit } = metricOf(key);
  const wave = 1 + ((Math.round(at(bucket) / day / 7) * 37) % 11) / 100;
  const place = MetricKey.options.indexOf(key) + 1;
  if (key === 'worstEndpointType') return EndpointType.options[row % EndpointType.options.length] ?? null;
  if (unit === 'text') return 'Sofia';
  if (key === 'poorLegs')
    return Math.round((Number(valueOf('knownLegs', bucket, row, scale)) * (1.2 + (row % 7) * 0.4) * wave) / 100);
  if (key === 'poorShare')
    return (100 * Number(valueOf('poorLegs', bucket, row, scale))) / Number(valueOf('knownLegs', bucket, row, scale));
  if (unit === 'percent') return (60 + (row % 30)) * wave;
  if (unit === 'ratio') return (20 + place) * wave;
  return Math.round((1000 * place * wave * scale) / (row + 1));
}

const valuesOf = (keys: readonly MetricKey[], buckets: readonly string[], row: number, scale = 1) =>
  Object.fromEntries(keys.map((key) => [key, buckets.map((bucket) => valueOf(key, bucket, row, scale))]));

/** Of the last bucket the one that the page compares with; a day's bucket before it is a day, that of a whole its length. */
function beforeOf(search: URLSearchParams, keys: readonly MetricKey[], row: number, scale = 1) {
  if (search.get('comparison') !== 'previous') return null;
  const { from = '', to = '', bucket = 'whole' } = Object.fromEntries(search);
  const days = { week: 7, day: 1 }[bucket] ?? (at(to) - at(from)) / day + 1;
  const before = dateOf(at(bucketsOf(search).at(-1) ?? '') - days * day);
  return Object.fromEntries(keys.map((key) => [key, valueOf(key, before, row, scale)]));
}

const about = (search: URLSearchParams, buckets: readonly string[], today: string) => ({
  buckets,
  areOpen: buckets.map((bucket) => search.get('bucket') === 'week' && at(bucket) + 6 * day >= at(today)),
  policy: search.get('policy') ?? 'any_threshold',
  policyVersion: 1,
  bands: { regularFrom: 5, heavyFrom: 25 },
  missingFeeds: [],
  comparedWith: null,
});

const keysOf = (search: URLSearchParams): MetricKey[] =>
  (search.get('metrics') ?? '').split(',').map((key) => MetricKey.parse(key));

export const customerIdOf = (index: number): string => `01930005-0000-7000-8000-${String(index).padStart(12, '0')}`;
const today = '2026-11-24';

const names: Record<Dimension, (index: number) => string> = {
  customer: (index) => `Customer ${index}`,
  location: (index) => `Location ${index}`,
  endpointType: (index) => EndpointType.options[index] ?? '',
  user: (index) => `person${index}@customer.example`,
  queue: (index) => `Queue ${index}`,
};

/** Answers `askMetrics`; `change` alters the answer of a question. */
export function someMetrics(change: (search: URLSearchParams) => object = () => ({}), rowCount = 12) {
  return ({ url }: Request) => {
    const search = url.searchParams;
    const buckets = bucketsOf(search);
    const keys = keysOf(search);
    const by = search.get('by') as Dimension | null;
    const q = (search.get('q') ?? '').toLowerCase();
    const most = by === 'endpointType' ? 8 : search.has('customerId') && by === 'customer' ? 1 : rowCount;
    const all = by === null ? [] : Array.from({ length: most }, (_, index) => ({ index, name: names[by](index) }));
    const rows = all.filter(({ name }) => name.toLowerCase().includes(q));
    return askMetrics.reply?.parse({
      ...about(search, buckets, today),
      totals: valuesOf(keys, buckets, 0),
      totalsBefore: beforeOf(search, keys, 0),
      rows: rows.map(({ index, name }) => ({
        key: `${by} ${index}`,
        name,
        customerId: by === 'endpointType' ? null : (search.get('customerId') ?? customerIdOf(index)),
        orgUuid: null,
        endpointType: by === 'endpointType' ? name : null,
        userKey: by === 'user' ? `10348002855486336${100 + index}` : null,
        location: by === 'location' ? name : by === 'user' || by === 'queue' ? 'Location 0' : null,
        values: valuesOf(keys, buckets, index),
        before: beforeOf(search, keys, index),
      })),
      next: null,
      count: rows.length,
      dataAsOf: '2026-11-22T00:04:00.000Z',
      ...change(search),
    });
  };
}

/** Answers `askMetricsByRegion`; the regions named are silent. */
export function someRegions(silent: readonly RegionCode[] = []) {
  return ({ url }: Request) => {
    const search = url.searchParams;
    const buckets = bucketsOf(search);
    const keys = keysOf(search);
    return askMetricsByRegion.reply?.parse({
      ...about(search, buckets, today),
      totals: valuesOf(keys, buckets, 0),
      totalsBefore: beforeOf(search, keys, 0),
      regions: RegionCode.options.map((region, index) => ({
        region,
        hasAnswered: !silent.includes(region),
        customers: silent.includes(region) ? 0 : 100 + index,
        values: silent.includes(region) ? {} : valuesOf(keys, buckets, index),
        before: silent.includes(region) ? null : beforeOf(search, keys, index),
        dataAsOf: silent.includes(region) ? null : '2026-11-22T00:04:00.000Z',
      })),
    });
  };
}

/** A spike, and use as usual; `change` alters the answer. */
export function someAnomalies(change: object = {}) {
  const week = '2026-11-15';
  const weekday = (at: number) => {
    const usual = at === 0 || at === 6 ? 0 : 80;
    return {
      day: `2026-11-${15 + at}`,
      legs: usual,
      usual,
      deviation: usual / 10,
      limit: usual * 0.7,
      isLow: false,
    };
  };
  return getCallingAnomalies.reply?.parse({
    policy: 'any_threshold',
    quality: { week, poorShare: 8.25, limit: 3.5, knownLegs: 1240, isSpike: true },
    use: {
      week,
      legs: 400,
      usual: { legs: 400, usedDays: 5, lowDays: 0, days: [0, 1, 2, 3, 4, 5, 6].map(weekday) },
      isFalling: false,
    },
    anomalies: [
      {
        kind: 'quality_spike',
        since: '2026-11-08',
        week,
        poorShare: 8.25,
        limit: 3.5,
        knownLegs: 1240,
        policy: 'any_threshold',
      },
    ],
    ...change,
  });
}
