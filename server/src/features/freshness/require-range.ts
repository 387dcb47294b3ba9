import { freshnessMaximumDays } from '@hub/contract/freshness';
import { HubError } from '../../platform/hub-error.ts';
import { daysBetween } from './days.ts';

/** Throws range_invalid, range_too_long. */
export function requireRange({ from, to }: { from: string; to: string }): void {
  const days = daysBetween(from, to);
  if (days < 1) throw new HubError('range_invalid');
  if (days > freshnessMaximumDays) throw new HubError('range_too_long', { maximumDays: freshnessMaximumDays });
}
