export type { Ctx, CtxActor, Installation, PersonActor, PublicCtx } from './ctx.ts';
export { type CustomerScope, regionalScope, scopeCondition } from './customer-scope.ts';
export { inTenant } from './in-tenant.ts';
export { holdActor } from './require-actor.ts';
export { seesCalling, seesContracts } from './contract-details.ts';
export { withoutPhones } from './phone-numbers.ts';
export { requirePermission } from './require-permission.ts';
export { scopePersonOf } from './scope-person.ts';
export { findRole } from './scope-queries.ts';
