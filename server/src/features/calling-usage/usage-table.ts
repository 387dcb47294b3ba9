import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { CallingUsageRow, MeasureCells } from '@hub/contract/calling-usage';
import type { OrgUuid } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { rememberedAnswers } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { readCallingPolicy } from '../calling-policy/index.ts';
import { customerNames, findMatchingIds } from '../customers/index.ts';
import { areRollupsBuilt, readVisibility, type Visibility } from '../imports/index.ts';
import { findUsage, type FoundUsage, type LoadedFeeds, totalsOf } from './usage-queries.ts';
import { requireRange, type UsageQuestion, type UsageRange } from './usage-question.ts';

/** The seconds and milliseconds under the minutes, for totals. */
export type NamedUsage = CallingUsageRow & { callSeconds: number; videoMilliseconds: number };

export interface UsageTable {
  /** Filtered and in the asked order. */
  rows: NamedUsage[];
  rowsUnfiltered: number;
  totals: MeasureCells;
  visible: Visibility;
  loaded: LoadedFeeds;
  policy: QualityPolicy;
}

/** The one way to the usage numbers: screen, CSV, command line and API all ask this. */
export async function askUsage(ctx: Ctx, question: UsageQuestion): Promise<UsageTable> {
  requireRange(question);
  const [{ named, ...rest }, filtered] = await Promise.all([
    namedUsage(ctx, question.region, question),
    filteredCustomers(ctx, question),
  ]);
  const rows = named.filter(matching(question, filtered)).sort(ordering(question));
  return { rows, rowsUnfiltered: named.length, totals: totalsOf(rows), ...rest };
}

export interface RegionTable {
  named: NamedUsage[];
  visible: Visibility;
  loaded: LoadedFeeds;
  policy: QualityPolicy;
}

export async function namedUsage(
  ctx: Ctx,
  region: RegionCode,
  { from, to, policy: asked }: UsageRange & { policy?: QualityPolicy | undefined },
): Promise<RegionTable> {
  requirePermission(ctx, 'calling_usage.read');
  const { partnerId } = ctx.actor;
  const { store, scope } = await regionalScope(ctx, region);
  const { visible, names, policy } = await inTenant(ctx, async (tx) => ({
    visible: await readVisibility(tx, region),
    names: await customerNames(tx, region),
    policy: asked ?? (await readCallingPolicy(tx, partnerId)).qualityPolicy,
  }));
  const state = [visible.newest, visible.version, visible.open.join()];
  const key = [partnerId, scope.scopeKey ?? '', region, from, to, policy, ...state].join('|');
  const { cells, loaded } = await remembered(store, key, async () => {
    const hasRollups = await areRollupsBuilt(store, partnerId);
    return findUsage({ store, scope, range: { from, to }, visible, policy, hasRollups });
  });
  const byOrg = new Map(names.map((customer) => [customer.orgUuid as string | null, customer]));
  const named = cells.flatMap((entry): NamedUsage[] => {
    const customer = byOrg.get(entry.org_uuid);
    // Facts enter only for linked customers; whoever was removed since has no name to be shown under.
    if (!customer) return [];
    return [
      {
        customerId: customer.id,
        customerName: customer.name,
        orgUuid: entry.org_uuid as OrgUuid,
        location: entry.location,
        cells: entry.cells,
        callSeconds: entry.callSeconds,
        videoMilliseconds: entry.videoMilliseconds,
      },
    ];
  });
  return { named, visible, loaded, policy };
}

/** Undefined: without a filter. Throws filter_invalid, filter_too_long. */
async function filteredCustomers(ctx: Ctx, { filter = '' }: UsageQuestion): Promise<Set<string> | undefined> {
  if (filter.trim() === '') return undefined;
  return new Set(await inTenant(ctx, (tx) => findMatchingIds(tx, ctx, filter, mostCustomers)));
}

const mostCustomers = 1_000_000; // of one partner, far above what the directory is made for

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('und');

function matching(
  { q, customerId }: UsageQuestion,
  filtered: ReadonlySet<string> | undefined,
): (row: NamedUsage) => boolean {
  const part = fold((q ?? '').trim());
  return (row) =>
    (customerId === undefined || row.customerId === customerId) &&
    (filtered === undefined || filtered.has(row.customerId)) &&
    (part === '' || fold(row.customerName).includes(part) || fold(row.location).includes(part));
}

// One collation for every language of the interface; digits in names count as numbers.
const collator = new Intl.Collator('und', { numeric: true, sensitivity: 'variant' });

type Placed = Pick<CallingUsageRow, 'customerName' | 'orgUuid' | 'location' | 'cells'>;

/** The identity of a row breaks every tie, so that pages never overlap. Empty cells come last in both directions. */
export function ordering({ sort, order }: Pick<UsageQuestion, 'sort' | 'order'>): (a: Placed, b: Placed) => number {
  const sign = order === 'desc' ? -1 : 1;
  const tie = (a: Placed, b: Placed): number =>
    collator.compare(a.customerName, b.customerName) ||
    compareText(a.orgUuid, b.orgUuid) ||
    collator.compare(a.location, b.location) ||
    compareText(a.location, b.location);
  if (sort === 'customerName')
    return (a, b) =>
      sign * (collator.compare(a.customerName, b.customerName) || compareText(a.orgUuid, b.orgUuid)) || tie(a, b);
  if (sort === 'orgUuid') return (a, b) => sign * compareText(a.orgUuid, b.orgUuid) || tie(a, b);
  if (sort === 'location') return (a, b) => sign * collator.compare(a.location, b.location) || tie(a, b);
  return (a, b) => {
    const [left, right] = [a.cells[sort], b.cells[sort]];
    if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0) || tie(a, b);
    return sign * (left - right) || tie(a, b);
  };
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const remembered = rememberedAnswers<FoundUsage>(8); // 15,000 rows × 20 numbers are about 6 MB
