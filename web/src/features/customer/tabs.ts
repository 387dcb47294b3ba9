import type { Permission } from '@hub/contract/permissions';
import { z } from 'zod';

/** The parts of a customer's page, as its address names them. */
export const CustomerTab = z.enum(['overview', 'subscriptions', 'trials', 'calling', 'activity']);
export type CustomerTab = z.infer<typeof CustomerTab>;

const needs: Record<CustomerTab, Permission> = {
  overview: 'customers.read',
  subscriptions: 'subscriptions.read',
  trials: 'subscriptions.read',
  calling: 'calling_usage.read',
  activity: 'audit.read',
};

/** What the role includes. Calls are known of an organization only, so there are none to show of a customer without one. */
export function tabsFor(may: (permission: Permission) => boolean, hasCalls: boolean): CustomerTab[] {
  return CustomerTab.options.filter((tab) => may(needs[tab]) && (tab !== 'calling' || hasCalls));
}
