import { expect, test } from 'vitest';
import { businessDay } from './business-day.ts';
import { dayNumber } from './instants.ts';
import { countryOf } from './places.ts';

const on = (country: string, day: string, place = 0): ReturnType<typeof businessDay> =>
  businessDay(country, countryOf(country).cities[place]!.zone, dayNumber(day));

test('weekends are those of the country', () => {
  expect(on('DE', '2026-11-18').weight).toBeCloseTo(1, 1);
  expect(on('DE', '2026-11-21').weight).toBeLessThan(0.12); // Saturday
  expect(on('SA', '2026-11-20').weight).toBeLessThan(0.12); // Friday
  expect(on('SA', '2026-11-22').weight).toBeCloseTo(1, 1); // Sunday
  expect(on('AE', '2026-11-20').weight).toBeGreaterThan(0.5); // Friday morning only
  expect(on('AE', '2026-11-20').weight).toBeLessThan(0.8);
});

test('holidays are quiet, also those that move', () => {
  expect(on('BG', '2026-03-03').weight).toBeLessThan(0.2);
  expect(on('US', '2026-11-26').weight).toBeLessThan(0.2); // fourth Thursday of November
  expect(on('FR', '2026-04-06').weight).toBeLessThan(0.2); // Easter Monday
  expect(on('AE', '2026-12-02').weight).toBeLessThan(0.2);
  expect(on('US', '2026-12-02').weight).toBeCloseTo(1, 1);
});

test('the busy hours are those of the zone, and summer time moves them', () => {
  // UTC hour in which half of the day's calls are made.
  const halfPastHour = (day: ReturnType<typeof businessDay>): number =>
    day.cumulative.findIndex((share) => share > 0.5);
  expect(halfPastHour(on('DE', '2026-11-18'))).toBe(10); // between 11 and 12 in Berlin
  expect(halfPastHour(on('US', '2026-11-18', 1))).toBe(16); // the same in Richmond, UTC-5
  expect(on('US', '2026-07-15', 1).offsetMinutes).toBe(-240);
  expect(on('US', '2026-03-08', 1).offsetMinutes).toBe(-240); // second Sunday of March
  expect(on('DE', '2026-10-24').offsetMinutes).toBe(120);
  expect(on('DE', '2026-10-25').offsetMinutes).toBe(60); // last Sunday of October
  expect(on('KR', '2026-07-15').offsetMinutes).toBe(540);
});
