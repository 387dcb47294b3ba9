import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { startHub } from '../server/src/testing/spawn-hub.ts';
import type { BareLoad } from './bare-load.ts';
import { benchmark, importRounds, type Job, peakMemoryBytes, runProgram } from './bench-process.ts';
import { type CallRecords, callRecordsCsv, callRecordsLines, firstMonth, nextMonth, region } from './call-records.ts';
import { type Figure, medianOf, runsInWords } from './figures.ts';
import { type HubClient, signedIn } from './hub-client.ts';
import { importFile, type Imported, requireCounts, stagesInWords } from './import-file.ts';

const linesAtMost = 500_000;
const people = 8;
const looksQuiet = 5; // of each
const pauseMilliseconds = 1000;
let pages = 0;

interface Round {
  bare: BareLoad;
  bareJson: BareLoad;
  first: Imported;
  again: Imported;
  json: Imported;
  /** What each of the people waited for each of their pages. */
  looks: { quiet: number[]; importing: number[] };
  peakBytes: number | undefined;
}

await benchmark(async (job, tell) => {
  const csv = await callRecordsCsv(job.files, job.rows, firstMonth);
  const json = await callRecordsLines(job.files, job.rows, Math.min(linesAtMost, job.rows), nextMonth);
  const rounds: Round[] = [];
  for (let number = 1; number <= importRounds; number++) rounds.push(await round(job, number, csv, json));
  for (const figure of figuresOf(rounds, csv, json)) tell(figure);
});

/** The two take turns in going first, so that neither profits from what the other left in the caches. */
async function round(job: Job, number: number, csv: CallRecords, json: CallRecords): Promise<Round> {
  const folder = join(job.folder, `round-${number}`);
  await mkdir(folder);
  await chmod(folder, 0o711); // where root runs this, PostgreSQL runs as another account
  const bareLoads = async () => ({ bare: await bareLoad(csv, folder), bareJson: await bareLoad(json, folder) });
  const before = number % 2 === 1 ? await bareLoads() : undefined;
  const product = await productRound(job, folder, csv, json);
  const bare = before ?? (await bareLoads());
  await rm(folder, { recursive: true, force: true });
  return { ...bare, ...product };
}

async function bareLoad(file: CallRecords, folder: string): Promise<BareLoad> {
  let loaded: BareLoad | undefined;
  const store = join(folder, 'bare');
  await runProgram<BareLoad>('bare-load.ts', [file.path, store], (message) => {
    loaded = message;
  });
  await rm(store, { recursive: true, force: true });
  if (loaded?.rows !== file.rows) throw new Error(`The bare load stored ${loaded?.rows} of ${file.rows} rows.`);
  return loaded;
}

async function productRound(
  job: Job,
  folder: string,
  csv: CallRecords,
  json: CallRecords,
): Promise<Omit<Round, 'bare' | 'bareJson'>> {
  const dataDir = join(folder, 'data');
  await runProgram('prepare-hub.ts', [dataDir, String(job.rows)], () => undefined);
  const hub = await startHub({ HUB_DATA_DIR: dataDir });
  process.once('exit', () => hub.signal('SIGKILL'));
  try {
    const client = await signedIn(hub.address);
    const first = await importFile(client, csv, firstMonth);
    requireCounts(first, { new: csv.rows, duplicate: 0 });
    const again = await importFile(client, csv, firstMonth);
    requireCounts(again, { new: 0, duplicate: csv.rows });
    const records = await importFile(client, json, nextMonth);
    requireCounts(records, { new: json.rows, duplicate: 0 });
    const looks = await lookWhileImporting(client, csv);
    return { first, again, json: records, looks, peakBytes: peakMemoryBytes(hub.pid) };
  } finally {
    hub.signal('SIGTERM');
    await hub.ended;
  }
}

/** The file once more beside people who look at dashboards; no row of it is new, so that they see the same before and after. */
async function lookWhileImporting(client: HubClient, csv: CallRecords): Promise<Round['looks']> {
  let left = people * looksQuiet;
  const quiet = await lookAtDashboards(client, () => left-- > 0);
  let isOver = false;
  const looking = lookAtDashboards(client, () => !isOver);
  requireCounts(await importFile(client, csv, firstMonth), { new: 0, duplicate: csv.rows });
  isOver = true;
  return { quiet, importing: await looking };
}

/** Every page is of other days, so that its answer is worked out and not remembered. */
async function lookAtDashboards(client: HubClient, goesOn: () => boolean): Promise<number[]> {
  const seconds: number[] = [];
  const day = (number: number): string => `2025-10-${String(number).padStart(2, '0')}`;
  await Promise.all(
    Array.from({ length: people }, async (_, person) => {
      await sleep((person / people) * pauseMilliseconds);
      while (goesOn()) {
        pages++;
        const range = { from: day(1 + (pages % 15)), to: day(16 + (Math.floor(pages / 15) % 16)) };
        seconds.push((await client.timed(getCallingUsage, { query: { region, ...range, limit: 200 } })).seconds);
        await sleep(pauseMilliseconds);
      }
    }),
  );
  return seconds;
}

function figuresOf(rounds: readonly Round[], csv: CallRecords, json: CallRecords): Figure[] {
  const product = rounds.map((round) => round.first.seconds);
  const bare = rounds.map((round) => round.bare.seconds);
  const again = rounds.map((round) => round.again.seconds);
  const [first] = rounds;
  const lines = rounds.map((round) => round.json.seconds);
  const bareLines = rounds.map((round) => round.bareJson.seconds);
  if (!first) throw new Error('Nothing was measured.');
  const peaks = rounds.flatMap((round) => round.peakBytes ?? []);
  const barePeaks = rounds.flatMap((round) => round.bare.peakBytes ?? []);
  const looks = (when: keyof Round['looks']): number[] => rounds.map((round) => medianOf(round.looks[when]));
  const pagesSeen = rounds.reduce((sum, round) => sum + round.looks.importing.length, 0);
  const slower = rounds.map((round) => medianOf(round.looks.importing) / medianOf(round.looks.quiet));
  const best = Math.min(...bare) / Math.min(...product);
  return [
    { what: 'file', value: csv.rows, unit: 'rows', detail: `83 columns, ${(csv.bytes / 1e6).toFixed(0)} MB` },
    {
      what: 'import, from the last byte on disk to the first answer',
      value: medianOf(product),
      unit: 'seconds',
      detail: `${runsInWords(product)}; ${stagesInWords(first.first)}`,
    },
    { what: 'import, rate', value: csv.rows / medianOf(product), unit: 'rows per second' },
    { what: 'bare load by the engine', value: medianOf(bare), unit: 'seconds', detail: runsInWords(bare) },
    { what: 'bare load, rate', value: csv.rows / medianOf(bare), unit: 'rows per second' },
    {
      what: 'rate of the import ÷ rate of the bare load',
      value: medianOf(bare) / medianOf(product),
      unit: 'ratio',
      budget: { atLeast: 0.7 },
      detail: `medians; best runs ${best.toFixed(2)}`,
    },
    {
      what: 'the same file again, nothing added',
      value: medianOf(again),
      unit: 'seconds',
      detail: `${runsInWords(again)}; ${stagesInWords(first.again)}`,
    },
    { what: 'the same file again, rate', value: csv.rows / medianOf(again), unit: 'rows per second' },
    {
      what: `JSON lines, ${json.rows.toLocaleString('en-US')} records`,
      value: medianOf(lines),
      unit: 'seconds',
      detail: `${(json.bytes / 1e6).toFixed(0)} MB; ${runsInWords(lines)}; ${stagesInWords(first.json)}`,
    },
    {
      what: 'JSON lines, rate',
      value: json.rows / medianOf(lines),
      unit: 'rows per second',
      budget: { atLeast: 50_000 },
    },
    {
      what: 'JSON lines, bare load by the engine',
      value: medianOf(bareLines),
      unit: 'seconds',
      detail: runsInWords(bareLines),
    },
    {
      what: 'JSON lines, rate of the import ÷ rate of the bare load',
      value: medianOf(bareLines) / medianOf(lines),
      unit: 'ratio',
    },
    {
      what: `${people} people at dashboards while the file is imported: median of a page`,
      value: medianOf(looks('importing')),
      unit: 'seconds',
      detail: `${runsInWords(looks('importing'))}; ${pagesSeen} pages; quiet ${runsInWords(looks('quiet'))}`,
    },
    {
      what: `${people} people at dashboards while the file is imported: ÷ quiet`,
      value: medianOf(slower),
      unit: 'ratio',
      budget: { atMost: 2 },
      detail: slower.map((ratio) => ratio.toFixed(2)).join(' / '),
    },
    ...(peaks.length === 0
      ? []
      : [
          {
            what: 'peak memory of the server (VmHWM) over these imports',
            value: Math.max(...peaks),
            unit: 'bytes' as const,
            budget: { atMost: 2.5e9 },
            detail: `bare load ${(Math.max(...barePeaks) / 1e9).toFixed(2)} GB`,
          },
        ]),
  ];
}
