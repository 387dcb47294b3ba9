import { endpointMetrics } from '@hub/contract/calling-engagement';
import { getCallingAnomalies } from '@hub/contract/calling-anomalies';
import type { QualityPolicy, UsageBands } from '@hub/contract/calling-policy';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { CustomerId } from '@hub/contract/ids';
import {
  askMetrics,
  askMetricsByRegion,
  type Bucket,
  type Comparison,
  type Dimension,
  type MetricFeed,
  type MetricKey,
  type MetricsBefore,
  type MetricValues,
} from '@hub/contract/metrics';
import type { RegionCode } from '@hub/contract/regions';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, type Given } from '../../lib/api.ts';
import type { Scope } from './scope.ts';

export interface Asked {
  from: string;
  to: string;
  bucket: Bucket;
  metrics: readonly MetricKey[];
  hasQueues?: boolean;
  comparison?: Comparison;
}

type RegionRow = ReplyOf<typeof askMetricsByRegion>['regions'][number];

/** The numbers of a whole scope by bucket, whoever was asked. */
export interface Answer {
  buckets: string[];
  areOpen: boolean[];
  totals: MetricValues;
  totalsBefore: MetricsBefore;
  policy: QualityPolicy;
  policyVersion: number;
  bands: UsageBands;
  missingFeeds: MetricFeed[];
  /** Of all regions: when the oldest answer was. */
  dataAsOf: string | null;
  /** Of all regions only. */
  regions: RegionRow[];
}

const present = <Value extends object>(value: Value) =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [Key in keyof Value]?: NonNullable<Value[Key]>;
  };

export const questionOf = ({ filter, zone, policy }: Scope, { metrics, hasQueues, ...asked }: Asked) => ({
  ...asked,
  metrics: metrics.join(','),
  ...(hasQueues === true ? { hasQueues: 'true' } : {}),
  ...present({ filter, zone, policy }),
});

const oneOf = ({ customerId, location }: Scope) => present({ customerId, location });

export function totalsQuery(scope: Scope, asked: Asked) {
  return queryOptions({
    queryKey: ['engagement', 'totals', scope, asked],
    queryFn: async ({ signal }): Promise<Answer> => {
      const { region } = scope;
      if (region === 'all') {
        const reply = await call(askMetricsByRegion, { query: questionOf(scope, asked) }, signal);
        const ages = reply.regions.flatMap(({ dataAsOf }) => (dataAsOf === null ? [] : [dataAsOf]));
        return { ...reply, dataAsOf: ages.toSorted()[0] ?? null };
      }
      const query = { region, ...questionOf(scope, asked), ...oneOf(scope), limit: 1 };
      const reply = await call(askMetrics, { query }, signal);
      return { ...reply, regions: [] };
    },
    // While the week or the policy turns, the numbers before stand there; those of another customer never.
    placeholderData: (before, beforeQuery) => (isOfSame(beforeQuery?.queryKey, scope, asked) ? before : undefined),
  });
}

interface RowsAsked extends Asked {
  by: Dimension;
  sort: MetricKey | 'name';
  sortBy: 'last' | 'change';
  order: 'asc' | 'desc';
  q?: string | undefined;
}

const pageRows = 200;
const noPage: string | null = null;

/** The query of the rows, for the page and for its export. */
export function rowsQuestion(region: RegionCode, scope: Scope, asked: RowsAsked) {
  const { by, sort, sortBy, order, q, ...question } = asked;
  return { region, ...questionOf(scope, question), ...oneOf(scope), by, sort, sortBy, order, ...present({ q }) };
}

export function rowsQuery(region: RegionCode, scope: Scope, asked: RowsAsked) {
  return infiniteQueryOptions({
    queryKey: ['engagement', 'rows', scope, asked],
    queryFn: ({ signal, pageParam }) => {
      const query: Given<typeof askMetrics>['query'] = {
        ...rowsQuestion(region, scope, asked),
        limit: pageRows,
        ...(pageParam === null ? {} : { after: pageParam }),
      };
      return call(askMetrics, { query }, signal);
    },
    initialPageParam: noPage,
    getNextPageParam: (page) => page.next,
    placeholderData: (before, beforeQuery) => (isOfSame(beforeQuery?.queryKey, scope, asked) ? before : undefined),
  });
}

/** Whether an answer before told of the same customers, buckets and kind of rows: only then its words stay true. */
function isOfSame(key: readonly unknown[] | undefined, scope: Scope, asked: Asked & { by?: Dimension }): boolean {
  if (key === undefined) return false;
  const [, , before, beforeAsked] = key as [string, string, Scope, typeof asked]; // the key that these queries are given above
  return (
    before.region === scope.region &&
    before.customerId === scope.customerId &&
    before.location === scope.location &&
    before.filter === scope.filter &&
    beforeAsked.bucket === asked.bucket &&
    beforeAsked.by === asked.by
  );
}

/** Legs by endpoint type in one region, also as a part of all regions: types are no rows of customers. */
export function endpointsQuery(region: RegionCode, scope: Scope, { from, to }: { from: string; to: string }) {
  const query = rowsQuestion(region, scope, {
    from,
    to,
    bucket: 'whole',
    metrics: endpointMetrics,
    by: 'endpointType',
    sort: 'knownLegs',
    sortBy: 'last',
    order: 'desc',
  });
  return queryOptions({
    queryKey: ['engagement', 'endpoints', query],
    queryFn: ({ signal }) => call(askMetrics, { query }, signal),
  });
}

/** The name of one customer, as its row has it. */
export function customerNameQuery(
  region: RegionCode,
  customerId: NonNullable<Scope['customerId']>,
  span: { from: string; to: string },
) {
  return queryOptions({
    queryKey: ['engagement', 'name', region, customerId, span],
    queryFn: ({ signal }) =>
      call(
        askMetrics,
        { query: { region, ...span, customerId, by: 'customer', metrics: 'callLegs', limit: 1 } },
        signal,
      ),
    select: ({ rows }) => rows[0]?.name,
  });
}

export const anomaliesQuery = (customerId: CustomerId) =>
  queryOptions({
    queryKey: ['engagement', 'anomalies', customerId],
    queryFn: ({ signal }) => call(getCallingAnomalies, { params: { customerId } }, signal),
  });
