import type { Bucket } from '@hub/contract/metrics';
import { expect, test } from 'vitest';
import { WiderWindows, withinWindow } from './wider-windows.ts';
import { namedAlike, type Window, windowOf } from './window.ts';

const now = new Date('2026-11-20T12:00:00Z');
const windowFor = (from: string, to: string, bucket: Bucket = 'week', zone = 'UTC'): Window =>
  windowOf({ from, to, bucket, zone }, now);
const always = (): boolean => true;

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
  const windows = new WiderWindows();
  windows.note('use', eightWeeks);
  const window = windowFor(from, to, bucket, zone);
  expect(windows.find('use', window, always)).toBe(isInside ? eightWeeks : undefined);
  expect(windows.find('other', window, always)).toBeUndefined();
  expect(windows.find('use', window, () => false)).toBeUndefined();
});

test('a window that begins and ends within a week holds one that is cut off there too, and the shortest is taken', () => {
  const windows = new WiderWindows();
  const cut = windowFor('2026-09-23', '2026-11-12');
  windows.note('use', cut);
  windows.note('use', windowFor('2026-01-04', '2026-11-14'));
  expect(windows.find('use', windowFor('2026-09-23', '2026-10-10'), always)).toBe(cut);
  expect(windows.find('use', windowFor('2026-09-20', '2026-10-10'), always)?.from).toBe('2026-01-04');
  expect(windows.find('use', cut, always)).toBeUndefined();
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
  expect(withinWindow(rows, wider, windowFor('2026-11-01', '2026-11-14'))).toEqual([
    { ...row, org: 'a', parts: { legs: [2, 3], usersByDay: byDay.slice(7) } },
  ]);
  expect(withinWindow(rows, wider, windowFor('2026-10-25', '2026-10-31'))).toHaveLength(2);
});
