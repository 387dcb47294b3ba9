import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import type { Parameters, RegionalStore } from '../../platform/regional-store/index.ts';
import type { Ctx } from './ctx.ts';

declare const scopeBrand: unique symbol;

interface Granted {
  readonly partnerId: string;
  /** Absent: all of the partner's. Otherwise the key of a list in the region's scope_member table. */
  readonly scopeKey?: string;
}

/** Which organizations' facts this actor may ask for, in one region. Only this module makes one; every query on facts demands one. */
export type CustomerScope = Granted & { readonly [scopeBrand]: true };

/** The store of a region together with the actor's scope in it. Throws region_not_served. */
export function regionalScope(ctx: Ctx, region: RegionCode): { store: RegionalStore; scope: CustomerScope } {
  const store = ctx.stores.get(region);
  if (!store) throw new HubError('region_not_served', { region });
  // Both roles of this release see every customer of their partner.
  return { store, scope: grantScope({ partnerId: ctx.actor.partnerId }) };
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
