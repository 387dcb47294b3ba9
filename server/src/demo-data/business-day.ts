import { dayMilliseconds, dayNumber } from './instants.ts';
import { countryOf, type Zone } from './places.ts';

/** How the calls of one UTC day spread over its 24 hours in one country and zone. */
export interface BusinessDay {
  /** 1 on an ordinary working day, about 0.08 on a weekend. */
  weight: number;
  /** Share of the day's calls that start before the end of each UTC hour; the last is 1. */
  cumulative: readonly number[];
  /** "Site timezone" of that day: minutes from UTC, summer time included. */
  offsetMinutes: number;
}

// Local hours 0 to 23 of a working day, in thousandths of its calls: a morning peak, a lunch dip, quiet nights.
const workingHours = [2, 1, 1, 1, 2, 4, 10, 30, 80, 130, 132, 118, 72, 90, 118, 100, 66, 26, 8, 4, 2, 1, 1, 1];
export const weekendShare = 0.08;
const holidayShare = 0.1;
const fridayAfternoonShare = 0.3; // the Emirates work Friday mornings since 2022

const weekdayOf = (day: number): number => (((day + 4) % 7) + 7) % 7; // 1970-01-01 was a Thursday
const pad = (n: number): string => String(n).padStart(2, '0');

/** Day number of the nth given weekday of a month; nth = -1 is the last. */
function nthWeekday(year: number, month: number, weekday: number, nth: number): number {
  if (nth > 0) {
    const first = dayNumber(`${year}-${pad(month)}-01`);
    return first + ((weekday - weekdayOf(first) + 7) % 7) + 7 * (nth - 1);
  }
  const last = dayNumber(month === 12 ? `${year + 1}-01-01` : `${year}-${pad(month + 1)}-01`) - 1;
  return last - ((weekdayOf(last) - weekday + 7) % 7);
}

/** Gregorian computus (Meeus, Jones, Butcher). */
function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const monthAndDay = h + l - 7 * m + 114;
  return dayNumber(`${year}-${pad(Math.floor(monthAndDay / 31))}-${pad((monthAndDay % 31) + 1)}`);
}

const fixedHolidays: Record<string, string> = {
  US: '01-01 06-19 07-04 11-11 12-25',
  CA: '01-01 07-01 09-30 12-25 12-26',
  MX: '01-01 05-01 09-16 12-25',
  AU: '01-01 01-26 04-25 12-25 12-26',
  KR: '01-01 03-01 06-06 08-15 10-03 10-09 12-25',
  GB: '01-01 12-25 12-26',
  IE: '01-01 03-17 12-25 12-26',
  DE: '01-01 05-01 10-03 12-24 12-25 12-26 12-31',
  FR: '01-01 05-01 05-08 07-14 08-15 11-01 11-11 12-25',
  NL: '01-01 04-27 12-25 12-26',
  SE: '01-01 01-06 05-01 06-06 12-24 12-25 12-26 12-31',
  ES: '01-01 01-06 05-01 08-15 10-12 11-01 12-06 12-08 12-25',
  BG: '01-01 03-03 05-01 05-06 05-24 09-06 09-22 12-24 12-25 12-26',
  AE: '01-01 12-02 12-03',
  SA: '02-22 09-23',
  QA: '12-18',
  KW: '02-25 02-26',
};
const easterMondayOff = 'AU GB IE DE FR NL SE CA';

function movableHolidays(country: string, year: number): number[] {
  const days = easterMondayOff.includes(country) ? [easterSunday(year) + 1] : [];
  if (country === 'US') {
    days.push(nthWeekday(year, 5, 1, -1), nthWeekday(year, 9, 1, 1));
    const thanksgiving = nthWeekday(year, 11, 4, 4);
    days.push(thanksgiving, thanksgiving + 1);
  }
  if (country === 'CA') days.push(nthWeekday(year, 9, 1, 1), nthWeekday(year, 10, 1, 2));
  if (country === 'GB') days.push(nthWeekday(year, 5, 1, 1), nthWeekday(year, 8, 1, -1));
  return days;
}

function isHoliday(country: string, day: number): boolean {
  const date = new Date(day * dayMilliseconds).toISOString();
  if (fixedHolidays[country]?.includes(date.slice(5, 10))) return true;
  return movableHolidays(country, Number(date.slice(0, 4))).includes(day);
}

/** Changes at midnight UTC of the change-over Sunday: a demo does not need the hour. */
function offsetOn(zone: Zone, day: number): number {
  if (zone.summer === 'none') return zone.standardMinutes;
  const year = Number(new Date(day * dayMilliseconds).toISOString().slice(0, 4));
  const isSummer =
    zone.summer === 'us'
      ? day >= nthWeekday(year, 3, 0, 2) && day < nthWeekday(year, 11, 0, 1)
      : day >= nthWeekday(year, 3, 0, -1) && day < nthWeekday(year, 10, 0, -1);
  return zone.standardMinutes + (isSummer ? 60 : 0);
}

function shareOf(country: string, localDay: number, localHour: number): number {
  if (isHoliday(country, localDay)) return holidayShare;
  const weekday = weekdayOf(localDay);
  if (countryOf(country).weekend.includes(weekday)) return weekendShare;
  return country === 'AE' && weekday === 5 && localHour >= 12 ? fridayAfternoonShare : 1;
}

/** Pure: depends on its arguments only. */
export function businessDay(country: string, zone: Zone, day: number): BusinessDay {
  const offsetMinutes = offsetOn(zone, day);
  const cumulative: number[] = [];
  let sum = 0;
  for (let hour = 0; hour < 24; hour++) {
    const local = hour + Math.floor(offsetMinutes / 60);
    const localDay = day + Math.floor(local / 24);
    const localHour = ((local % 24) + 24) % 24;
    sum += (workingHours[localHour] ?? 0) * shareOf(country, localDay, localHour);
    cumulative.push(sum);
  }
  return { weight: sum / 1000, cumulative: cumulative.map((part) => part / sum), offsetMinutes };
}
