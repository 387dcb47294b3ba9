import { setImmediate as nextTurn } from 'node:timers/promises';
import { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope } from '../access/index.ts';
import { areRollupsBuilt, readVisibility } from '../imports/index.ts';
import { partnerToday } from '../statuses/index.ts';
import { contractBook } from './contract-book.ts';
import { forgetOldChanges } from './contract-queries.ts';
import { dayMarks } from './day-marks.ts';
import { countDeletions, findContractMarks, findCoveredDays } from './day-marks-queries.ts';
import { historyDays } from './kpi-history.ts';
import { type Counted, headlineParts, type Parts, productParts } from './kpi-parts.ts';
import { findLineStates } from './license-state-queries.ts';
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
    await forgetOldChanges(tx);
    const today = await partnerToday(tx, ctx);
    const range = { from: plusDays(today, -historyDays), to: plusDays(today, -1) };
    return {
      today,
      range,
      visible: await readVisibility(tx, region),
      rule: await readLowAssignmentRule(tx, partnerId),
      contracts: await findContractMarks(tx, region),
      deletions: await countDeletions(tx),
      marks: dayMarks(await findCoveredDays(tx, region), range),
      nights: await findToldNights(tx, region, range.from),
    };
  });
  const { today, range, visible, rule, contracts, deletions, marks, nights } = told;
  const [first] = contracts;
  if (!first) return true;
  const hasRollups = await areRollupsBuilt(store, partnerId);
  for (let day = range.to; day >= range.from && day >= first.day; day = plusDays(day, -1)) {
    const known = nights.get(day);
    // The first time everything is told afterwards, yesterday as well.
    const isBackfilled = known?.isBackfilled ?? (day !== range.to || nights.size === 0);
    // A night that was recorded stays as its contracts were then; only what imports tell of it follows them.
    const toldOf = JSON.stringify([marks.get(day), deletions, ...(isBackfilled ? [markAt(contracts, day), rule] : [])]);
    if (known?.toldOf === toldOf) continue;
    if (isOver()) return false;
    const question = { store, scope, visible, hasRollups, region, day, rule };
    const [book, states] = [await contractBook(ctx, region, today), await findLineStates(question)];
    const parts = await partsOf(await linesOfDay(ctx, question, { book, states }));
    await inTenant(ctx, async (tx) => {
      const recorded = known && !isBackfilled ? await partsOfNight(tx, region, day, [...parts.keys()]) : undefined;
      const saved = recorded ? restated(recorded, parts) : parts;
      await saveNight(tx, { partnerId, region, day, parts: saved, isBackfilled, toldOf });
    });
  }
  return true;
}

const markAt = (marks: readonly { day: string; mark: string }[], day: string): string | undefined =>
  marks.findLast((started) => started.day <= day)?.mark;

/** One after the other, so that whoever else waits is served between them. */
async function partsOf(counted: Counted): Promise<Map<NightKind, Parts>> {
  const parts = new Map<NightKind, Parts>();
  for (const [kind, isEvery] of [
    ['header', false],
    ['header_of_every_product', true],
  ] as const) {
    await nextTurn();
    parts.set(kind, headlineParts(counted, isEvery));
  }
  for (const product of Product.options) {
    await nextTurn();
    parts.set(product, productParts(counted, product));
  }
  return parts;
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
