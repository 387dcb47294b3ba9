import { z } from 'zod';

/** The roles of a partner's people (DOMAIN 2.2). */
export const Role = z.enum([
  'partner_full',
  'partner_admin',
  'partner_read_only',
  'help_desk_basic',
  'help_desk_advanced',
]);
export type Role = z.infer<typeof Role>;

/** Every act that needs a right. The words are those of the audit log, of the scopes of tokens and of the URL. */
export const Permission = z.enum([
  'customers.read',
  'customers.write',
  'customers.export',
  'subscriptions.read',
  'subscriptions.write',
  'tags.write',
  'groups.write',
  'views.write',
  'views.share',
  'imports.read',
  'imports.write',
  'connectors.write',
  'calling_usage.read',
  'call_legs.read',
  'administrators.read',
  'administrators.write',
  'audit.read',
  'audit.export',
  'partner.write',
  'deletions.write',
  'demo.remove',
]);
export type Permission = z.infer<typeof Permission>;

/** The permission catalog: who may do what. Server, web, tokens, documentation and the generated permission tests read this one table. */
export const permissionsOfRole: Record<Role, readonly Permission[]> = {
  partner_full: Permission.options,
  partner_admin: [
    'customers.read',
    'customers.write',
    'customers.export',
    'subscriptions.read',
    'subscriptions.write',
    'tags.write',
    'views.write',
    'views.share',
    'imports.read',
    'imports.write',
    'calling_usage.read',
    'call_legs.read',
    'audit.read',
    'audit.export',
  ],
  partner_read_only: [
    'customers.read',
    'customers.export',
    'subscriptions.read',
    'views.write',
    'imports.read',
    'calling_usage.read',
    'call_legs.read',
    'administrators.read',
    'audit.read',
    'audit.export',
  ],
  // A view of one's own is how a person likes to look, nothing of the partner's; it is a right so that a token that only reads has it not.
  help_desk_basic: ['customers.read', 'views.write', 'audit.read'],
  help_desk_advanced: ['customers.read', 'views.write', 'audit.read'],
};

/** Which of the partner's customers a role sees: `assigned` means those that were assigned to the person, and what they created. */
export const scopeOfRole: Record<Role, 'all' | 'assigned'> = {
  partner_full: 'all',
  partner_admin: 'assigned',
  partner_read_only: 'all',
  help_desk_basic: 'all',
  help_desk_advanced: 'all',
};

export type Actor =
  /** `scopes`: only where the person acts through an access token, whose scopes narrow their role. */
  { kind: 'person'; role: Role; scopes?: readonly Permission[] } | { kind: 'operator' } | { kind: 'system' };

/** The one place that decides. `target` names the partner that owns the thing acted upon. */
export function can(actor: Actor & { partnerId: string }, action: Permission, target: { partnerId: string }): boolean {
  if (actor.partnerId !== target.partnerId) return false;
  if (actor.kind !== 'person') return true; // the operator's command line and the hub's own jobs act within the partner they name
  if (actor.scopes !== undefined && !actor.scopes.includes(action)) return false;
  return permissionsOfRole[actor.role].includes(action);
}
