import type { ReplyOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/health-score';
import type { HealthPolicy, HealthRow } from '@hub/contract/health-score';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, requirePermission } from '../access/index.ts';
import { compareText } from '../subscription-analytics/index.ts';
import { regionHealth } from './region-health.ts';
import { scoreCustomer } from './score-customer.ts';

const mostRows = 20;

/** Scores and places by other weights beside those of now. Nothing is written. */
export async function previewHealthScores(
  ctx: Ctx,
  { region, ...proposed }: HealthPolicy & { region: RegionCode },
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.previewHealthScores>> {
  requirePermission(ctx, 'subscriptions.read');
  const now = await regionHealth(ctx, region, { left });
  const then = await regionHealth(ctx, region, { trendWeeks: proposed.trendWeeks, left });
  const before = now.customers.map((customer) => scoreCustomer(customer, now.policy, now.factors));
  const after = new Map(
    then.customers.map((customer) => [customer.id, scoreCustomer(customer, proposed, then.factors)]),
  );
  const places = { before: placesOf(before), after: placesOf([...after.values()]) };
  const moves = before.map((row) => {
    const score = after.get(row.customerId)?.score ?? null;
    const placeBefore = placeOf(row.score, places.before);
    const placeAfter = placeOf(score, places.after);
    return {
      customerId: row.customerId,
      customerName: row.customerName,
      before: row.score,
      after: score,
      placeBefore,
      placeAfter,
    };
  });
  const moved = moves.filter(({ placeBefore, placeAfter }) => placeBefore !== placeAfter);
  const far = ({ placeBefore, placeAfter }: (typeof moves)[number]): number =>
    placeBefore === null || placeAfter === null ? Number.MAX_SAFE_INTEGER : Math.abs(placeAfter - placeBefore);
  return {
    now: before.filter(({ score }) => score !== null).length,
    proposed: moves.filter((move) => move.after !== null).length,
    moved: moved.length,
    rows: moved.toSorted((a, b) => far(b) - far(a) || compareText(a.customerName, b.customerName)).slice(0, mostRows),
  };
}

/** By score, how many have a lower one, and 1. */
function placesOf(rows: readonly HealthRow[]): ReadonlyMap<number, number> {
  const scores = rows.flatMap(({ score }) => score ?? []).toSorted((a, b) => a - b);
  const places = new Map<number, number>();
  for (const [at, score] of scores.entries()) if (!places.has(score)) places.set(score, at + 1);
  return places;
}

const placeOf = (score: number | null, places: ReadonlyMap<number, number>): number | null =>
  score === null ? null : (places.get(score) ?? null);
