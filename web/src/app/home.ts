import type { Session } from '@hub/contract/sessions';

/** Where a visit begins: the first page that the role may see and that has something to show. */
export function homeOf({
  permissions,
  hasCallLegs,
  demo,
  hasCustomers,
}: Pick<Session, 'permissions' | 'hasCallLegs' | 'demo'> & {
  /** Any beside the partner's own organization. */
  hasCustomers: boolean;
}): '/customers' | '/imports' | '/analytics/calling-usage' | '/audit-log' | '/settings' {
  if (hasCustomers && permissions.includes('customers.read')) return '/customers';
  const hasNothing = !hasCallLegs && demo !== 'loading';
  if (hasNothing && permissions.includes('imports.read')) return '/imports';
  if (permissions.includes('calling_usage.read')) return '/analytics/calling-usage';
  return permissions.includes('audit.read') ? '/audit-log' : '/settings';
}
