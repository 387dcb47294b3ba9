import { v7 } from 'uuid';

/** Time and ids come from here, through ctx, so that tests and pictures can set them. */
export interface Clock {
  now(): Date;
  /** The UTC date, YYYY-MM-DD. */
  today(): string;
  /** UUIDv7 of now. */
  id(): string;
}

export const systemClock: Clock = clockOf(() => new Date());

/** HUB_NOW: stands still at this instant; ids stay unique. */
export function frozenClock(instant: string): Clock {
  const at = new Date(instant);
  return clockOf(() => new Date(at));
}

function clockOf(now: () => Date): Clock {
  return {
    now,
    today: () => now().toISOString().slice(0, 10),
    id: () => v7({ msecs: now().getTime() }),
  };
}
