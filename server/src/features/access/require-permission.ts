import { can, type Permission } from '@hub/contract/permissions';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from './ctx.ts';

/** Throws permission_denied unless the actor may do this within their own partner. */
export function requirePermission(ctx: Ctx, permission: Permission): void {
  if (!can(ctx.actor, permission, { partnerId: ctx.actor.partnerId }))
    throw new HubError('permission_denied', { permission });
}
