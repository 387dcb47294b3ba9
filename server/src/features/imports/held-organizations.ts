import type { RequestOf } from '@hub/contract/endpoint';
import type { CustomerId, OrgUuid } from '@hub/contract/ids';
import type {
  HeldOrganization,
  HeldReason,
  discardHeldOrganizations as discarding,
  listHeldOrganizations as listing,
} from '@hub/contract/imports';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, regionalScope, requirePermission, scopePersonOf } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { findCustomersByOrg } from '../customers/index.ts';
import { findDeletedOrganizations } from './deleted-queries.ts';
import { cursorOf, type Held, inOrder, positionOf } from './held-cursor.ts';
import { discardHeld, findHeldCounts, findHeldDetails, type HeldDetails, type HeldOf } from './held-queries.ts';
import { findImportNumbersOf, readVisibility } from './import-queries.ts';
import { findQueuedReleases } from './release-queries.ts';
import { requestRelease } from './request-release.ts';

const emptyOrg = '00000000-0000-0000-0000-000000000000';

type Filter = Omit<RequestOf<typeof discarding>['body'], 'organizations'>;
type HeldKey = Pick<Held, 'region' | 'orgUuid'>;

const keyOf = ({ region, orgUuid }: HeldKey): string => `${region} ${orgUuid}`;
const sumOf = (held: readonly Held[]): number => held.reduce((sum, { rows }) => sum + rows, 0);

/** Who waits, in one region or in all; a region that does not answer is named instead of hiding the others. Throws cursor_invalid. */
export async function listHeldOrganizations(
  ctx: Ctx,
  { after, limit, ...filter }: RequestOf<typeof listing>['query'],
): Promise<{
  items: HeldOrganization[];
  next: string | null;
  total: { organizations: number; rows: number };
  unavailable: RegionCode[];
}> {
  requirePermission(ctx, 'imports.read');
  const position = after === undefined ? undefined : positionOf(after);
  const { held, of, unavailable } = await findHeld(ctx, filter);
  const total = { organizations: held.length, rows: sumOf(held) };
  const rest = position === undefined ? held : held.filter((entry) => inOrder(entry, position) > 0);
  const page = rest.sort(inOrder).slice(0, limit);
  const last = page.at(-1);
  const next = last && rest.length > limit ? cursorOf(last) : null;
  return { items: await heldViews(ctx, of, page), next, total, unavailable };
}

interface Found {
  held: Held[];
  /** By region: what was looked through. */
  of: Map<RegionCode, HeldOf>;
  unavailable: RegionCode[];
}

/** What is held and matches, in no order; regions that did not answer beside it. */
async function findHeld(ctx: Ctx, filter: Filter, regions = regionsOf(ctx, filter)): Promise<Found> {
  const found: Found = { held: [], of: new Map(), unavailable: [] };
  const answers = await Promise.allSettled(regions.map((region) => heldInRegion(ctx, region, filter)));
  for (const [index, region] of regions.entries()) {
    const answer = answers[index];
    if (answer?.status === 'fulfilled') {
      found.held = found.held.concat(answer.value.held);
      found.of.set(region, answer.value.of);
    } else {
      if (!(answer?.reason instanceof StoreFault)) throw answer?.reason;
      ctx.log.warn({ err: answer.reason, region, trackingId: ctx.trackingId }, 'a region did not answer');
      found.unavailable.push(region);
    }
  }
  return found;
}

const regionsOf = (ctx: Ctx, { region }: Filter): RegionCode[] => (region ? [region] : [...ctx.stores.keys()]);

async function heldInRegion(
  ctx: Ctx,
  region: RegionCode,
  { q = '', reason }: Filter,
): Promise<{ held: Held[]; of: HeldOf }> {
  const { store } = await regionalScope(ctx, region);
  const of = await heldOf(ctx, region);
  const found = await findHeldCounts(store, of, q.trim());
  // Whoever asked for the release: as the hub itself, since rows on their way wait for nobody any more.
  const hub: Ctx = { ...ctx, actor: { kind: 'system', partnerId: ctx.actor.partnerId } };
  const entering = new Set(await inTenant(hub, (tx) => findQueuedReleases(tx, region)));
  const held = found
    .filter((row) => !entering.has(row.org_uuid))
    .map((row) => ({ region, orgUuid: row.org_uuid, rows: row.rows }));
  if (reason === undefined) return { held, of };
  const customers = await customersOf(ctx, held);
  return { held: held.filter((entry) => reasonOf(entry, customers.get(entry.orgUuid)) === reason), of };
}

/** Who sees only assigned customers knows of what waits from their own imports. */
async function heldOf(ctx: Ctx, region: RegionCode): Promise<HeldOf> {
  const personId = scopePersonOf(ctx.actor);
  return inTenant(ctx, async (tx) => {
    const own = personId === undefined ? undefined : await findImportNumbersOf(tx, region, personId);
    const { open, newest } = await readVisibility(tx, region);
    return { partnerId: ctx.actor.partnerId, own, open, newest };
  });
}

type Holder = { id: CustomerId; name: string; region: RegionCode };

/** The customers, by organization, that have one of these; in the actor's scope. */
async function customersOf(ctx: Ctx, held: readonly Held[]): Promise<Map<string, Holder>> {
  const customers = await inTenant(ctx, (tx) =>
    findCustomersByOrg(
      tx,
      held.map(({ orgUuid }) => orgUuid),
    ),
  );
  return new Map(customers.map((customer) => [customer.orgUuid, customer]));
}

function reasonOf({ region, orgUuid }: HeldKey, customer: Holder | undefined): HeldReason {
  if (orgUuid === emptyOrg) return 'unreadable';
  if (!customer) return 'unknown';
  return customer.region === region ? 'not_assigned' : 'other_region';
}

/** A page, with what an organization is recognised by. What was discarded or released in this moment falls out. */
async function heldViews(ctx: Ctx, of: Found['of'], page: readonly Held[]): Promise<HeldOrganization[]> {
  const customers = await customersOf(ctx, page);
  const orgUuidsOfPage = page.map(({ orgUuid }) => orgUuid);
  const deleted = await inTenant(ctx, (tx) => findDeletedOrganizations(tx, orgUuidsOfPage));
  const details = new Map<string, HeldDetails>();
  for (const [region, heldOfRegion] of of) {
    const { store } = await regionalScope(ctx, region);
    const orgUuids = page.filter((entry) => entry.region === region).map(({ orgUuid }) => orgUuid);
    for (const row of orgUuids.length === 0 ? [] : await findHeldDetails(store, heldOfRegion, orgUuids))
      details.set(keyOf({ region, orgUuid: row.org_uuid }), row);
  }
  return page.flatMap((entry) => {
    const detail = details.get(keyOf(entry));
    return detail ? [heldView(entry, detail, customers.get(entry.orgUuid), deleted.get(entry.orgUuid))] : [];
  });
}

function heldView(
  held: Held,
  { first, last, locations }: HeldDetails,
  customer: Holder | undefined,
  deletedAt: Date | undefined,
): HeldOrganization {
  return {
    region: held.region,
    orgUuid: held.orgUuid === emptyOrg ? null : (held.orgUuid as OrgUuid),
    reason: reasonOf(held, customer),
    rows: held.rows,
    firstStart: first,
    lastStart: last,
    locations: locations.sort(),
    customer: customer ? { id: customer.id, name: customer.name, region: customer.region } : null,
    deletedAt: deletedAt?.toISOString() ?? null,
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
export async function discardHeldRows(ctx: Ctx, { region, orgUuid }: HeldKey): Promise<{ rows: number }> {
  requirePermission(ctx, 'imports.write');
  const { held, of } = await heldInRegion(ctx, region, { q: orgUuid });
  const found = held.filter((entry) => entry.orgUuid === orgUuid);
  if (found.length === 0) throw new HubError('held_not_found');
  await discard(ctx, found, new Map([[region, of]]));
  return { rows: sumOf(found) };
}

/** Deletes the held rows of those that are named, or of all that match, for good. What is not there, or no longer, is passed over. */
export async function discardHeldOrganizations(
  ctx: Ctx,
  { organizations, ...filter }: RequestOf<typeof discarding>['body'],
): Promise<{ organizations: number; rows: number; unavailable: RegionCode[] }> {
  requirePermission(ctx, 'imports.write');
  const isAll = organizations === 'matching';
  const { held, of, unavailable } = isAll
    ? await findHeld(ctx, filter)
    : await findHeld(ctx, {}, [...new Set(organizations.map(({ region }) => region))]);
  const named = isAll ? undefined : new Set(organizations.map(keyOf));
  const found = named === undefined ? held : held.filter((entry) => named.has(keyOf(entry)));
  await discard(ctx, found, of);
  return { organizations: found.length, rows: sumOf(found), unavailable };
}

async function discard(ctx: Ctx, held: readonly Held[], of: Found['of']): Promise<void> {
  const customers = await customersOf(ctx, held);
  await inTenant(ctx, (tx) =>
    audit(
      tx,
      ctx,
      held.map(({ region, orgUuid, rows }) => {
        const customer = customers.get(orgUuid);
        return {
          action: 'imports.discard_held',
          target: { kind: 'organization', id: orgUuid },
          ...(customer && { customerId: customer.id }),
          before: { region, rows },
        };
      }),
    ),
  );
  // After the transaction: a store that is busy must not hold a connection of the directory. Who asked is on record either way.
  for (const [region, heldOfRegion] of of) {
    const { store } = await regionalScope(ctx, region);
    const orgUuids = held.filter((entry) => entry.region === region).map(({ orgUuid }) => orgUuid);
    await discardHeld(store, heldOfRegion, orgUuids);
  }
}
