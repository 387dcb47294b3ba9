import type { previewRetention as previewing, RetentionChange } from '@hub/contract/retention';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { feedOf, firstKept } from '../imports/index.ts';
import { partnerToday } from '../statuses/index.ts';
import { countBeyond, rowsOf } from './beyond.ts';
import type { Limit } from './beyond-queries.ts';

/** What a change would remove in the next night. Regions that do not answer are named instead. Throws region_not_served. */
export async function previewRetention(
  ctx: Ctx,
  rules: readonly RetentionChange[],
): Promise<ReplyOf<typeof previewing>> {
  requirePermission(ctx, 'partner.write');
  requireServed(ctx, rules);
  const today = await inTenant(ctx, (tx) => partnerToday(tx, ctx));
  const reply: ReplyOf<typeof previewing> = { removes: [], unavailable: [] };
  for (const region of new Set(rules.map((rule) => rule.region))) {
    const limits = rules.flatMap(({ days, ...rule }): Limit[] =>
      rule.region === region && days !== null ? [{ feed: feedOf(rule.feed), firstDay: firstKept(today, days) }] : [],
    );
    try {
      for (const beyond of await countBeyond(ctx, region, limits)) {
        const { feed, firstDay } = beyond;
        reply.removes.push({ region, feed, rows: rowsOf(beyond), firstDay });
      }
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      reply.unavailable.push(region);
    }
  }
  return reply;
}

export function requireServed({ stores }: Ctx, rules: readonly { region: RegionCode }[]): void {
  const foreign = rules.find(({ region }) => !stores.has(region));
  if (foreign) throw new HubError('region_not_served', { region: foreign.region });
}
