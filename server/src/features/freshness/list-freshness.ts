import { FreshnessRow, type listFreshness as listing } from '@hub/contract/freshness';
import type { ReplyOf } from '@hub/contract/endpoint';
import { CalendarDate, OrgUuid } from '@hub/contract/ids';
import { FeedCode } from '@hub/contract/imports';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, requirePermission } from '../access/index.ts';
import { askFreshness, type FreshnessQuestion, ordering, type Placed } from './freshness-list.ts';

/** One page of the list. The cursor is the last row itself, so that it survives an import between two pages. Throws cursor_invalid. */
export async function listFreshness(
  ctx: Ctx,
  question: FreshnessQuestion & { after?: string | undefined; limit: number },
): Promise<ReplyOf<typeof listing>> {
  requirePermission(ctx, 'calling_usage.read');
  const last = question.after === undefined ? undefined : readCursor(question.after, question);
  const { rows, all, looked, visible } = await askFreshness(ctx, question);
  const compare = ordering(question);
  const at = last === undefined ? 0 : rows.findIndex((row) => compare(row, last) > 0);
  const begin = at < 0 ? rows.length : at;
  const page = rows.slice(begin, begin + question.limit);
  const end = page.at(-1);
  return {
    items: page.map((row) => FreshnessRow.parse(row)),
    next: end && begin + question.limit < rows.length ? cursorOf(end, question) : null,
    rows: rows.length,
    rowsUnfiltered: all.length,
    late: all.filter((row) => row.late !== null).length,
    withGaps: all.filter((row) => row.gaps > 0).length,
    from: looked.from,
    to: looked.to,
    dataAsOf: visible.dataAsOf?.toISOString() ?? null,
  };
}

const Cursor = z.tuple([
  z.string(),
  z.string(),
  z.object({
    customerName: z.string(),
    orgUuid: OrgUuid,
    feed: FeedCode,
    firstDay: CalendarDate,
    lastDay: CalendarDate,
    gaps: z.number(),
    missingDays: z.number(),
    late: z.object({ days: z.number() }).nullable(),
  }),
]);

function cursorOf(row: Placed, { sort, order }: FreshnessQuestion): string {
  const { customerName, orgUuid, feed, firstDay, lastDay, gaps, missingDays, late } = row;
  const placed = {
    customerName,
    orgUuid,
    feed,
    firstDay,
    lastDay,
    gaps,
    missingDays,
    late: late && { days: late.days },
  };
  return Buffer.from(JSON.stringify([sort, order, placed])).toString('base64url');
}

function readCursor(text: string, question: FreshnessQuestion): Placed {
  const [sort, order, placed] = parsed(text);
  if (sort !== question.sort || order !== question.order) throw new HubError('cursor_invalid');
  return placed;
}

function parsed(text: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new HubError('cursor_invalid', {}, { cause });
  }
}
