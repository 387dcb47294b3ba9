import { expect, test } from 'vitest';
import { faultOf, presets, rangeOf, shifted } from './range.ts';

const today = '2026-11-24'; // a Tuesday

test('presets count from the day of the server, both days included', () => {
  const range = Object.fromEntries(presets(today).map(({ key, range: { from, to } }) => [key, `${from} ${to}`]));
  expect(range).toEqual({
    'usage.range.last7': '2026-11-18 2026-11-24',
    'usage.range.last31': '2026-10-25 2026-11-24',
    'usage.range.week': '2026-11-15 2026-11-21',
    'usage.range.thisMonth': '2026-11-01 2026-11-24',
    'usage.range.previousMonth': '2026-10-01 2026-10-31',
  });
});

test('on a Saturday the completed week is the one before, on a Sunday the one that ended yesterday', () => {
  const week = (day: string) => presets(day).find(({ key }) => key === 'usage.range.week')?.range.to;
  expect(week('2026-11-21')).toBe('2026-11-14');
  expect(week('2026-11-22')).toBe('2026-11-21');
});

test('92 days pass, 93 do not; a day that does not exist is no date', () => {
  expect(faultOf({ from: '2026-01-01', to: '2026-04-02' })).toBeNull();
  expect(faultOf({ from: '2026-01-01', to: '2026-04-03' })).toBe('tooLong');
  expect(faultOf({ from: '2026-02-30', to: '2026-03-01' })).toBe('invalid');
  expect(faultOf({ from: '2026-03-02', to: '2026-03-01' })).toBe('reversed');
});

test('an impossible range in the address gives the last 31 days', () => {
  expect(rangeOf({ from: 'x', to: '2026-11-02' }, today)).toEqual({ from: '2026-10-25', to: today });
  expect(rangeOf({ from: '2026-11-01', to: '2026-11-02' }, today)).toEqual({ from: '2026-11-01', to: '2026-11-02' });
});

test('moving a range keeps its length', () => {
  expect(shifted({ from: '2026-11-15', to: '2026-11-21' }, -1)).toEqual({ from: '2026-11-08', to: '2026-11-14' });
  expect(shifted({ from: '2026-11-15', to: '2026-11-21' }, 1)).toEqual({ from: '2026-11-22', to: '2026-11-28' });
});
