import type { ReplyOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/subscription-analytics';
import { type Ctx, requirePermission } from '../access/index.ts';
import { type GroupOfRows, groupOf, pageOfLines } from './row-order.ts';
import { rowOf, type SectionQuestion, sectionTable, sumsOf } from './section-rows.ts';
import { toldLately } from './told-once.ts';
import { lastThreeMonths, weeklyUse, weekDaysOf } from './use-over-time.ts';

/** One page of a section's table. What is dear to ask is asked for its rows only. */
export async function listSubscriptionRows(
  ctx: Ctx,
  question: SectionQuestion & { after?: string | undefined; limit: number },
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.listSubscriptionRows>> {
  requirePermission(ctx, 'subscriptions.read');
  const { lines: all, ordering, answer, months: known } = await sectionTable(ctx, question, { isWhole: false, left });
  const { after, limit } = question;
  const first = () => pageOfLines(all, ordering, { after, limit });
  const { group, sort, order } = ordering;
  // Lists that are never changed, and their rule, are remembered; the use of three months is not.
  const { page: lines, next } = known
    ? first()
    : toldLately(all, JSON.stringify([group, sort, order, after, limit]), first);
  const [weeks, months] = await Promise.all([
    weeklyUse(ctx, answer.question, lines),
    known ?? lastThreeMonths(ctx, answer.question, lines),
  ]);
  const shown = new Map<string, GroupOfRows>();
  const rows = lines.map((line) => {
    const own = groupOf(line, ordering);
    if (own !== undefined) shown.set(own.key, own);
    return {
      ...rowOf(line, answer.day, months.get(line.key)),
      group: own?.key ?? null,
      usageWeeks: weeks.get(line.key) ?? [],
    };
  });
  const members = shown.size === 0 ? undefined : Map.groupBy(all, (line) => groupOf(line, ordering)?.key ?? '');
  return {
    rows,
    groups: [...shown.values()].map(({ key, name }) => ({ key, name, sums: sumsOf(members?.get(key) ?? []) })),
    sums: sumsOf(all),
    next,
    weekDays: weekDaysOf(answer.day),
    today: answer.day,
  };
}
