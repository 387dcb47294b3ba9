import type { Bucket } from '@hub/contract/metrics';
import { expect, test } from 'vitest';
import { AskedBefore, withinWindow } from './asked-before.ts';
import { namedAlike, type Window, windowOf } from './window.ts';

const now = new Date('2026-11-20T12:00:00Z');
const windowFor = (from: string, to: string, bucket: Bucket = 'week', zone = 'UTC'): Window =>
  windowOf({ from, to, bucket, zone }, now);
const always = (): boolean => true;

const wanted = (window: Window, ...parts: string[]) => ({ window, parts, canBeCut: true });
function begun<Asked extends { hasBegun: boolean }>(asked: Asked): Asked {
  asked.hasBegun = true;
  return asked;
}

const eightWeeks = windowFor('2026-09-20', '2026-11-14'); // Sunday to Saturday

test.for([
  ['2026-11-08', '2026-11-14', 'week', 'UTC', true],
  ['2026-10-04', '2026-10-31', 'week', 'UTC', true],
  ['2026-11-09', '2026-11-14', 'week', 'UTC', false], // begins on a Monday
  ['2026-11-08', '2026-11-13', 'week', 'UTC', false], // ends on a Friday
  ['2026-11-08', '2026-11-21', 'week', 'UTC', false], // ends later
  ['2026-11-08', '2026-11-14', 'day', 'UTC', false],
  ['2026-11-08', '2026-11-14', 'week', 'Europe/Sofia', false],
] as const)('from %s to %s by %s in %s lies in eight weeks of UTC: %s', ([from, to, bucket, zone, isInside]) => {
  const before = new AskedBefore();
  const eight = begun(before.join('use', wanted(eightWeeks), always));
  const asked = (question: string, isKnown: () => boolean) =>
    before.join(question, wanted(windowFor(from, to, bucket, zone)), isKnown);
  expect(asked('other', always)).not.toBe(eight);
  expect(asked('use', always) === eight).toBe(isInside);
  expect(asked('use', () => false)).not.toBe(eight);
});

test('a window that begins and ends within a week holds one that is cut off there too, and the shortest is taken', () => {
  const before = new AskedBefore();
  const cut = begun(before.join('use', wanted(windowFor('2026-09-23', '2026-11-12')), always));
  const year = begun(before.join('use', wanted(windowFor('2026-01-04', '2026-11-14')), always));
  expect(before.join('use', wanted(windowFor('2026-09-23', '2026-10-10')), always)).toBe(cut);
  expect(before.join('use', wanted(windowFor('2026-09-20', '2026-10-10')), always)).toBe(year);
  expect(before.join('use', wanted(windowFor('2026-09-23', '2026-11-12')), always)).toBe(cut);
});

test('what may not be cut is told by its own window only', () => {
  const before = new AskedBefore();
  const eight = begun(before.join('use', wanted(eightWeeks), always));
  const week = { ...wanted(windowFor('2026-11-08', '2026-11-14')), canBeCut: false };
  expect(before.join('use', week, always)).not.toBe(eight);
  expect(before.join('use', { ...wanted(eightWeeks), canBeCut: false }, always)).toBe(eight);
});

test('what waits becomes longer, and counts more parts; what has begun does not', () => {
  const before = new AskedBefore();
  const waiting = before.join('use', wanted(windowFor('2026-11-08', '2026-11-14'), 'poor'), always);
  expect(before.join('use', wanted(eightWeeks, 'loss'), always)).toBe(waiting);
  expect([waiting.window, [...waiting.parts]]).toEqual([eightWeeks, ['poor', 'loss']]);
  expect(before.join('use', wanted(eightWeeks, 'loss', 'jitter'), always)).toBe(waiting);
  begun(waiting);
  expect(before.join('use', wanted(eightWeeks, 'jitter'), always)).toBe(waiting);
  const more = before.join('use', wanted(eightWeeks, 'latency'), always);
  expect([more.key === waiting.key, [...more.parts]]).toEqual([false, ['latency']]);
  expect(before.join('use', wanted(windowFor('2026-11-15', '2026-11-21'), 'poor'), always)).not.toBe(more);
});

test('the whole of a week has the name of that week, and no other range has', () => {
  expect(namedAlike(windowFor('2026-11-08', '2026-11-14', 'whole')).bucket).toBe('week');
  expect(namedAlike(windowFor('2026-11-09', '2026-11-15', 'whole')).bucket).toBe('whole');
  expect(namedAlike(windowFor('2026-11-08', '2026-11-21', 'whole')).bucket).toBe('whole');
});

test('of the longer answer the buckets and the days are cut out; who has nothing in them has no row', () => {
  const wider = windowFor('2026-10-25', '2026-11-14');
  const row = { key: '', name: '', location: '' };
  const byDay = Array.from({ length: 21 }, (_, day) => day);
  const rows = [
    { ...row, org: 'a', parts: { legs: [1, 2, 3], usersByDay: byDay } },
    { ...row, org: 'b', parts: { legs: [1, 0, 0] } },
  ];
  expect(withinWindow(rows, { wider, window: windowFor('2026-11-01', '2026-11-14') })).toEqual([
    { ...row, org: 'a', parts: { legs: [2, 3], usersByDay: byDay.slice(7) } },
  ]);
  expect(withinWindow(rows, { wider, window: windowFor('2026-10-25', '2026-10-31') })).toHaveLength(2);
});

test('of what others asked for too, only the own parts are told, and a row that has none of them is left out', () => {
  const row = { key: '', name: '', location: '' };
  const rows = [
    { ...row, org: 'a', parts: { parked: [1, 0], barged: [0, 5] } },
    { ...row, org: 'b', parts: { parked: [0, 0], barged: [7, 0] } },
  ];
  const window = windowFor('2026-11-01', '2026-11-14');
  expect(withinWindow(rows, { wider: window, window, parts: ['parked'] })).toEqual([
    { ...row, org: 'a', parts: { parked: [1, 0] } },
  ]);
  const both = ['parked', 'barged'];
  expect(withinWindow(rows, { wider: window, window, parts: both, deciding: ['parked'] })).toHaveLength(1);
  expect(withinWindow(rows, { wider: window, window, parts: both })).toHaveLength(2);
});
