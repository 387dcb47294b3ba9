import type { CustomerId, OrgUuid } from '@hub/contract/ids';
import type { HeldOrganization } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, regionalScope, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { findCustomersByOrg } from '../customers/index.ts';
import { countHeldRows, discardHeld, findHeldOrganizations, type HeldRow } from './held-queries.ts';
import { readVisibility } from './import-queries.ts';

const emptyOrg = '00000000-0000-0000-0000-000000000000';

/** Who waits, in one region or in all; a region that does not answer is named instead of hiding the others. */
export async function listHeldOrganizations(
  ctx: Ctx,
  input: { region?: RegionCode | undefined },
): Promise<{ items: HeldOrganization[]; unavailable: RegionCode[] }> {
  requirePermission(ctx, 'imports.read');
  const regions = input.region ? [input.region] : [...ctx.stores.keys()];
  const answers = await Promise.allSettled(regions.map((region) => heldInRegion(ctx, region)));
  const items = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  const unavailable = regions.filter((region, index) => {
    const answer = answers[index];
    if (answer?.status !== 'rejected') return false;
    if (!(answer.reason instanceof StoreFault)) throw answer.reason;
    ctx.log.warn({ err: answer.reason, region, trackingId: ctx.trackingId }, 'a region did not answer');
    return true;
  });
  return { items: items.sort((a, b) => b.rows - a.rows), unavailable };
}

async function heldInRegion(ctx: Ctx, region: RegionCode): Promise<HeldOrganization[]> {
  const { store, scope } = regionalScope(ctx, region);
  const { open } = await inTenant(ctx, (tx) => readVisibility(tx, region));
  const rows = await findHeldOrganizations(store, scope, open);
  const customers = await inTenant(ctx, (tx) =>
    findCustomersByOrg(
      tx,
      rows.map((row) => row.org_uuid),
    ),
  );
  const byOrg = new Map(customers.map((customer) => [customer.orgUuid as string, customer]));
  return rows
    .filter((row) => byOrg.get(row.org_uuid)?.region !== region) // linked just now: its release is on its way
    .map((row) => heldView(region, row, byOrg.get(row.org_uuid)));
}

function heldView(
  region: RegionCode,
  row: HeldRow,
  elsewhere: { id: CustomerId; name: string; region: RegionCode } | undefined,
): HeldOrganization {
  const isUnreadable = row.org_uuid === emptyOrg;
  return {
    region,
    orgUuid: isUnreadable ? null : (row.org_uuid as OrgUuid),
    reason: isUnreadable ? 'unreadable' : elsewhere ? 'other_region' : 'unknown',
    rows: row.rows,
    firstStart: row.first,
    lastStart: row.last,
    locations: row.locations.sort(),
    customer: elsewhere ? { id: elsewhere.id, name: elsewhere.name, region: elsewhere.region } : null,
  };
}

/** Deletes the held rows of one organization for good. Throws held_not_found. */
export async function discardHeldRows(
  ctx: Ctx,
  input: { region: RegionCode; orgUuid: string },
): Promise<{ rows: number }> {
  requirePermission(ctx, 'imports.write');
  const { store, scope } = regionalScope(ctx, input.region);
  const rows = await countHeldRows(store, scope, input.orgUuid);
  if (rows === 0) throw new HubError('held_not_found');
  await inTenant(ctx, (tx) =>
    audit(tx, ctx, {
      action: 'imports.discard_held',
      target: { kind: 'organization', id: input.orgUuid },
      before: { region: input.region, rows },
    }),
  );
  // After the transaction: a store that is busy must not hold a connection of the directory. Who asked is on record either way.
  await discardHeld(store, ctx.actor.partnerId, input.orgUuid);
  return { rows };
}
