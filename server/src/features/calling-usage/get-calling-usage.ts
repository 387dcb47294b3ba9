import { type QualityPolicy, qualityPolicyVersion } from '@hub/contract/calling-policy';
import type { CallingUsageMeasure, CallingUsageRow, Feed, MeasureCells } from '@hub/contract/calling-usage';
import { OrgUuid } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import { HubError } from '../../platform/hub-error.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { readCallingPolicy } from '../calling-policy/index.ts';
import { feedsOfMeasures, type LoadedFeeds, totalsOf } from './usage-queries.ts';
import { requireRange, type UsageQuestion, type UsageRange } from './usage-question.ts';
import { askUsage, namedUsage, type NamedUsage, ordering } from './usage-table.ts';

/** Feeds that columns wait for. `loaded`: of one region, or of several that answered. */
const missingFeeds = (loaded: readonly LoadedFeeds[]): Feed[] =>
  feedsOfMeasures.filter((feed) => !loaded.some((feeds) => feeds[feed]));

export interface UsagePage {
  items: CallingUsageRow[];
  next: string | null;
  totals: MeasureCells;
  rows: number;
  customers: number;
  rowsUnfiltered: number;
  missingFeeds: Feed[];
  policy: QualityPolicy;
  policyVersion: number;
  dataAsOf: string | null;
}

/** One page of the usage table. The cursor is the last row itself, so that it survives an import between two pages. */
export async function getCallingUsage(
  ctx: Ctx,
  question: UsageQuestion & { after?: string | undefined; limit: number },
): Promise<UsagePage> {
  requirePermission(ctx, 'calling_usage.read');
  const table = await askUsage(ctx, question);
  const begin = question.after === undefined ? 0 : placeAfter(table.rows, question, question.after);
  const items = table.rows.slice(begin, begin + question.limit);
  const last = items.at(-1);
  return {
    items,
    next: last && begin + question.limit < table.rows.length ? cursorOf(last, question) : null,
    totals: table.totals,
    rows: table.rows.length,
    customers: new Set(table.rows.map((row) => row.customerId)).size,
    rowsUnfiltered: table.rowsUnfiltered,
    missingFeeds: missingFeeds([table.loaded]),
    policy: table.policy,
    policyVersion: qualityPolicyVersion,
    dataAsOf: table.visible.dataAsOf?.toISOString() ?? null,
  };
}

/** What places the last row of a page: the order, the sorted cell, and the row's identity. */
const Cursor = z.tuple([z.string(), z.string(), z.number().nullable(), z.string(), OrgUuid, z.string()]);

const sortedCell = (row: CallingUsageRow, { sort }: UsageQuestion): number | null =>
  sort in row.cells ? row.cells[sort as CallingUsageMeasure] : null;

function cursorOf(row: CallingUsageRow, question: UsageQuestion): string {
  const { customerName, orgUuid, location } = row;
  const cursor = [question.sort, question.order, sortedCell(row, question), customerName, orgUuid, location];
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

function placeAfter(rows: readonly NamedUsage[], question: UsageQuestion, text: string): number {
  const [sort, order, cell, customerName, orgUuid, location] = readCursor(text);
  if (sort !== question.sort || order !== question.order) throw new HubError('cursor_invalid');
  const compare = ordering(question);
  const last = { customerName, orgUuid, location, cells: { [sort]: cell } as MeasureCells };
  const at = rows.findIndex((row) => compare(row, last) > 0);
  return at < 0 ? rows.length : at;
}

function readCursor(text: string): z.infer<typeof Cursor> {
  try {
    return Cursor.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new HubError('cursor_invalid', {}, { cause });
  }
}

export interface RegionUsage {
  region: RegionCode;
  hasAnswered: boolean;
  customers: number;
  cells: MeasureCells;
  dataAsOf: string | null;
}

interface RegionsUsage extends Pick<UsagePage, 'totals' | 'missingFeeds' | 'policy' | 'policyVersion'> {
  items: RegionUsage[];
}

/** All regions: aggregates only. A region whose store does not answer is named and left out of the totals. */
export async function getCallingUsageByRegion(
  ctx: Ctx,
  question: UsageRange & { policy?: QualityPolicy | undefined },
): Promise<RegionsUsage> {
  requirePermission(ctx, 'calling_usage.read');
  requireRange(question);
  const range = { from: question.from, to: question.to };
  const policy =
    question.policy ?? (await inTenant(ctx, (tx) => readCallingPolicy(tx, ctx.actor.partnerId))).qualityPolicy;
  const regions = [...ctx.stores.keys()];
  const answers = await Promise.allSettled(regions.map((region) => namedUsage(ctx, region, { ...range, policy })));
  const items = regions.map((region, index): RegionUsage => {
    const answer = answers[index];
    if (answer?.status !== 'fulfilled') {
      // Anything but the store's own fault is no region's silence and fails the question.
      if (!(answer?.reason instanceof StoreFault)) throw answer?.reason;
      ctx.log.warn({ err: answer.reason, region, trackingId: ctx.trackingId }, 'a region did not answer');
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
  const answered = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  return {
    items,
    totals: totalsOf(answered.flatMap(({ named }) => named)),
    missingFeeds: missingFeeds(answered.map(({ loaded }) => loaded)),
    policy,
    policyVersion: qualityPolicyVersion,
  };
}
