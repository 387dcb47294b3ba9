import type { CallingUsageRow, Feed, MeasureCells } from '@hub/contract/calling-usage';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, regionalScope, requirePermission } from '../access/index.ts';
import { hasLegs, totalsOf } from './usage-queries.ts';
import { requireRange, type UsageQuestion, type UsageRange } from './usage-question.ts';
import { askUsage, namedUsage, type NamedUsage, ordering } from './usage-table.ts';

// Feeds that this release does not import yet; nothing of them can be loaded.
const feedsToCome: Feed[] = ['media_quality', 'call_queue_stats'];

export interface UsagePage {
  items: CallingUsageRow[];
  next: string | null;
  totals: MeasureCells;
  rows: number;
  customers: number;
  rowsUnfiltered: number;
  missingFeeds: Feed[];
  dataAsOf: string | null;
}

/** One page of the usage table. The cursor is the last row itself, so that it survives an import between two pages. */
export async function getCallingUsage(ctx: Ctx, question: UsageQuestion & { after?: string | undefined; limit: number }): Promise<UsagePage> {
  requirePermission(ctx, 'calling_usage.read');
  const table = await askUsage(ctx, question);
  const { store, scope } = regionalScope(ctx, question.region);
  const hasAny = table.rowsUnfiltered > 0 || (await hasLegs(store, scope));
  const begin = question.after === undefined ? 0 : placeAfter(table.rows, question, question.after);
  const items = table.rows.slice(begin, begin + question.limit);
  const last = items.at(-1);
  return {
    items,
    next: last && begin + question.limit < table.rows.length ? cursorOf(last) : null,
    totals: table.totals,
    rows: table.rows.length,
    customers: new Set(table.rows.map((row) => row.customerId)).size,
    rowsUnfiltered: table.rowsUnfiltered,
    missingFeeds: hasAny ? feedsToCome : ['call_history', ...feedsToCome],
    dataAsOf: table.visible.dataAsOf?.toISOString() ?? null,
  };
}

const cursorOf = (row: CallingUsageRow): string =>
  Buffer.from(JSON.stringify([row.customerName, row.orgUuid, row.location, row.cells])).toString('base64url');

function placeAfter(rows: readonly NamedUsage[], question: UsageQuestion, cursor: string): number {
  let last: CallingUsageRow;
  try {
    const [customerName, orgUuid, location, cells] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [string, string, string, MeasureCells];
    if (typeof customerName !== 'string' || typeof location !== 'string' || typeof orgUuid !== 'string' || typeof cells !== 'object') throw new Error('shape');
    last = { customerId: '', customerName, orgUuid, location, cells: { ...cells } } as CallingUsageRow;
  } catch (cause) {
    throw new HubError('cursor_invalid', {}, { cause });
  }
  const compare = ordering(question);
  const at = rows.findIndex((row) => compare(row, last) > 0);
  return at < 0 ? rows.length : at;
}

export interface RegionUsage {
  region: RegionCode;
  hasAnswered: boolean;
  customers: number;
  cells: MeasureCells;
  dataAsOf: string | null;
}

/** All regions: aggregates only. A region whose store does not answer is named and left out of the totals. */
export async function getCallingUsageByRegion(ctx: Ctx, range: UsageRange): Promise<{ items: RegionUsage[]; totals: MeasureCells }> {
  requirePermission(ctx, 'calling_usage.read');
  requireRange(range);
  const regions = [...ctx.stores.keys()];
  const answers = await Promise.allSettled(regions.map((region) => namedUsage(ctx, region, range)));
  const items = regions.map((region, index): RegionUsage => {
    const answer = answers[index];
    if (answer?.status !== 'fulfilled') {
      ctx.log.warn({ err: answer?.reason, region, trackingId: ctx.trackingId }, 'a region did not answer');
      return { region, hasAnswered: false, customers: 0, cells: totalsOf([]), dataAsOf: null };
    }
    const { named, visible } = answer.value;
    return {
      region,
      hasAnswered: true,
      customers: new Set(named.map((row) => row.customerId)).size,
      cells: totalsOf(named),
      dataAsOf: visible.dataAsOf?.toISOString() ?? null,
    };
  });
  const all = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.named : []));
  return { items, totals: totalsOf(all) };
}
