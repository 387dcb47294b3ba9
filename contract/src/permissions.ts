import { z } from 'zod';

export const Role = z.enum(['partner_full', 'partner_read_only']);
export type Role = z.infer<typeof Role>;

/** Every act that needs a right. The words are those of the audit log and of the URL. */
export const Permission = z.enum([
  'customers.read',
  'customers.write',
  'imports.read',
  'imports.write',
  'calling_usage.read',
  'call_legs.read',
  'demo.remove',
]);
export type Permission = z.infer<typeof Permission>;

/** The permission catalog: who may do what. Server, web and the generated permission tests read this one table. */
export const permissionsOfRole: Record<Role, readonly Permission[]> = {
  partner_full: Permission.options,
  partner_read_only: ['customers.read', 'imports.read', 'calling_usage.read', 'call_legs.read'],
};

export type Actor = { kind: 'person'; role: Role } | { kind: 'operator' } | { kind: 'system' };

/** The one place that decides. `target` names the partner that owns the thing acted upon. */
export function can(actor: Actor & { partnerId: string }, action: Permission, target: { partnerId: string }): boolean {
  if (actor.partnerId !== target.partnerId) return false;
  if (actor.kind !== 'person') return true; // the operator's command line and the hub's own jobs act within the partner they name
  return permissionsOfRole[actor.role].includes(action);
}
