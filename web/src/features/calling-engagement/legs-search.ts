import { callLegsMaximumDays } from '@hub/contract/calling-usage';
import { daysBetween } from '../../lib/calendar.ts';
import type { Span } from './period.ts';
import type { Scope } from './scope.ts';

/** The page of call legs for a scope and its days; null where it cannot say the same: of all regions, and of more days than it shows. */
export function legsOf({ region, customerId, location, filter, zone, policy }: Scope, { from, to }: Span) {
  if (region === 'all' || daysBetween(from, to) > callLegsMaximumDays) return null;
  return { region, from, to, customerId, location, filter, zone, policy, back: 'engagement' } as const;
}

export type Legs = ReturnType<typeof legsOf>;
