import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { callHistoryDays, type CallHistoryRange } from './call-history-days.ts';
import type { DemoScenario } from './demo-scenario.ts';
import type { ReportLines, ReportOf } from './report-lines.ts';

// 1 to 3 ms of work between two turns of the event loop.
const sliceLegs = 100;
const organizationLegs = 3; // inventing the people of one costs up to 0.1 ms on the first day, calls or not

const pieceCharacters = 96_000;

export interface Written {
  rows: number;
  bytes: number;
}

/** A file of which a piece is on its way to the disk while the next one is made up. */
class ReportFile {
  private text = '';
  private lines = 0;
  private bytes = 0;
  private writing: Promise<void> = Promise.resolve();
  private readonly file: FileHandle;

  constructor(file: FileHandle) {
    this.file = file;
  }

  add(lines: readonly string[]): void {
    for (const line of lines) this.text += `${line}\r\n`;
    this.lines += lines.length;
  }

  async flush(atLeast: number): Promise<void> {
    if (this.text.length < atLeast) return;
    const buffer = Buffer.from(this.text);
    this.text = '';
    await this.writing;
    this.writing = this.file.writeFile(buffer); // goes on where the last piece ended
    this.bytes += buffer.length;
  }

  async end(): Promise<Written> {
    await this.flush(1);
    await this.writing;
    return { rows: Math.max(0, this.lines - 1), bytes: this.bytes };
  }

  async close(): Promise<void> {
    await this.writing.catch(() => undefined); // a failure is on its way already
    await this.file.close();
  }
}

/**
 * Writes reports of one region's range in one go through its calls, replacing the files; what each one got, in the order of `targets`.
 * Others get their turn while they are written.
 */
export async function writeReports(
  scenario: DemoScenario,
  range: CallHistoryRange,
  targets: readonly { path: string; report: ReportOf }[],
): Promise<Written[]> {
  const reports: { file: ReportFile; lines: ReportLines }[] = [];
  try {
    for (const { path, report } of targets)
      reports.push({ file: new ReportFile(await open(path, 'w')), lines: report(scenario, range.region) });
    const pause = async (): Promise<void> => {
      await nextTurn();
      for (const { file } of reports) await file.flush(pieceCharacters);
    };
    let legsInSlice = 0;
    for (const { day, calls } of callHistoryDays(scenario, range)) {
      for (const legs of calls) {
        for (const { file, lines } of reports) file.add(lines.ofCall(legs));
        legsInSlice += legs.length === 0 ? organizationLegs : legs.length;
        if (legsInSlice < sliceLegs) continue;
        await pause();
        legsInSlice = 0;
      }
      for (const { file, lines } of reports) file.add(lines.ofDay(day));
    }
    const written: Written[] = [];
    for (const { file } of reports) written.push(await file.end());
    return written;
  } finally {
    for (const { file } of reports) await file.close();
  }
}
