import { can, type Permission, permissionsOfRole } from '@hub/contract/permissions';
import { HubError } from '../../platform/hub-error.ts';
import type { Ctx } from './ctx.ts';

/** Throws permission_denied unless the actor may do this within their own partner; token_scope_missing where only their token may not. */
export function requirePermission({ actor }: Ctx, permission: Permission): void {
  const target = { partnerId: actor.partnerId };
  if (can(actor, permission, target)) return;
  const isOfRole = actor.kind === 'person' && permissionsOfRole[actor.role].includes(permission);
  throw new HubError(isOfRole ? 'token_scope_missing' : 'permission_denied', { permission });
}
