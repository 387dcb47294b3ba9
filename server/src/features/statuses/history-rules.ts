import type { StatusEntry, StatusReason } from '@hub/contract/customer-statuses';
import type { CustomerFacts } from './status-rules.ts';

/**
 * On which day a status that is noted today began. What was recorded only today may tell of days before: a subscription brings its start,
 * its end and since when its licences are over. Of what was known before, each day has noted what it found, and it begins today.
 */
export function beganOn({ reasons }: StatusEntry, facts: CustomerFacts, today: string): string {
  return reasons.reduce((first, reason) => {
    const day = isNews(reason, facts, today) ? reason.since : today;
    return day < first ? day : first;
  }, today);
}

function isNews(reason: StatusReason, { createdOn, subscriptions, trials }: CustomerFacts, today: string): boolean {
  // That nobody ever signed in has no date.
  if (reason.code === 'inactive') return reason.last !== null && createdOn === today;
  const { kind, reference } = reason.of;
  const contracts = kind === 'trial' ? trials : subscriptions;
  return contracts.some((contract) => contract.reference === reference && contract.recordedOn === today);
}
