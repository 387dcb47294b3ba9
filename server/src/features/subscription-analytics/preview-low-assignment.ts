import type { ReplyOf } from '@hub/contract/endpoint';
import type { LowAssignmentRule } from '@hub/contract/low-assignment';
import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import type * as api from '@hub/contract/subscription-analytics';
import { type Ctx, requirePermission } from '../access/index.ts';
import type { Line } from './lines.ts';
import { judge } from './low-assignment-rules.ts';
import { regionLines } from './region-lines.ts';
import { rowOf } from './section-rows.ts';

const mostRows = 200;

/** Who another rule would flag beside who is flagged now. Nothing is written. */
export async function previewLowAssignment(
  ctx: Ctx,
  { region, product, ...rule }: LowAssignmentRule & { region: RegionCode; product: Product },
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.previewLowAssignment>> {
  requirePermission(ctx, 'subscriptions.read');
  const { lines: all, day } = await regionLines(ctx, region, undefined, left);
  const lines = all.filter((line) => line.product === product);
  const judgments = judge(lines, rule);
  const judged = lines.map((line, at) => ({ before: line, line: { ...line, judgment: judgments[at] } }));
  const changes = judged.flatMap(({ before, line }) => {
    const was = before.judgment?.isLow === true;
    const is = line.judgment?.isLow === true;
    if (!was && !is) return [];
    return [{ ...rowOf(line, day, undefined), change: was && is ? 'stays' : is ? 'comes' : 'goes' } as const];
  });
  const places = { comes: 0, goes: 1, stays: 2 };
  return {
    now: countOf(judged.map(({ before }) => before)),
    proposed: countOf(judged.map(({ line }) => line)),
    rows: changes
      .sort((a, b) => places[a.change] - places[b.change] || (a.assignedShare ?? 0) - (b.assignedShare ?? 0))
      .slice(0, mostRows),
  };
}

function countOf(lines: readonly Line[]): { lines: number; customers: number } {
  const low = lines.filter(({ judgment }) => judgment?.isLow === true);
  return { lines: low.length, customers: new Set(low.map(({ contract }) => contract.customer.id)).size };
}
