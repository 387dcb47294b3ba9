import { createHash } from 'node:crypto';
import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { findMatchingIds } from '../customers/index.ts';
import { areRollupsBuilt, firstKept, readKeptDays, readVisibility, type Visibility } from '../imports/index.ts';
import { sharedQuestions } from '../metrics/index.ts';
import { dateIn, readPolicy } from '../statuses/index.ts';
import { findOtherOrganizations, findOwnedCustomers } from './contract-queries.ts';
import { dayMarks } from './day-marks.ts';
import { countDeletions, findCoveredDays } from './day-marks-queries.ts';
import { heldNow } from './held-today.ts';
import { keptStates } from './kept-states.ts';
import { findStoredDays } from './license-day-queries.ts';
import { findLicenseImports } from './license-import-queries.ts';
import { snapshotDays } from './license-state-queries.ts';
import { type OwnedCustomer, plusDays } from './running-contracts.ts';
import {
  findHeld,
  findHeldByOrganization,
  type Held,
  type HeldPart,
  heldParts,
  type HeldQuestion,
} from './trend-queries.ts';

const mostCustomers = 1_000_000; // of one partner, far above what the directory is made for
/** More organizations are not named in a question: the sums then come by organization. */
const mostExcluded = 1000;
/** Counts changes of what is held of a day: what another release stored is told anew. */
const heldVersion = 1;

export interface TrendQuestion {
  product: Product;
  filter?: string | undefined;
}

/** Whose licenses a trend is about, and how the region is asked. */
export interface TrendRegion {
  today: string;
  product: Product;
  visible: Visibility;
  /** By organization: the partner's own customers that the filter leaves; none where they are asked together. */
  customers: ReadonlyMap<string, OwnedCustomer>;
  /** Other organizations in scope, whose snapshots are in no number. */
  others: readonly string[];
  isFiltered: boolean;
  /** Before it snapshots are no longer kept, so that nothing whole could be told. */
  firstEnd: string;
  held: Omit<HeldQuestion, 'ends'>;
  /** What days of before today are stored under (license_day); undefined: of a part of the customers nothing is stored. */
  marksOf: ((range: { from: string; to: string }) => ReadonlyMap<string, string>) | undefined;
  /** What is held now, from the states of lines; undefined: of a part of the customers it is asked as any other day. */
  heldToday: (() => Promise<Held | undefined>) | undefined;
  partnerId: string;
  left: AbortSignal | undefined;
}

const shared = sharedQuestions<ReadonlyMap<string, readonly (Held | undefined)[]>>({
  atATime: (store) => (store.isEmbedded ? 2 : 6),
  remembers: 4_000_000,
  weightOf: (held) => [...held.values()].reduce((sum, buckets) => sum + 1 + buckets.length * heldParts.length, 1),
});

/** Throws region_not_served, filter_invalid, filter_too_long. */
export async function trendRegion(
  ctx: Ctx,
  region: RegionCode,
  { product, filter, isByCustomer = false }: { isByCustomer?: boolean } & TrendQuestion,
  left?: AbortSignal,
): Promise<TrendRegion> {
  requirePermission(ctx, 'subscriptions.read');
  const { partnerId } = ctx.actor;
  const { store, scope } = await regionalScope(ctx, region);
  const isFiltered = (filter ?? '').trim() !== '';
  const isWhole = !isFiltered && scope.scopeKey === undefined;
  const told = await inTenant(ctx, async (tx) => {
    const policy = await readPolicy(tx, partnerId);
    const day = dateIn(policy.timeZone, ctx.clock.now());
    const imports = await findLicenseImports(tx, region, day);
    const others = await findOtherOrganizations(tx, region);
    // Of all together nobody is named.
    const areNamed = isFiltered || isByCustomer || others.length > mostExcluded;
    return {
      today: day,
      imports,
      others,
      visible: await readVisibility(tx, region),
      owned: areNamed ? await findOwnedCustomers(tx, region) : [],
      covered: isWhole ? await findCoveredDays(tx, region) : [],
      keptDays: (await readKeptDays(tx, region)).get('license_snapshots') ?? null,
      deletions: isWhole ? await countDeletions(tx) : 0,
      matching: isFiltered ? new Set(await findMatchingIds(tx, ctx, filter ?? '', mostCustomers)) : undefined,
    };
  });
  const { today, imports, visible, owned, others, covered, deletions, keptDays, matching } = told;
  const customers = new Map(
    owned.flatMap((customer) =>
      customer.orgUuid === null || matching?.has(customer.id) === false ? [] : [[customer.orgUuid, customer] as const],
    ),
  );
  const hasRollups = await areRollupsBuilt(store, partnerId);
  const isTogether = isWhole && others.length <= mostExcluded;
  return {
    today,
    firstEnd: keptDays === null ? '' : plusDays(firstKept(today, keptDays), snapshotDays - 1),
    product,
    visible,
    customers,
    others,
    isFiltered,
    held: { store, scope, visible, hasRollups },
    marksOf: isTogether ? (range) => marksWith(dayMarks(covered, range), deletions, others) : undefined,
    heldToday: isTogether
      ? async () => {
          const question = { store, scope, visible, hasRollups, day: today, ...(left ? { left } : {}) };
          const states = await keptStates(ctx, question, imports);
          return heldNow(question, { states, others, product, now: ctx.clock.now() });
        }
      : undefined,
    partnerId,
    left,
  };
}

/** A day without a mark has no import to tell of it. What deletions took, and who is left out, is in the marks as well. */
function marksWith(
  marks: ReadonlyMap<string, string>,
  deletions: number,
  others: readonly string[],
): ReadonlyMap<string, string> {
  const rest = createHash('sha256')
    .update(JSON.stringify([heldVersion, deletions, others.toSorted()]))
    .digest('base64url');
  return new Map([...marks].filter(([, mark]) => mark !== '0').map(([day, mark]) => [day, `${mark} ${rest}`]));
}

/** What all of its customers held together at each of these ends, which rise; undefined: nothing is known. */
export async function heldTogether(of: TrendRegion, all: readonly string[]): Promise<(Held | undefined)[]> {
  const ends = all.filter((end) => end >= of.firstEnd);
  const held = ends.length === 0 ? [] : await heldAt(of, ends);
  return [...new Array<undefined>(all.length - ends.length).fill(undefined), ...held];
}

async function heldAt(of: TrendRegion, ends: readonly string[]): Promise<(Held | undefined)[]> {
  if (of.isFiltered || of.others.length > mostExcluded) {
    const byOrganization = await heldByOrganization(of, ends);
    return ends.map((_, at) => addHeld([...byOrganization.values()].map((buckets) => buckets[at])));
  }
  const [from, to] = [ends[0], ends.at(-1)];
  const marks = of.marksOf && from !== undefined && to !== undefined ? of.marksOf({ from, to }) : undefined;
  const told = ends.filter((end) => marks === undefined || marks.has(end));
  const stored = marks
    ? await findStoredDays(
        { ...of, store: of.held.store, marks: new Map([...marks].filter(([day]) => day < of.today)) },
        of.product,
      )
    : new Map<string, Held | null>();
  const missing = told.filter((end) => !stored.has(end));
  const isToday = (end: string): boolean => end === of.today && of.heldToday !== undefined;
  const past = missing.filter((end) => !isToday(end));
  const [asked, today] = await Promise.all([
    past.length === 0 ? undefined : askTogether(of, past),
    missing.some(isToday) ? of.heldToday?.() : undefined,
  ]);
  return ends.map((end) => {
    if (!missing.includes(end)) return stored.get(end) ?? undefined;
    return isToday(end) ? today : asked?.[past.indexOf(end)];
  });
}

async function askTogether(of: TrendRegion, ends: readonly string[]): Promise<readonly (Held | undefined)[]> {
  const key = JSON.stringify([...keyOf(of), 'all', ends, of.others]);
  const answer = await shared.ask(of.held.store, {
    key,
    partnerId: of.partnerId,
    left: of.left,
    ask: async (everybody) => {
      const rows = await findHeld({ ...of.held, ends, left: everybody }, of.others);
      const byProduct = Map.groupBy(rows, ({ code }) => code);
      return new Map([...byProduct].map(([code, own]) => [code as string, placed(own, ends.length)]));
    },
  });
  return answer.get(of.product) ?? [];
}

/** The same by organization, of those customers alone. */
export async function heldByOrganization(
  of: TrendRegion,
  ends: readonly string[],
): Promise<Map<string, readonly (Held | undefined)[]>> {
  const answer = await shared.ask(of.held.store, {
    key: JSON.stringify([...keyOf(of), of.product, ends]),
    partnerId: of.partnerId,
    left: of.left,
    ask: async (everybody) => {
      const rows = await findHeldByOrganization({ ...of.held, ends, left: everybody }, of.product);
      const byOrganization = Map.groupBy(rows, ({ org }) => org);
      return new Map(
        [...byOrganization].map(([org, own]) => [
          org,
          placed(
            own.flatMap((row) => row.buckets.map((bucket, at) => rowAt(row, bucket, at))),
            ends.length,
          ),
        ]),
      );
    },
  });
  return new Map([...answer].filter(([org]) => of.customers.has(org)));
}

/** Whose data, and in which state. */
const keyOf = ({ partnerId, held: { scope, visible, hasRollups, store } }: TrendRegion): unknown[] => [
  partnerId,
  scope.scopeKey,
  store.region,
  visible.newest,
  visible.version,
  visible.open,
  hasRollups,
];

type Placed = Held & { bucket: number };

const rowAt = ({ parts }: { parts: Record<HeldPart, number[]> }, bucket: number, at: number): Placed => ({
  bucket,
  ...(Object.fromEntries(heldParts.map((part) => [part, parts[part][at] ?? 0])) as Held),
});

function placed(rows: readonly Placed[], length: number): (Held | undefined)[] {
  const buckets = new Array<Held | undefined>(length).fill(undefined);
  for (const row of rows) buckets[row.bucket] = row;
  return buckets;
}

/** Undefined where none of them is known. */
export function addHeld(all: readonly (Held | undefined)[]): Held | undefined {
  const known = all.filter((held) => held !== undefined);
  if (known.length === 0) return undefined;
  return Object.fromEntries(heldParts.map((part) => [part, known.reduce((sum, held) => sum + held[part], 0)])) as Held;
}
