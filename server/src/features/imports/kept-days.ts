import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { partnerToday } from '../statuses/index.ts';
import { readKeptDays } from './kept-days-queries.ts';

/** The first UTC day that is kept on a day of the partner's calendar: that day, and so many before it. */
export const firstKept = (today: string, days: number): string =>
  new Date(Date.parse(today) - days * 86_400_000).toISOString().slice(0, 10);

/** Of one feed, the limit of today; undefined where it is kept for ever. */
export async function readLimit(
  tx: TenantTx,
  ctx: Ctx,
  { region, feed }: { region: RegionCode; feed: FeedCode },
): Promise<{ days: number; firstDay: string } | undefined> {
  const days = (await readKeptDays(tx, region)).get(feed) ?? null;
  return days === null ? undefined : { days, firstDay: firstKept(await partnerToday(tx, ctx), days) };
}
