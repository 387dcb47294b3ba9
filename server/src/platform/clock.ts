import { randomInt } from 'node:crypto';
import { v7 } from 'uuid';

/** Time and ids come from here, through ctx, so that tests and pictures can set them. */
export interface Clock {
  now(): Date;
  /** The UTC date, YYYY-MM-DD. */
  today(): string;
  /** UUIDv7 of now; of one millisecond the later one is the greater. */
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
    id: idsOf(now),
  };
}

function idsOf(now: () => Date): () => string {
  let last = 0;
  let seq = 0;
  return () => {
    const msecs = now().getTime();
    seq = msecs === last ? seq + 1 : randomInt(2 ** 31);
    last = msecs;
    return v7({ msecs, seq });
  };
}
