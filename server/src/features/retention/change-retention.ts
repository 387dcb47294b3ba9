import type { Retention, RetentionChange } from '@hub/contract/retention';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { readKeptDays } from '../imports/index.ts';
import { retentionNow } from './get-retention.ts';
import { requireServed } from './preview-retention.ts';
import { endWaiting, lockRules, setRule } from './retention-queries.ts';

/** From the next night on. Whoever changes it has looked at it: nothing waits for a first look any more. Throws region_not_served. */
export async function changeRetention(ctx: Ctx, rules: readonly RetentionChange[]): Promise<Retention> {
  requirePermission(ctx, 'partner.write');
  requireServed(ctx, rules);
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await lockRules(tx, partnerId);
    const before: RetentionChange[] = [];
    const after: RetentionChange[] = [];
    for (const rule of rules) {
      const days = (await readKeptDays(tx, rule.region)).get(rule.feed) ?? null;
      if (days === rule.days) continue;
      before.push({ ...rule, days });
      after.push(rule);
      await setRule(tx, partnerId, rule);
    }
    await endWaiting(tx, partnerId);
    if (after.length > 0)
      await audit(tx, ctx, {
        action: 'retention.change',
        target: { kind: 'partner', id: partnerId },
        before: byRegion(before),
        after: byRegion(after),
      });
    return retentionNow(tx, ctx);
  });
}

/** { region: { feed: days } }, as the log shows it. */
function byRegion(rules: readonly RetentionChange[]): Record<string, Record<string, number | null>> {
  const regions: Record<string, Record<string, number | null>> = {};
  for (const { region, feed, days } of rules) (regions[region] ??= {})[feed] = days;
  return regions;
}
