import type { FreshnessRow, FreshnessSort, FreshnessState, MissingDays } from '@hub/contract/freshness';
import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { rememberedAnswers } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { customerNames } from '../customers/index.ts';
import { feedOf, feeds, readVisibility, type Visibility } from '../imports/index.ts';
import { knownCoverage, lastWeeks } from './coverage.ts';
import { type DayRange, findKnownDays, type KnownDays } from './coverage-queries.ts';
import type { Coverage } from './coverage-rules.ts';

export interface FreshnessQuestion {
  region: RegionCode;
  feed?: FeedCode | undefined;
  state?: FreshnessState | undefined;
  q?: string | undefined;
  sort: FreshnessSort;
  order: 'asc' | 'desc';
}

/** With the days of each gap, which the CSV tells. */
export type ListedFreshness = FreshnessRow & { gapDays: MissingDays[] };

interface FreshnessList {
  /** Those that match, in the asked order. */
  rows: ListedFreshness[];
  /** Of the feed, or of all. */
  all: ListedFreshness[];
  looked: DayRange;
  visible: Visibility;
}

/** The one way to the list: screen, CSV and API ask this. */
export async function askFreshness(ctx: Ctx, question: FreshnessQuestion): Promise<FreshnessList> {
  requirePermission(ctx, 'calling_usage.read');
  const { store, scope } = await regionalScope(ctx, question.region);
  const { visible, names } = await inTenant(ctx, async (tx) => ({
    visible: await readVisibility(tx, question.region),
    names: await customerNames(tx, question.region),
  }));
  const today = ctx.clock.today();
  const looked = lastWeeks(today);
  const asked = question.feed === undefined ? feeds : [feedOf(question.feed)];
  const { newest, version, open, undone, superseding } = visible;
  const key = [
    ctx.actor.partnerId,
    scope.scopeKey ?? '',
    question.feed ?? '',
    today,
    newest,
    version,
    [open, undone, superseding].join('/'),
  ].join('|');
  const known = await remembered(store, key, async () => {
    const found = await findKnownDays({ store, scope, visible }, looked, asked);
    return found.flatMap((entry): Known[] => {
      const coverage = knownCoverage(entry, looked.from, looked.to, today);
      return coverage === undefined ? [] : [{ ...entry, days: '', coverage }];
    });
  });
  const byOrg = new Map(names.map((customer) => [customer.orgUuid as string | null, customer]));
  const all = known.flatMap((entry): ListedFreshness[] => {
    const customer = byOrg.get(entry.org_uuid);
    // Facts enter only for linked customers; whoever was removed since has no name to be shown under.
    if (!customer?.orgUuid) return [];
    const { gaps, late, ...rest } = entry.coverage;
    const missing = [...gaps, ...(late === null ? [] : [late])].reduce((sum, { days }) => sum + days, 0);
    return [
      {
        customerId: customer.id,
        customerName: customer.name,
        orgUuid: customer.orgUuid,
        feed: entry.feed,
        ...rest,
        lastRecordAt: entry.last_record === '' ? null : entry.last_record,
        late,
        gaps: gaps.length,
        missingDays: missing,
        gapDays: gaps,
      },
    ];
  });
  return { rows: all.filter(matching(question)).sort(ordering(question)), all, looked, visible };
}

type Known = KnownDays & { coverage: Coverage };

const remembered = rememberedAnswers<Known[]>(8); // 5,000 rows are about 3 MB

const fold = (text: string): string => text.normalize('NFKC').toLocaleLowerCase('und');

function matching({ state, q = '' }: FreshnessQuestion): (row: FreshnessRow) => boolean {
  const part = fold(q.trim());
  return (row) =>
    (state !== 'late' || row.late !== null) &&
    (state !== 'gaps' || row.gaps > 0) &&
    (part === '' || fold(row.customerName).includes(part));
}

// One collation for every language of the interface; digits in names count as numbers.
const collator = new Intl.Collator('und', { numeric: true, sensitivity: 'variant' });
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What places a row. */
export type Placed = Pick<
  FreshnessRow,
  'customerName' | 'orgUuid' | 'feed' | 'firstDay' | 'lastDay' | 'gaps' | 'missingDays'
> & { late: { days: number } | null };

const lateDays = ({ late }: Placed): number => late?.days ?? 0;

// "Worst" grows with the days that are missing; of as many, with the age of the last day.
const bySort: Record<FreshnessSort, (a: Placed, b: Placed) => number> = {
  worst: (a, b) => a.missingDays - b.missingDays || compareText(b.lastDay, a.lastDay),
  customerName: (a, b) => collator.compare(a.customerName, b.customerName),
  firstDay: (a, b) => compareText(a.firstDay, b.firstDay),
  lastDay: (a, b) => compareText(a.lastDay, b.lastDay),
  gaps: (a, b) => a.gaps - b.gaps,
  late: (a, b) => lateDays(a) - lateDays(b),
};

/** Name, organization and feed break every tie, so that pages never overlap. */
export function ordering({ sort, order }: Pick<FreshnessQuestion, 'sort' | 'order'>): (a: Placed, b: Placed) => number {
  const sign = order === 'desc' ? -1 : 1;
  return (a, b) =>
    sign * bySort[sort](a, b) ||
    collator.compare(a.customerName, b.customerName) ||
    compareText(a.orgUuid, b.orgUuid) ||
    compareText(a.feed, b.feed);
}
