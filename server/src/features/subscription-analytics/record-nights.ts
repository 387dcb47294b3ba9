import { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope } from '../access/index.ts';
import { areRollupsBuilt, readVisibility } from '../imports/index.ts';
import { partnerToday } from '../statuses/index.ts';
import { dayMarks } from './day-marks.ts';
import { countDeletions, findCoveredDays, readContractsMark } from './day-marks-queries.ts';
import { historyDays } from './kpi-history.ts';
import { headlineParts, type Parts, productParts } from './kpi-parts.ts';
import { linesOfDay } from './lines-of-day.ts';
import { readLowAssignmentRule } from './low-assignment-queries.ts';
import { findNights, findToldNights, type NightKind, saveNight } from './night-queries.ts';
import { plusDays } from './running-contracts.ts';

/** Tells the nights of a partner in a region that are missing, or that are told of other imports by now; the newest first. Whether all are told. */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- the hub itself, for no person; it only counts
export async function recordNights(
  ctx: Ctx,
  region: RegionCode,
  isOver: () => boolean = () => false,
): Promise<boolean> {
  const { partnerId } = ctx.actor;
  const { store, scope } = await regionalScope(ctx, region);
  const told = await inTenant(ctx, async (tx) => {
    const today = await partnerToday(tx, ctx);
    const range = { from: plusDays(today, -historyDays), to: plusDays(today, -1) };
    return {
      range,
      visible: await readVisibility(tx, region),
      rule: await readLowAssignmentRule(tx, partnerId),
      contracts: await readContractsMark(tx, region),
      deletions: await countDeletions(tx),
      marks: dayMarks(await findCoveredDays(tx, region), range),
      nights: await findToldNights(tx, region, range.from),
    };
  });
  const { range, visible, rule, contracts, deletions, marks, nights } = told;
  if (contracts.firstDay === null) return true;
  const hasRollups = await areRollupsBuilt(store, partnerId);
  for (let day = range.to; day >= range.from && day >= contracts.firstDay; day = plusDays(day, -1)) {
    const known = nights.get(day);
    // The first time everything is told afterwards, yesterday as well.
    const isBackfilled = known?.isBackfilled ?? (day !== range.to || nights.size === 0);
    // A night that was recorded stays as its contracts were then; only what imports tell of it follows them.
    const toldOf = JSON.stringify([marks.get(day), deletions, ...(isBackfilled ? [contracts.mark, rule] : [])]);
    if (known?.toldOf === toldOf) continue;
    if (isOver()) return false;
    const counted = await linesOfDay(ctx, { store, scope, visible, hasRollups, region, day, rule });
    const parts = new Map<NightKind, Parts>([
      ['header', headlineParts(counted, false)],
      ['header_of_every_product', headlineParts(counted, true)],
      ...Product.options.map((product) => [product, productParts(counted, product)] as const),
    ]);
    await inTenant(ctx, async (tx) => {
      const recorded = known && !isBackfilled ? await partsOfNight(tx, region, day, [...parts.keys()]) : undefined;
      const saved = recorded ? restated(recorded, parts) : parts;
      await saveNight(tx, { partnerId, region, day, parts: saved, isBackfilled, toldOf });
    });
  }
  return true;
}

type Tx = Parameters<typeof findNights>[0];

async function partsOfNight(
  tx: Tx,
  region: RegionCode,
  day: string,
  kinds: readonly NightKind[],
): Promise<Map<NightKind, Parts>> {
  const nights = await findNights(tx, region, { kinds, from: day });
  return new Map(nights.filter((night) => night.day === day).map(({ kind, parts }) => [kind, parts]));
}

/** What dates of contracts alone tell of a night. */
const ofContracts = ['customers', 'expiring', 'renewing', 'newCustomers', 'expiringCustomers', 'renewingCustomers'];

/** A recorded night with what snapshots say by now: the contracts of today are no longer those of that night. */
function restated(recorded: ReadonlyMap<NightKind, Parts>, now: ReadonlyMap<NightKind, Parts>): Map<NightKind, Parts> {
  return new Map(
    [...now].map(([kind, parts]) => {
      const before = recorded.get(kind) ?? {};
      const kept = Object.entries(before).filter(([name]) => ofContracts.includes(name));
      return [kind, { ...parts, ...Object.fromEntries(kept) }];
    }),
  );
}
