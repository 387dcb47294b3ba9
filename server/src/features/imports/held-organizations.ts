import type { CustomerId, OrgUuid } from '@hub/contract/ids';
import type { HeldOrganization } from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, regionalScope, requirePermission, scopePersonOf } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { findCustomersByOrg } from '../customers/index.ts';
import { countHeldRows, discardHeld, findHeldOrganizations, type HeldRow } from './held-queries.ts';
import { findImportNumbersOf, readVisibility } from './import-queries.ts';
import { findQueuedReleases } from './release-queries.ts';
import { requestRelease } from './request-release.ts';

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
  const { store } = await regionalScope(ctx, region);
  const { open } = await inTenant(ctx, (tx) => readVisibility(tx, region));
  const rows = await findHeldOrganizations(store, await heldBy(ctx, region), open);
  const customers = await inTenant(ctx, (tx) =>
    findCustomersByOrg(
      tx,
      rows.map((row) => row.org_uuid),
    ),
  );
  const byOrg = new Map(customers.map((customer) => [customer.orgUuid as string, customer]));
  // Whoever asked for the release: as the hub itself, since rows on their way wait for nobody any more.
  const hub: Ctx = { ...ctx, actor: { kind: 'system', partnerId: ctx.actor.partnerId } };
  const entering = new Set(await inTenant(hub, (tx) => findQueuedReleases(tx, region)));
  return rows.filter((row) => !entering.has(row.org_uuid)).map((row) => heldView(region, row, byOrg.get(row.org_uuid)));
}

/** Who sees only assigned customers knows of what waits from their own imports. */
async function heldBy(ctx: Ctx, region: RegionCode): Promise<{ partnerId: string; own: number[] | undefined }> {
  const personId = scopePersonOf(ctx.actor);
  const own =
    personId === undefined ? undefined : await inTenant(ctx, (tx) => findImportNumbersOf(tx, region, personId));
  return { partnerId: ctx.actor.partnerId, own };
}

function heldView(
  region: RegionCode,
  row: HeldRow,
  customer: { id: CustomerId; name: string; region: RegionCode } | undefined,
): HeldOrganization {
  const isUnreadable = row.org_uuid === emptyOrg;
  const reasonOfCustomer = customer && (customer.region === region ? 'not_assigned' : 'other_region');
  return {
    region,
    orgUuid: isUnreadable ? null : (row.org_uuid as OrgUuid),
    reason: isUnreadable ? 'unreadable' : (reasonOfCustomer ?? 'unknown'),
    rows: row.rows,
    firstStart: row.first,
    lastStart: row.last,
    locations: row.locations.sort(),
    customer: customer ? { id: customer.id, name: customer.name, region: customer.region } : null,
  };
}

/** Lets rows enter whose customer is there: they waited because whoever brought them does not have it assigned. Throws held_not_found. */
export async function releaseHeldRows(ctx: Ctx, input: { region: RegionCode; orgUuid: string }): Promise<void> {
  requirePermission(ctx, 'imports.write');
  await regionalScope(ctx, input.region);
  await inTenant(ctx, async (tx) => {
    const [customer] = await findCustomersByOrg(tx, [input.orgUuid]);
    if (customer?.region !== input.region) throw new HubError('held_not_found');
    const isWhole = scopePersonOf(ctx.actor) === undefined;
    await requestRelease(tx, ctx, { ...input, isWhole });
    await audit(tx, ctx, {
      action: 'imports.release_held',
      target: { kind: 'organization', id: input.orgUuid },
      customerId: customer.id,
      after: { region: input.region },
    });
  });
}

/** Deletes the held rows of one organization for good. Throws held_not_found. */
export async function discardHeldRows(
  ctx: Ctx,
  input: { region: RegionCode; orgUuid: string },
): Promise<{ rows: number }> {
  requirePermission(ctx, 'imports.write');
  const { store } = await regionalScope(ctx, input.region);
  const held = await heldBy(ctx, input.region);
  const rows = await countHeldRows(store, held, input.orgUuid);
  if (rows === 0) throw new HubError('held_not_found');
  await inTenant(ctx, async (tx) => {
    const [customer] = await findCustomersByOrg(tx, [input.orgUuid]);
    await audit(tx, ctx, {
      action: 'imports.discard_held',
      target: { kind: 'organization', id: input.orgUuid },
      ...(customer && { customerId: customer.id }),
      before: { region: input.region, rows },
    });
  });
  // After the transaction: a store that is busy must not hold a connection of the directory. Who asked is on record either way.
  await discardHeld(store, held, input.orgUuid);
  return { rows };
}
