import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../../access/index.ts';
import { readVisibility } from '../import-queries.ts';
import { areRollupsBuilt, countDifferences, countRows, rolledUp } from './rollup-queries.ts';

interface RollupCheck {
  rollup: string;
  isBuilt: boolean;
  rows: number;
  /** How many groups have other sums than the facts, of how many organizations, on which days. */
  groups: number;
  organizations: number;
  firstDay: string | null;
  lastDay: string | null;
}

/** Compares the rollups of a region with the facts that count for the actor. Throws region_not_served. */
// oxlint-disable-next-line hub/verb-audits -- it only looks
export async function checkRollups(ctx: Ctx, region: RegionCode): Promise<RollupCheck[]> {
  requirePermission(ctx, 'imports.read');
  const { store, scope } = await regionalScope(ctx, region);
  const isBuilt = await areRollupsBuilt(store, ctx.actor.partnerId);
  const checks: RollupCheck[] = [];
  for (const feed of rolledUp) {
    const visible = await inTenant(ctx, (tx) => readVisibility(tx, region));
    checks.push({
      rollup: feed.rollup.table,
      isBuilt,
      rows: await countRows(store, ctx.actor.partnerId, feed.rollup),
      ...(await countDifferences(store, scope, visible, feed)),
    });
  }
  return checks;
}
