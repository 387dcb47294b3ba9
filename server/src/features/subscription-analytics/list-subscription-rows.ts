import type { ReplyOf } from '@hub/contract/endpoint';
import type * as api from '@hub/contract/subscription-analytics';
import { type Ctx, requirePermission } from '../access/index.ts';
import { pageOfRows } from './row-order.ts';
import { monthsOf, type SectionQuestion, sectionTable, sumsOf } from './section-rows.ts';
import { lastThreeMonths, weeklyUse, weekDaysOf } from './use-over-time.ts';

/** One page of a section's table. What is dear to ask is asked for its rows only. */
export async function listSubscriptionRows(
  ctx: Ctx,
  question: SectionQuestion & { after?: string | undefined; limit: number },
  left?: AbortSignal,
): Promise<ReplyOf<typeof api.listSubscriptionRows>> {
  requirePermission(ctx, 'subscriptions.read');
  const { rows, groups, ordering, answer, hasThreeMonths } = await sectionTable(ctx, question, {
    isWhole: false,
    left,
  });
  const { after, limit } = question;
  const { page, next } = pageOfRows(rows, { ordering, groups }, { after, limit });
  const lines = page.map(({ line }) => line);
  const [weeks, months] = await Promise.all([
    weeklyUse(ctx, answer.question, lines),
    hasThreeMonths ? undefined : lastThreeMonths(ctx, answer.question, lines),
  ]);
  const shown = new Set(page.map(({ group }) => group));
  return {
    rows: page.map(({ line, ...row }) => ({
      ...row,
      ...(months ? monthsOf(months.get(line.key)) : {}),
      usageWeeks: weeks.get(line.key) ?? [],
    })),
    groups: [...shown].flatMap((key) => {
      const group = groups.get(key ?? '');
      return group ? [{ key: group.key, name: group.name, sums: sumsOf(rows.filter((row) => row.group === key)) }] : [];
    }),
    sums: sumsOf(rows),
    next,
    weekDays: weekDaysOf(answer.day),
    today: answer.day,
  };
}
