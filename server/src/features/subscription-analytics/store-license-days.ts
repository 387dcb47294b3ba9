import type { RegionCode } from '@hub/contract/regions';
import type { Ctx } from '../access/index.ts';
import { findStoredDays, storeDays } from './license-day-queries.ts';
import { plusDays } from './running-contracts.ts';
import { trendRegion } from './trend-of-region.ts';

const longestTrendDays = 2 * 52 * 7; // with the time before
const daysAtOnce = 4;

/** Stores what is held at the end of each day of before today that an import tells of and that is not stored under its mark; the newest first. Whether all are. */
export async function storeLicenseDays(
  ctx: Ctx,
  region: RegionCode,
  isOver: () => boolean = () => false,
): Promise<boolean> {
  const { today, firstEnd, held, others, partnerId, marksOf } = await trendRegion(ctx, region, { product: 'calling' });
  const marks = marksOf?.({ from: plusDays(today, -longestTrendDays), to: plusDays(today, -1) });
  if (!marks || marks.size === 0) return true;
  const stored = await findStoredDays({ store: held.store, partnerId, marks }, undefined);
  const missing = [...marks.keys()].filter((day) => day >= firstEnd && !stored.has(day)).sort();
  while (missing.length > 0) {
    if (isOver()) return false;
    const ends = missing.splice(-daysAtOnce);
    await storeDays({ store: held.store, partnerId, marks }, { question: { ...held, ends }, excluded: others });
  }
  return true;
}
