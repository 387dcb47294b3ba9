import type { RegionCode } from '@hub/contract/regions';
import type { DemoReport } from '../../demo-data/index.ts';

const dayMilliseconds = 86_400_000;

/** Whole UTC days, both ends included. */
export interface DayRange {
  from: string;
  to: string;
}

export interface DemoFile extends DayRange {
  region: RegionCode;
  report: DemoReport;
}

/** Complete weeks, from Sunday, that the demo has on the day it is made: eight before the one of the outage (troubles.ts), and two behind it. */
const demoWeeks = 11;

// The first file of a region brings the weeks that the page opens with; the others are larger, since nobody waits for them.
const firstFileDays = 14;
const laterFileDays = 70;

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00.000Z`) / dayMilliseconds;
const dayText = (day: number): string => new Date(day * dayMilliseconds).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => dayText(dayNumber(day) + days);

/** The first day of a demo that was made on this one. */
export function firstDemoDay(madeOn: string): string {
  const day = dayNumber(madeOn);
  const weekday = (day + 4) % 7; // 1970-01-01 was a Thursday; weeks begin on Sunday
  return dayText(day - weekday - 7 * demoWeeks);
}

/** The import rows are the memory of what was generated, by this name. */
export const demoFileName = ({ report, region, from, to }: DemoFile): string =>
  `${report.name}-${region}-${from}-to-${to}.csv`;

/** undefined: not a file of the demo. */
export function parseDemoFileName(
  fileName: string,
): { name: string; region: string; from: string; to: string } | undefined {
  const found = /^([a-z-]+)-([a-z]+)-(\d{4}-\d{2}-\d{2})-to-(\d{4}-\d{2}-\d{2})\.csv$/.exec(fileName);
  const [, name, region, from, to] = found ?? [];
  return name === undefined || region === undefined || from === undefined || to === undefined
    ? undefined
    : { name, region, from, to };
}

/** The files of one region and range, which one go through its calls makes together. */
export interface DemoPass extends DayRange {
  region: RegionCode;
  reports: DemoReport[];
}

/**
 * The files that are still to be generated for a demo made on `madeOn`, up to the day `to`: the latest days of every region first, and
 * of these the reports in their order. Of what comes for one day alone that is the day before the demo was made.
 */
export function missingDemoFiles(
  { madeOn, to }: { madeOn: string; to: string },
  reports: readonly DemoReport[],
  regions: readonly RegionCode[],
  fileNames: readonly string[],
): DemoPass[] {
  const made = fileNames.map(parseDemoFileName).filter((file) => file !== undefined);
  const files = reports.flatMap((report, order) =>
    regions.flatMap((region) => {
      const covered = made.filter((file) => file.region === region && file.name === report.name);
      return missingRanges(wantedDays(report, { madeOn, to }), covered, report.pieces).map((range, round) => ({
        ...range,
        region,
        report,
        round,
        order,
      }));
    }),
  );
  files.sort((a, b) => a.round - b.round || a.order - b.order);
  const passes = Map.groupBy(files, ({ region, from, to: last }) => `${region} ${from} ${last}`);
  return [...passes.values()].flatMap((together) => {
    const [first] = together;
    return first === undefined
      ? []
      : [{ region: first.region, from: first.from, to: first.to, reports: together.map(({ report }) => report) }];
  });
}

function wantedDays({ pieces }: DemoReport, { madeOn, to }: { madeOn: string; to: string }): DayRange {
  const before = addDays(madeOn, -1);
  return pieces === 'day' ? { from: before, to: before } : { from: firstDemoDay(madeOn), to };
}

/** Latest first, cut into pieces of the size of a file. */
function missingRanges(wanted: DayRange, covered: readonly DayRange[], pieces: DemoReport['pieces']): DayRange[] {
  const ranges: DayRange[] = [];
  let piece: { from: number; to: number } | undefined;
  const close = (): void => {
    if (piece) ranges.push({ from: dayText(piece.from), to: dayText(piece.to) });
    piece = undefined;
  };
  for (let day = dayNumber(wanted.to); day >= dayNumber(wanted.from); day--) {
    const text = dayText(day);
    if (covered.some(({ from, to }) => from <= text && text <= to)) {
      close();
      continue;
    }
    piece = { from: day, to: piece?.to ?? day };
    const longest = ranges.length === 0 ? firstFileDays : laterFileDays;
    if (pieces === 'weeks' && piece.to - piece.from + 1 === longest) close();
  }
  close();
  return ranges;
}
