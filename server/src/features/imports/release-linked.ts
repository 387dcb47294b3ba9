import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { hasOpenImports } from './import-queries.ts';
import { heldAmong } from './release-assigned.ts';
import { requestRelease } from './request-release.ts';

const releasesAtOnce = 500;

/**
 * After many customers got their organizations in one step, as from a file: what was held for them enters. Only organizations that wait get
 * a release; every one does while an import runs, which may be about to hold rows, or where its region does not answer.
 */
export async function releaseLinked(
  ctx: Ctx,
  organizations: readonly { region: RegionCode; orgUuid: string }[],
): Promise<void> {
  if (organizations.length === 0) return;
  requirePermission(ctx, 'customers.write');
  const isImporting = await inTenant(ctx, hasOpenImports);
  for (const [region, entries] of Map.groupBy(organizations, (entry) => entry.region)) {
    if (!ctx.stores.has(region)) continue; // they enter at the first start that serves it again
    const orgUuids = entries.map((entry) => entry.orgUuid);
    const waiting = isImporting ? orgUuids : await heldAmong(ctx, region, orgUuids);
    for (let at = 0; at < waiting.length; at += releasesAtOnce)
      await inTenant(ctx, async (tx) => {
        for (const orgUuid of waiting.slice(at, at + releasesAtOnce))
          await requestRelease(tx, ctx, { region, orgUuid });
      });
  }
}
