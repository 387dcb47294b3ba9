/** Since when a state holds that is recorded as `state` today: one that stays keeps its day. */
export const sinceOf = <State extends string>(
  before: { state: State; since: string } | undefined,
  state: State,
  today: string,
): string => (before?.state === state ? before.since : today);

/** The day on which more was assigned than ordered for the first time without a break; null while it is not. */
export const overSinceOf = (
  before: { overSince: string | null } | undefined,
  { ordered, assigned }: { ordered: number; assigned: number | null },
  today: string,
): string | null => (assigned === null || assigned <= ordered ? null : (before?.overSince ?? today));
