import type { RegionCode } from '@hub/contract/regions';

const dayMilliseconds = 86_400_000;

/** Whole UTC days, both ends included. */
export interface DayRange {
  from: string;
  to: string;
}

export interface DemoFile extends DayRange {
  region: RegionCode;
}

/** How far back the demo reaches on the day it is made. */
export const demoDays = 63;
// The first file of a region brings the weeks that the page opens with; the others are larger, since nobody waits for them.
const firstFileDays = 14;
const laterFileDays = 25;

const dayNumber = (day: string): number => Date.parse(`${day}T00:00:00.000Z`) / dayMilliseconds;
const dayText = (day: number): string => new Date(day * dayMilliseconds).toISOString().slice(0, 10);

export const addDays = (day: string, days: number): string => dayText(dayNumber(day) + days);

/** Call records are the demo's first kind of file; its names tell the others. */
export type DemoKind = 'calls' | 'licenses';

/** The import rows are the memory of what was generated, by this name. */
export const demoFileName = ({ region, from, to }: DemoFile, kind: DemoKind = 'calls'): string =>
  `demo-${kind === 'calls' ? '' : `${kind}-`}${region}-${from}-to-${to}.csv`;

const days = String.raw`(\d{4}-\d{2}-\d{2})-to-(\d{4}-\d{2}-\d{2})\.csv$`;
const patterns: Record<DemoKind, RegExp> = {
  calls: new RegExp(`^demo-([a-z]+)-${days}`),
  licenses: new RegExp(`^demo-licenses-([a-z]+)-${days}`),
};

/** undefined: not a file of the demo, or of another kind. */
export function parseDemoFileName(
  fileName: string,
  kind: DemoKind = 'calls',
): { region: string; from: string; to: string } | undefined {
  const [, region, from, to] = patterns[kind].exec(fileName) ?? [];
  return region === undefined || from === undefined || to === undefined ? undefined : { region, from, to };
}

const madeOf = (fileNames: readonly string[], kind: DemoKind) =>
  fileNames.map((name) => parseDemoFileName(name, kind)).filter((file) => file !== undefined);

/** The files that are still to be generated for the days of `wanted`, the latest days of every region first. */
export function missingDemoFiles(
  wanted: DayRange,
  regions: readonly RegionCode[],
  fileNames: readonly string[],
): DemoFile[] {
  const made = madeOf(fileNames, 'calls');
  const perRegion = regions.map((region) => {
    const covered = made.filter((file) => file.region === region);
    return missingRanges(wanted, covered).map((range) => ({ region, ...range }));
  });
  const rounds = Math.max(0, ...perRegion.map((files) => files.length));
  return Array.from({ length: rounds }, (_, round) => perRegion.flatMap((files) => files[round] ?? [])).flat();
}

/** The license snapshots that are still to be generated: of each region all days behind the last one that was. They are small. */
export function missingLicenseFiles(
  wanted: DayRange,
  regions: readonly RegionCode[],
  fileNames: readonly string[],
): DemoFile[] {
  const made = madeOf(fileNames, 'licenses');
  return regions.flatMap((region) => {
    const ends = made.filter((file) => file.region === region).map(({ to }) => to);
    const last = ends.toSorted().at(-1);
    const from = last === undefined || last < wanted.from ? wanted.from : addDays(last, 1);
    return from > wanted.to ? [] : [{ region, from, to: wanted.to }];
  });
}

/** Latest first, cut into pieces of the size of a file. */
function missingRanges(wanted: DayRange, covered: readonly DayRange[]): DayRange[] {
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
    if (piece.to - piece.from + 1 === longest) close();
  }
  close();
  return ranges;
}
