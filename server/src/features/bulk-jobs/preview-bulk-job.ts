import type { BulkAct, BulkResult, BulkSelection, BulkTag } from '@hub/contract/bulk-jobs';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { actOf } from './act-of.ts';
import type { Verdict } from './bulk-act.ts';
import { findNames, findSelected } from './bulk-queries.ts';
import { selectedBy } from './selected-by.ts';

const judgedAtOnce = 1000;
const toldRefusals = 50;

type Preview = Record<'total' | Verdict['outcome'], number> & { refusals: BulkResult[]; tags: BulkTag[] };

/**
 * What a job would do if it ran now, by the same judgement and without writing anything. Throws bulk_empty, what the filter is refused for,
 * and what the act can be done to nobody for.
 */
export async function previewBulkJob(
  ctx: Ctx,
  { selection, act: given }: { selection: BulkSelection; act: BulkAct },
): Promise<Preview> {
  requirePermission(ctx, 'customers.write');
  const act = actOf(given, null);
  requirePermission(ctx, act.permission);
  return inTenant(ctx, async (tx) => {
    await act.settle(tx, ctx);
    const ids = await findSelected(tx, await selectedBy(tx, ctx, selection));
    if (ids.length === 0) throw new HubError('bulk_empty');
    const counts = { total: ids.length, changed: 0, unchanged: 0, failed: 0 };
    const refused: (Verdict & { outcome: 'failed' })[] = [];
    const tags = new Map<string, BulkTag>();
    for (let at = 0; at < ids.length; at += judgedAtOnce) {
      const items = ids.slice(at, at + judgedAtOnce).map((customerId) => ({ customerId, before: null }));
      const judged = await act.judge(tx, ctx, items);
      for (const { name, isNew } of judged.tags ?? [])
        tags.set(name, { name, isNew, customers: (tags.get(name)?.customers ?? 0) + 1 });
      for (const verdict of judged.verdicts) {
        counts[verdict.outcome] += 1;
        if (verdict.outcome === 'failed' && refused.length < toldRefusals) refused.push(verdict);
      }
    }
    const byName = [...tags.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return { ...counts, refusals: await named(tx, refused), tags: byName };
  });
}

async function named(tx: TenantTx, refused: readonly (Verdict & { outcome: 'failed' })[]): Promise<BulkResult[]> {
  const ids = refused.map(({ customerId }) => customerId);
  const names = await findNames(tx, ids);
  return refused.map((verdict) => ({ ...verdict, customerName: names.get(verdict.customerId) ?? '' }) as BulkResult);
}
