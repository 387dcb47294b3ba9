import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterHistory,
  afterStream,
  historyReach,
  nextOfHistory,
  nextOfStream,
  type Progress,
  streamDelay,
  streamReach,
  type Window,
  withGaps,
  withShortHistory,
} from './plan-windows.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.parse('2026-03-01T00:00:00.000Z');
const nothing: Progress = { pulledTo: null, backFrom: null, backTo: null };
const iso = ({ from, to }: Window): string[] => [from.toISOString(), to.toISOString()];

/** One run: what is asked of the stream and of the history, and where that leads. */
function run(
  progress: Progress,
  now: Date,
  backDays: number,
): { stream: Window[]; history: Window[]; after: Progress } {
  let after = withGaps(progress, now, { backDays });
  const stream: Window[] = [];
  for (let window = nextOfStream(after, now); window; window = nextOfStream(after, now)) {
    stream.push(window);
    after = afterStream(after, window);
  }
  const history: Window[] = [];
  const window = nextOfHistory(after, now);
  if (window) {
    history.push(window);
    after = afterHistory(after, window);
  }
  return { stream, history, after };
}

test('what is new begins with the last hours, and leaves its history for later', () => {
  const now = new Date(start);
  const { stream, history, after } = run(nothing, now, 2);
  expect(stream.map(iso)[0]).toEqual(['2026-02-28T12:10:00.000Z', '2026-02-28T14:10:00.000Z']);
  expect(stream.at(-1)?.to.toISOString()).toBe('2026-02-28T23:59:00.000Z');
  expect(history.map(iso)).toEqual([['2026-02-26T23:59:00.000Z', '2026-02-27T11:59:00.000Z']]);
  expect(after.backTo?.toISOString()).toBe('2026-02-28T12:10:00.000Z');
  expect(run(nothing, now, 0).history).toEqual([]);
});

test('every request keeps to what the provider allows, whenever the runs come', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 45 * 24 * 60 }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 0, max: 30 }),
      (pauses, backDays) => {
        let at = start;
        let progress = nothing;
        for (const pause of pauses) {
          at += pause * minute;
          const now = new Date(at);
          const { stream, history, after } = run(progress, now, backDays);
          for (const { from, to } of stream) {
            expect(to.getTime() - from.getTime()).toBeLessThanOrEqual(2 * hour);
            expect(from.getTime()).toBeGreaterThan(at - 12 * hour);
            expect(to.getTime()).toBeLessThanOrEqual(at - minute);
          }
          for (const { from, to } of history) {
            expect(to.getTime() - from.getTime()).toBeLessThanOrEqual(12 * hour);
            expect(from.getTime()).toBeGreaterThan(at - 30 * day);
            expect(to.getTime()).toBeLessThanOrEqual(at - 5 * minute);
          }
          for (const { from, to } of [...stream, ...history]) expect(from.getTime()).toBeLessThan(to.getTime());
          progress = after;
        }
      },
    ),
    { seed: 15, numRuns: 200 },
  );
});

test('no record is missed: not one that came in late, not one of a gap of days', () => {
  const call = fc.record({
    /** Minutes after the first run. */
    inserted: fc.integer({ min: 0, max: 20 * 24 * 60 }),
    /** It began so much earlier: up to most of a day. */
    before: fc.integer({ min: 0, max: 23 * 60 }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.integer({ min: 5, max: 120 }), fc.integer({ min: 120, max: 5 * 24 * 60 })), {
        minLength: 1,
        maxLength: 40,
      }),
      fc.array(call, { maxLength: 30 }),
      (pauses, calls) => {
        let at = start;
        let { after: progress } = run(nothing, new Date(at), 0);
        const asked: { feed: 'stream' | 'history'; at: number; window: Window }[] = [];
        const ask = (): void => {
          const now = new Date(at);
          const { stream, history, after } = run(progress, now, 0);
          asked.push(...stream.map((window) => ({ feed: 'stream' as const, at, window })));
          asked.push(...history.map((window) => ({ feed: 'history' as const, at, window })));
          progress = after;
        };
        for (const pause of pauses) {
          at += pause * minute;
          ask();
        }
        // History that is left is fetched a minute after a run, again and again.
        for (let left = 0; progress.backFrom !== null && left < 100; left += 1) {
          at += minute;
          ask();
        }
        expect(progress.backFrom).toBeNull();
        for (const { inserted, before } of calls) {
          const insertedAt = start + inserted * minute;
          const beganAt = insertedAt - before * minute;
          if (insertedAt > at - streamDelay - minute) continue; // nobody can have it yet
          const isFetched = asked.some(({ feed, at: askedAt, window: { from, to } }) => {
            const found = feed === 'stream' ? insertedAt : beganAt;
            const isThere = insertedAt <= askedAt - (feed === 'stream' ? 0 : 5 * minute);
            return isThere && found >= from.getTime() && found <= to.getTime();
          });
          expect({ inserted, before, isFetched }).toEqual({ inserted, before, isFetched: true });
        }
      },
    ),
    { seed: 15, numRuns: 300 },
  );
});

test('a server with two days of history is asked for those, and the rest is let go', () => {
  const now = new Date(start);
  const progress = withGaps(nothing, now, { backDays: 30 });
  const window = nextOfHistory(progress, now);
  if (!window) throw new Error('nothing to ask');
  const shorter = withShortHistory(progress, window, now);
  expect(shorter?.backFrom?.toISOString()).toBe('2026-02-27T00:11:00.000Z');
  if (!shorter) throw new Error('not shortened');
  const next = nextOfHistory(shorter, now);
  expect(next?.from.toISOString()).toBe('2026-02-27T00:10:00.000Z');
  // It was refused for something else then.
  expect(next && withShortHistory(shorter, next, now)).toBeUndefined();
});

test('history that nobody has any more is let go, and a clock that moved back asks for nothing', () => {
  const now = new Date(start);
  const old = new Date(start - historyReach - hour);
  const gone = withGaps({ pulledTo: now, backFrom: new Date(start - 40 * day), backTo: old }, now, { backDays: 0 });
  expect(gone).toEqual({ pulledTo: now, backFrom: null, backTo: null });
  const ahead: Progress = { ...nothing, pulledTo: new Date(start + day) };
  expect(run(ahead, now, 0)).toEqual({ stream: [], history: [], after: ahead });
  expect(streamReach).toBeLessThan(12 * hour);
});
