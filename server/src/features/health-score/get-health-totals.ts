import type { ReplyOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/health-score';
import { healthBands, type HealthRow, type HealthSums } from '@hub/contract/health-score';
import { type Ctx, requirePermission } from '../access/index.ts';
import { answersInTime } from '../metrics/index.ts';
import { scoredCustomers } from './scored-customers.ts';

/** All regions: those that answer in time are added up; no customer leaves its region. Throws region_unavailable where none answers. */
export async function getHealthTotals(
  ctx: Ctx,
  { filter }: { filter?: string | undefined },
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.getHealthTotals>> {
  requirePermission(ctx, 'subscriptions.read');
  const regions = [...ctx.stores.keys()];
  const answers = await answersInTime(ctx, regions, (region) => scoredCustomers(ctx, { region, filter }, left));
  const told = answers.flatMap((answer) => (answer ? [answer] : []));
  const [first] = told;
  if (!first) throw new Error('No region answered, and none was missed.');
  return {
    today: first.day,
    regions: regions.map((region, at) => {
      const answer = answers[at];
      return { region, sums: answer ? sumsOf(answer.rows) : null };
    }),
    totals: sumsOf(told.flatMap(({ rows }) => rows)),
  };
}

function sumsOf(rows: readonly HealthRow[]): HealthSums {
  const scores = rows.flatMap(({ score }) => score ?? []);
  return {
    customers: rows.length,
    withoutScore: rows.length - scores.length,
    mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    bands: healthBands.map(({ from, to }) => scores.filter((score) => from <= score && score <= to).length),
  };
}
