import { createWriteStream } from 'node:fs';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  callHistoryRecords,
  type DemoScenario,
  demoScenario,
  writeCallHistoryCsv,
} from '../server/src/demo-data/index.ts';

export const region = 'us';

/** What the usage question is asked for: 31 days. */
export const firstMonth = { from: '2025-10-01', to: '2025-10-31' };
/** For imports that bring legs that are new. */
export const nextMonth = { from: '2025-11-01', to: '2025-11-30' };

export interface CallRecords {
  path: string;
  rows: number;
  bytes: number;
}

// The generator comes within 5 % of what it is asked for; a million shall be one at least.
const generatorMargin = 1.05;

/** 5,000 customers of three locations each, with about this many legs in 31 days. */
export const benchScenario = (rows: number): DemoScenario =>
  demoScenario('million-legs', 'bench', { millionLegs: { legs: rows * generatorMargin, days: 31, region } });

/** The CSV report of a month, 83 columns, made up at its first use. */
export async function callRecordsCsv(
  folder: string,
  rows: number,
  month: { from: string; to: string },
): Promise<CallRecords> {
  const path = join(folder, `call-records-${month.from}-${rows}.csv`);
  const factsPath = `${path}.json`;
  try {
    return JSON.parse(await readFile(factsPath, 'utf8')) as CallRecords;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const written = await writeCallHistoryCsv(`${path}.new`, benchScenario(rows), { region, ...month });
  await rename(`${path}.new`, path);
  const made = { path, ...written };
  await writeFile(factsPath, JSON.stringify(made));
  return made;
}

/** The first records of a month as the API answers them, one a line. */
export async function callRecordsLines(
  folder: string,
  rows: number,
  records: number,
  month: { from: string; to: string },
): Promise<CallRecords> {
  const path = join(folder, `call-records-${month.from}-${records}.ndjson`);
  let written = 0;
  function* text(): Generator<string> {
    for (const record of callHistoryRecords(benchScenario(rows), { region, ...month })) {
      yield `${JSON.stringify(record)}\n`;
      written++;
      if (written === records) break;
    }
  }
  await pipeline(Readable.from(text()), createWriteStream(path));
  return { path, rows: written, bytes: (await stat(path)).size };
}
