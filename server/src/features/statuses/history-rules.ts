import type { CustomerStatus, StatusEntry, StatusReason, StatusWindows } from '@hub/contract/customer-statuses';
import { addDays, type CustomerFacts, deriveStatuses } from './status-rules.ts';

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

/** A stretch that was noted today; `after` is the end of the one before it, null where there is none. */
export interface NotedToday {
  status: CustomerStatus;
  beganOn: string;
  after: string | null;
}

/**
 * When a status that was noted today and holds no longer ended: the day after the last one before today on which the facts, as they stand
 * now, say it since the same first day, a contract counted from its start on. Undefined where they say no such thing: that was a slip.
 */
export function datedEnd(
  noted: NotedToday,
  facts: CustomerFacts,
  { today, windows }: { today: string; windows: StatusWindows },
): string | undefined {
  const last = lastDays(facts, today).find((day) => {
    const { statuses } = deriveStatuses(begunBy(facts, day), day, windows);
    const entry = statuses.find(({ status }) => status === noted.status);
    if (entry === undefined || day < noted.beganOn) return false;
    return later(beganOn(entry, facts, today), noted.after ?? '') === noted.beganOn;
  });
  return last === undefined ? undefined : addDays(last, 1);
}

const later = (one: string, other: string): string => (one > other ? one : other);

/** The days before today after which a status may end by what the facts say, the latest first. */
function lastDays({ subscriptions, trials }: CustomerFacts, today: string): string[] {
  const turns = [...subscriptions, ...trials].flatMap(({ startsOn, endsOn }) => [
    addDays(startsOn, -1),
    ...(endsOn === null ? [] : [endsOn]),
  ]);
  return [...new Set([addDays(today, -1), ...turns])].filter((day) => day < today).toSorted((a, b) => (a < b ? 1 : -1));
}

const begunBy = (facts: CustomerFacts, day: string): CustomerFacts => ({
  ...facts,
  subscriptions: facts.subscriptions.filter(({ startsOn }) => startsOn <= day),
  trials: facts.trials.filter(({ startsOn }) => startsOn <= day),
});

function isNews(reason: StatusReason, { createdOn, subscriptions, trials }: CustomerFacts, today: string): boolean {
  // That nobody ever signed in has no date.
  if (reason.code === 'inactive') return reason.last !== null && createdOn === today;
  const { kind, reference } = reason.of;
  const contracts = kind === 'trial' ? trials : subscriptions;
  return contracts.some((contract) => contract.reference === reference && contract.recordedOn === today);
}
