import type { ReplyOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/health-score';
import type { HealthRow, HealthSort } from '@hub/contract/health-score';
import type { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import { type Ctx, requirePermission } from '../access/index.ts';
import { compareText, pageOf } from '../subscription-analytics/index.ts';
import { scoredCustomers } from './scored-customers.ts';

interface Question {
  region: RegionCode;
  filter?: string | undefined;
  q?: string | undefined;
  sort: HealthSort;
  order: 'asc' | 'desc';
  after?: string | undefined;
  limit: number;
}

const Place = z.object({
  /** Sort and order of the question. */
  of: z.string(),
  value: z.union([z.number(), z.string(), z.null()]),
  name: z.string(),
  id: z.string(),
});
type Place = z.infer<typeof Place>;

/** Customers by health; each is scored from facts that were told set by set. */
export async function listHealthScores(
  ctx: Ctx,
  { region, filter, q, sort, order, after, limit }: Question,
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.listHealthScores>> {
  requirePermission(ctx, 'subscriptions.read');
  const { rows, policy, day } = await scoredCustomers(ctx, { region, filter, q }, left);
  const of = `${sort} ${order}`;
  const placeOf = (row: HealthRow): Place => ({
    of,
    value: valueOf(row, sort),
    name: row.customerName,
    id: row.customerId,
  });
  const compare = comparePlaces(order === 'desc' ? -1 : 1);
  const sorted = rows
    .map((row) => ({ row, place: placeOf(row) }))
    .sort((a, b) => compare(a.place, b.place))
    .map(({ row }) => row);
  const { page, next } = pageOf(sorted, {
    after,
    limit,
    placeOf,
    compare,
    schema: Place.refine((place) => place.of === of),
  });
  return {
    items: page,
    next,
    count: rows.length,
    withoutScore: rows.filter(({ score }) => score === null).length,
    today: day,
    policy,
  };
}

function valueOf({ customerName, score, factors }: HealthRow, sort: HealthSort): Place['value'] {
  if (sort === 'customer') return customerName;
  return sort === 'score' ? score : (factors.find(({ factor }) => factor === sort)?.points ?? null);
}

/** What is not known comes last, whatever the order. */
const comparePlaces =
  (sign: number) =>
  (a: Place, b: Place): number =>
    compareValues(a.value, b.value, sign) || compareText(a.name, b.name) || compareText(a.id, b.id);

function compareValues(a: Place['value'], b: Place['value'], sign: number): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b)));
}
