import { jsonRecord } from './call-history-columns.ts';
import { callHistoryDays, type CallHistoryRange } from './call-history-days.ts';
import type { DemoScenario } from './demo-scenario.ts';
import { callHistoryReport } from './report-lines.ts';
import { type Written, writeReports } from './write-reports.ts';

/** Writes one region's range as the CSV report, replacing the file. Others get their turn while it is written. */
export async function writeCallHistoryCsv(
  path: string,
  scenario: DemoScenario,
  range: CallHistoryRange,
): Promise<Written> {
  const [written] = await writeReports(scenario, range, [{ path, report: callHistoryReport }]);
  if (written === undefined) throw new Error('One report was asked for and none was written');
  return written;
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
