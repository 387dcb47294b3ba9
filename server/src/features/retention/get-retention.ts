import { type Retention, usualKeptDays } from '@hub/contract/retention';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { feeds, firstKept, readKeptDays } from '../imports/index.ts';
import { partnerToday } from '../statuses/index.ts';
import { readBeginning } from './retention-queries.ts';

export async function getRetention(ctx: Ctx): Promise<Retention> {
  requirePermission(ctx, 'customers.read');
  return inTenant(ctx, (tx) => retentionNow(tx, ctx));
}

export async function retentionNow(tx: TenantTx, ctx: Ctx): Promise<Retention> {
  const today = await partnerToday(tx, ctx);
  const beginning = await readBeginning(tx, ctx.actor.partnerId);
  const rules: Retention['rules'] = [];
  for (const region of ctx.stores.keys()) {
    const kept = await readKeptDays(tx, region);
    for (const { code: feed } of feeds) {
      const days = kept.get(feed) ?? null;
      const firstDay = days === null ? null : firstKept(today, days);
      rules.push({ region, feed, days, usualDays: usualKeptDays[feed], firstDay });
    }
  }
  return { rules, beginsOn: beginning !== null && beginning > today ? beginning : null };
}
