import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import type { Ctx } from './ctx.ts';
import { inTenant } from './in-tenant.ts';
import { scopePersonOf } from './scope-person.ts';
import { findScopeKey, findScopeOrganizations, keepScopeMembers } from './scope-queries.ts';

declare const scopeBrand: unique symbol;

interface Granted {
  readonly partnerId: string;
  /** Absent: all of the partner's. Otherwise the key of a list in the region's scope_member table. */
  readonly scopeKey?: string;
}

/** Which organizations' facts this actor may ask for, in one region. Only this module makes one; every query on facts demands one. */
export type CustomerScope = Granted & { readonly [scopeBrand]: true };

/**
 * The store of a region together with the actor's scope in it. Ask for it anew with every request: the key of a scope changes with every
 * assignment, and nothing is asked under an old one. Throws region_not_served.
 */
export async function regionalScope(
  ctx: Ctx,
  region: RegionCode,
): Promise<{ store: RegionalStore; scope: CustomerScope }> {
  const store = ctx.stores.get(region);
  if (!store) throw new HubError('region_not_served', { region });
  const { partnerId } = ctx.actor;
  const scopePerson = scopePersonOf(ctx.actor);
  if (scopePerson === undefined) return { store, scope: grantScope({ partnerId }) };
  const scopeKey = await scopeKeyIn(ctx, store, scopePerson);
  return { store, scope: grantScope({ partnerId, scopeKey }) };
}

// The keys whose lists a store is known to hold. A list never changes; a process that starts looks once what is there.
const kept = new WeakMap<RegionalStore, Map<string, Promise<void>>>();
const remembersAtMost = 10_000;

async function scopeKeyIn(ctx: Ctx, store: RegionalStore, personId: string): Promise<string> {
  const { partnerId } = ctx.actor;
  const memory = kept.get(store) ?? new Map<string, Promise<void>>();
  kept.set(store, memory);
  const scopeKey = await findScopeKey(ctx.directory, { partnerId, personId });
  if (scopeKey === undefined) throw new HubError('session_expired'); // they left the partner a moment ago
  const known = memory.get(scopeKey);
  if (known) {
    await known;
    return scopeKey;
  }
  // Key and list in one statement, so that they belong together; it may be a newer key than the one above.
  const current = await inTenant(ctx, (tx) => findScopeOrganizations(tx, { personId, region: store.region }));
  if (current === undefined) throw new HubError('session_expired');
  let keeping = memory.get(current.scopeKey);
  if (!keeping) {
    keeping = keepScopeMembers(store, { partnerId, ...current });
    memory.set(current.scopeKey, keeping);
    keeping.catch(() => memory.delete(current.scopeKey));
    const oldest = memory.keys().next().value;
    if (memory.size > remembersAtMost && oldest !== undefined) memory.delete(oldest);
  }
  await keeping;
  return current.scopeKey;
}

/** The only place where the brand is given: what it names was checked against the actor. */
const grantScope = (granted: Granted): CustomerScope => granted as CustomerScope;

/** The condition on a table with partner_id and org_uuid, and its parameters. Never a list of ids: 100,000 of them took 70 s. */
export function scopeCondition(scope: CustomerScope): { sql: string; parameters: Parameters } {
  const whole = { sql: 'partner_id = {scopePartner:UUID}', parameters: { scopePartner: scope.partnerId } };
  if (scope.scopeKey === undefined) return whole;
  return {
    sql: `${whole.sql} AND org_uuid IN (SELECT org_uuid FROM @region.scope_member WHERE partner_id = {scopePartner:UUID} AND scope_key = {scopeKey:UUID})`,
    parameters: { ...whole.parameters, scopeKey: scope.scopeKey },
  };
}
