import { v7 } from 'uuid';
import type { Clock } from '../platform/clock.ts';

/** Stands still until it is moved. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void;
  set(instant: string): void;
}

export function testClock(instant: string): TestClock {
  let at = Date.parse(instant);
  let made = 0;
  return {
    now: () => new Date(at),
    today: () => new Date(at).toISOString().slice(0, 10),
    // Ids of one instant keep the order in which they were made.
    id: () => v7({ msecs: at, seq: (made += 1) }),
    advance: (milliseconds) => {
      at += milliseconds;
    },
    set: (next) => {
      at = Date.parse(next);
    },
  };
}
