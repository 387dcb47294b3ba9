import type { PersonId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { findHeldAmong } from './held-queries.ts';
import { findCancelableOf } from './import-queries.ts';
import { findOrganizations, findPeopleOfGroup } from './release-queries.ts';
import { requestRelease } from './request-release.ts';

/**
 * After customers were assigned to somebody: what waited only because they had not been enters. Where the region does not answer, or an
 * import of theirs is about to hold rows, every organization gets a release; one that finds nothing removes itself.
 */
export async function releaseAssigned(
  ctx: Ctx,
  personId: PersonId,
  organizations: readonly { region: RegionCode; orgUuid: string }[],
): Promise<void> {
  requirePermission(ctx, 'administrators.write');
  await release(ctx, personId, organizations);
}

/** After customers came into a group: to everybody who has the group as a scope they were assigned by that. */
export async function releaseToGroup(ctx: Ctx, groupId: string, customerIds: readonly string[]): Promise<void> {
  requirePermission(ctx, 'groups.write');
  const { people, organizations } = await inTenant(ctx, async (tx) => ({
    people: await findPeopleOfGroup(tx, groupId),
    organizations: await findOrganizations(tx, customerIds),
  }));
  for (const personId of people) await release(ctx, personId, organizations);
}

async function release(
  ctx: Ctx,
  personId: PersonId,
  organizations: readonly { region: RegionCode; orgUuid: string }[],
): Promise<void> {
  if (organizations.length === 0) return;
  const isImporting = (await inTenant(ctx, (tx) => findCancelableOf(tx, personId))).length > 0;
  for (const [region, entries] of Map.groupBy(organizations, (entry) => entry.region)) {
    if (!ctx.stores.has(region)) continue; // they enter at the first start that serves it again
    const orgUuids = entries.map((entry) => entry.orgUuid);
    const waiting = isImporting ? orgUuids : await waitingAmong(ctx, region, orgUuids);
    await inTenant(ctx, async (tx) => {
      for (const orgUuid of waiting) await requestRelease(tx, ctx, { region, orgUuid });
    });
  }
}

/** Of organizations of a region those that wait there; all of them where the region does not answer. */
export async function heldAmong(ctx: Ctx, region: RegionCode, orgUuids: readonly string[]): Promise<string[]> {
  requirePermission(ctx, 'customers.write');
  return waitingAmong(ctx, region, orgUuids);
}

async function waitingAmong(ctx: Ctx, region: RegionCode, orgUuids: readonly string[]): Promise<string[]> {
  try {
    const { store, scope } = await regionalScope(ctx, region);
    return [...new Set((await findHeldAmong(store, scope, orgUuids)).map((row) => row.org_uuid))];
  } catch (error) {
    ctx.log.warn({ err: error, region, trackingId: ctx.trackingId }, 'a region did not say what it holds');
    return [...orgUuids];
  }
}
