import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { callHistoryHeader, csvLine, jsonRecord } from './call-history-columns.ts';
import { callHistoryDays, type CallHistoryRange } from './call-history-days.ts';
import type { DemoScenario } from './demo-scenario.ts';

// The report begins with a UTF-8 byte order mark and ends its lines with CR LF.
export const csvHead = `\uFEFF${callHistoryHeader.join(',')}\r\n`;

// Either is 1 to 3 ms of work between two turns of the event loop.
const sliceCharacters = 96_000; // some 100 rows
const sliceOrganizations = 30; // inventing the people of one costs up to 0.1 ms on the first day

/** The CSV report in pieces of about 100 rows, head first. */
function* csvSlices(scenario: DemoScenario, range: CallHistoryRange): Generator<{ text: string; rows: number }> {
  let text = csvHead;
  let rows = 0;
  let organizations = 0;
  for (const { calls } of callHistoryDays(scenario, range)) {
    for (const legs of calls) {
      for (const leg of legs) text += `${csvLine(leg)}\r\n`;
      rows += legs.length;
      if (legs.length === 0) organizations++;
      if (text.length < sliceCharacters && organizations < sliceOrganizations) continue;
      yield { text, rows };
      text = '';
      rows = 0;
      organizations = 0;
    }
  }
  yield { text, rows };
}

/** Writes one region's range as the CSV report, replacing the file. Others get their turn while it is written. */
export async function writeCallHistoryCsv(
  path: string,
  scenario: DemoScenario,
  range: CallHistoryRange,
): Promise<{ rows: number; bytes: number }> {
  const file = await open(path, 'w');
  let rows = 0;
  let bytes = 0;
  let writing = Promise.resolve();
  try {
    for (const slice of csvSlices(scenario, range)) {
      const buffer = Buffer.from(slice.text);
      await nextTurn();
      await writing; // one slice is on its way to the disk while the next is made up
      writing = file.writeFile(buffer); // goes on where the last slice ended
      rows += slice.rows;
      bytes += buffer.length;
    }
    await writing;
  } finally {
    await writing.catch(() => undefined); // a failure is on its way already
    await file.close();
  }
  return { rows, bytes };
}

/** The same legs with the JSON spelling of the API, leg by leg. */
export function* callHistoryRecords(
  scenario: DemoScenario,
  range: CallHistoryRange,
): Generator<Record<string, string | number>> {
  for (const { calls } of callHistoryDays(scenario, range)) {
    for (const legs of calls) for (const leg of legs) yield jsonRecord(leg);
  }
}
