import type { RegionCode } from '@hub/contract/regions';
import { callHistoryHeader, csvLine, type LegRow } from './call-history-columns.ts';
import type { DemoScenario } from './demo-scenario.ts';

/** A row by the heads of its columns; all rows of a report have the same, in the same order. */
export type Row = Record<string, string | number>;

/** Makes a report out of the calls of a range, which come day by day. */
export interface ReportMaker {
  /** What one call makes by itself. */
  ofCall(legs: readonly LegRow[]): Row[];
  /** What is known once the day is over. */
  ofDay(day: string): Row[];
}

/** The same as lines of CSV without their ends, the head before the first row. */
export interface ReportLines {
  ofCall(legs: readonly LegRow[]): string[];
  ofDay(day: string): string[];
}

export type ReportOf = (scenario: DemoScenario, region: RegionCode) => ReportLines;

/** Quoted where it must be. */
export const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const headLine = (row: Row): string => Object.keys(row).map(field).join(',');
export const rowLine = (row: Row): string =>
  Object.values(row)
    .map((value) => (typeof value === 'number' ? String(value) : field(value)))
    .join(',');

/** A report without rows has no head either: nothing is to be brought then. */
export const rowReport =
  (makerOf: (scenario: DemoScenario, region: RegionCode) => ReportMaker): ReportOf =>
  (scenario, region) => {
    const maker = makerOf(scenario, region);
    let hasHead = false;
    const linesOf = (rows: Row[]): string[] => {
      const lines = rows.map(rowLine);
      const [first] = rows;
      if (hasHead || first === undefined) return lines;
      hasHead = true;
      return [headLine(first), ...lines];
    };
    return { ofCall: (legs) => linesOf(maker.ofCall(legs)), ofDay: (day) => linesOf(maker.ofDay(day)) };
  };

// The report begins with a UTF-8 byte order mark and ends its lines with CR LF.
const callHistoryHead = `\uFEFF${callHistoryHeader.join(',')}`;
export const csvHead = `${callHistoryHead}\r\n`;

export const callHistoryReport: ReportOf = () => {
  let head = [callHistoryHead];
  const behindHead = (lines: string[]): string[] => {
    const all = [...head, ...lines];
    head = [];
    return all;
  };
  return { ofCall: (legs) => behindHead(legs.map(csvLine)), ofDay: () => behindHead([]) };
};
