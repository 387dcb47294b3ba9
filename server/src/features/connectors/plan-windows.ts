const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// The provider's rules (docs/adr/0015-pull-connector.md has the sources). Live stream: by the time at which a record came in, from 1 minute
// to 12 hours ago, 2 hours at once. History: by the time of the call, from 5 minutes to 30 days ago (older servers: 48 hours), 12 at once.
export const streamDelay = minute;
/** Ten minutes short of what the provider keeps: the request must not come too late. */
export const streamReach = 12 * hour - 10 * minute;
const streamSpan = 2 * hour;
const historyDelay = 5 * minute;
const historySpan = 12 * hour;
export const historyReach = 30 * day - 10 * minute;
export const shortHistoryReach = 48 * hour - 10 * minute;

/** Each window of the stream begins so much before the end of the one before; what comes twice is told by its Report ID. */
export const streamOverlap = 15 * minute;
/** Windows of the history meet at an instant, and both hold it. */
const historyOverlap = minute;
/** After a gap, history is fetched from so much earlier: what came in during the gap may have begun long before. */
export const gapLookback = day;
/** Less is not worth a request. */
const least = 30 * second;

/** How far an organization has been fetched. */
export interface Progress {
  /** Whatever the provider had taken in by then is queued for import. */
  pulledTo: Date | null;
  /** History that is still to be fetched, oldest first; both or none. */
  backFrom: Date | null;
  backTo: Date | null;
}

export interface Window {
  from: Date;
  to: Date;
}

const at = (milliseconds: number): Date => new Date(Math.floor(milliseconds / second) * second);

/**
 * Where to begin. What the stream no longer reaches becomes history to be fetched: `backDays` of it for what is new; after a gap all of the
 * gap, as far back as there is history.
 */
export function withGaps(stored: Progress, now: Date, { backDays }: { backDays: number }): Progress {
  const progress = withinReach(stored, now);
  const oldest = now.getTime() - streamReach;
  const begin = at(oldest + streamOverlap);
  if (progress.pulledTo === null) {
    if (backDays === 0) return { pulledTo: begin, backFrom: null, backTo: null };
    const { from, to } = historyOf(now, { backDays });
    return { pulledTo: begin, backFrom: from, backTo: to };
  }
  if (progress.pulledTo.getTime() - streamOverlap >= oldest) return progress;
  const gapFrom = Math.max(progress.pulledTo.getTime() - gapLookback, now.getTime() - historyReach);
  return {
    pulledTo: begin,
    backFrom: at(Math.min(gapFrom, progress.backFrom?.getTime() ?? gapFrom)),
    backTo: at(oldest),
  };
}

/** What lies before the stream's reach, of so many days (at least 1). */
export function historyOf(now: Date, { backDays }: { backDays: number }): Window {
  const from = Math.max(now.getTime() - backDays * day, now.getTime() - historyReach);
  return { from: at(from), to: at(now.getTime() - streamReach) };
}

/** Nobody gives history that is older than a month: what is left of it is let go. */
function withinReach(progress: Progress, now: Date): Progress {
  const isGone = progress.backTo !== null && progress.backTo.getTime() <= now.getTime() - historyReach;
  return isGone ? { ...progress, backFrom: null, backTo: null } : progress;
}

/** The next piece of the stream; undefined where everything has been fetched. */
export function nextOfStream({ pulledTo }: Progress, now: Date): Window | undefined {
  if (pulledTo === null) return undefined;
  const newest = now.getTime() - streamDelay;
  if (newest - pulledTo.getTime() < least) return undefined;
  const from = pulledTo.getTime() - streamOverlap;
  return { from: at(from), to: at(Math.min(from + streamSpan, newest)) };
}

export const afterStream = (progress: Progress, { to }: Window): Progress => ({ ...progress, pulledTo: to });

/** The next piece of history, oldest first; undefined where none is left. */
export function nextOfHistory({ backFrom, backTo }: Progress, now: Date): Window | undefined {
  if (backFrom === null || backTo === null) return undefined;
  const reach = now.getTime() - historyReach;
  const from = Math.max(backFrom.getTime() - historyOverlap, reach);
  const to = Math.min(from + historySpan, backTo.getTime(), now.getTime() - historyDelay);
  return to > from ? { from: at(from), to: at(to) } : undefined;
}

export function afterHistory(progress: Progress, { to }: Window): Progress {
  const isDone = progress.backTo === null || to.getTime() >= progress.backTo.getTime();
  return { ...progress, backFrom: isDone ? null : to, backTo: isDone ? null : progress.backTo };
}

/** The provider refused what is older than two days: on with what every server has; undefined where that was not the reason. */
export function withShortHistory(progress: Progress, window: Window, now: Date): Progress | undefined {
  const reach = now.getTime() - shortHistoryReach;
  if (window.from.getTime() >= reach || progress.backTo === null) return undefined;
  const from = at(reach + historyOverlap);
  return afterHistory(progress, { from: window.from, to: from });
}
