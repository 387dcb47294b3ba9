import type { Permission } from '@hub/contract/permissions';

const readable: readonly [Permission, string][] = [
  ['customers.read', '/api/customers'],
  ['imports.read', '/api/imports'],
  ['administrators.read', '/api/administrators'],
  ['audit.read', '/api/audit-events'],
];

/** A line for the shell that works as it stands, with something that the scopes allow. */
export function exampleOf(origin: string, secret: string, scopes: readonly Permission[]): string {
  const path = readable.find(([scope]) => scopes.includes(scope))?.[1] ?? '/api/session';
  return `curl -H 'Authorization: Bearer ${secret}' '${origin}${path}'`;
}
