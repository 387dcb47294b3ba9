import { usualKeptDays } from '@hub/contract/retention';
import type { FeedCode } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import type { TenantTx } from '../../platform/directory/directory.ts';

/** For how many days the partner keeps each feed in a region; null: for ever. */
export async function readKeptDays(tx: TenantTx, region: RegionCode): Promise<Map<FeedCode, number | null>> {
  const kept = new Map(Object.entries(usualKeptDays) as [FeedCode, number | null][]);
  const rules = await tx.selectFrom('retention_rule').select(['feed', 'days']).where('region', '=', region).execute();
  for (const { feed, days } of rules) if (kept.has(feed as FeedCode)) kept.set(feed as FeedCode, days);
  return kept;
}
