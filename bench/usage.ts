import { join } from 'node:path';
import { exportCallingUsage, getCallingUsage } from '@hub/contract/calling-usage';
import type { Ctx } from '../server/src/features/access/index.ts';
import { inTenant, regionalScope } from '../server/src/features/access/index.ts';
import { getCallingUsage as usageVerb } from '../server/src/features/calling-usage/index.ts';
import { findUsage } from '../server/src/features/calling-usage/usage-queries.ts';
import { callHistoryColumns } from '../server/src/features/imports/call-history-columns.ts';
import { areRollupsBuilt, getImport, readVisibility, spoolFile } from '../server/src/features/imports/index.ts';
import { buildApp } from '../server/src/app.ts';
import type { RegionalStore } from '../server/src/platform/regional-store/index.ts';
import { fillPartner, openBenchHub } from './bench-partner.ts';
import { benchmark, peakMemoryBytes, questionRounds } from './bench-process.ts';
import { benchScenario, type CallRecords, callRecordsCsv, firstMonth, nextMonth, region } from './call-records.ts';
import { type Figure, inWords, medianOf, runsInWords } from './figures.ts';
import { type HubClient, signedIn } from './hub-client.ts';
import { askPostgres } from './usage-postgres.ts';

/** How many times the legs are there in the second part. */
const multiple = 10;
const pageRows = 200;

interface Range {
  from: string;
  to: string;
}

interface Bench {
  ctx: Ctx;
  client: HubClient;
  store: RegionalStore;
}

type Tell = (figure: Figure) => void;

let asked = 0;

/** All legs of the month in a range that none of the last questions named: the hub remembers the last eight answers. */
function freshRange(): Range {
  asked++;
  const from = Date.parse(firstMonth.from) - (asked % 30) * 86_400_000;
  return { from: new Date(from).toISOString().slice(0, 10), to: firstMonth.to };
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function repeated(times: number, work: () => Promise<number>): Promise<number[]> {
  const seconds = [];
  for (let time = 0; time < times; time++) seconds.push(await work());
  return seconds;
}

/** The question's statements as the product asks them, those of all feeds beside each other. The answers are thrown away in the engine. */
async function usageSql({ ctx }: Bench): Promise<() => Promise<void>> {
  const { store, scope } = await regionalScope(ctx, region);
  const visible = await inTenant(ctx, (tx) => readVisibility(tx, region));
  const hasRollups = await areRollupsBuilt(store, ctx.actor.partnerId);
  const statements: (() => Promise<void>)[] = [];
  const listening: RegionalStore = {
    ...store,
    async ask(sql, { parameters = {} } = {}) {
      statements.push(() => store.run(`${sql} FORMAT Null`, { parameters }));
      return [];
    },
  };
  await findUsage({ store: listening, scope, range: firstMonth, visible, policy: 'documented', hasRollups });
  return async () => {
    await Promise.all(statements.map((statement) => statement()));
  };
}

/** Runs one import of a file to its end. */
async function importCsv(
  ctx: Ctx,
  { path }: CallRecords,
  whileRunning: () => Promise<void> = () => pause(100),
): Promise<number> {
  const batch = await spoolFile(ctx, { region, path, source: 'command' });
  const began = performance.now();
  for (;;) {
    const { state, failure } = await getImport(ctx, batch.id);
    if (state === 'committed') return (performance.now() - began) / 1000;
    if (state !== 'queued' && state !== 'running')
      throw new Error(`B-${batch.number} ended ${state}: ${JSON.stringify(failure)}`);
    await whileRunning();
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The stored legs once more for each copy: new Report, Correlation and Call IDs, and 97 s later each time, within the same days. */
async function multiply(store: RegionalStore): Promise<void> {
  const names = ['partner_id', 'batch', 'emptied', ...callHistoryColumns.map(({ name }) => name)];
  for (let copy = 1; copy < multiple; copy++) {
    const shifted: Record<string, string> = {
      start_time: `l.start_time + toIntervalSecond(${97 * copy})`,
      report_id: `reinterpretAsUUID(sipHash128(l.report_id, ${copy}))`,
      correlation_id: `if(l.correlation_id = toUUID('00000000-0000-0000-0000-000000000000'), l.correlation_id, reinterpretAsUUID(sipHash128(l.correlation_id, ${copy})))`,
      call_id: `if(l.call_id IN ('', 'NA', 'na'), l.call_id, concat(l.call_id, '.${copy}'))`,
    };
    await store.run(
      `INSERT INTO @region.copied_leg (${names.join(', ')}) SELECT ${names.map((name) => shifted[name] ?? `l.${name}`).join(', ')} FROM @region.call_leg AS l
       SETTINGS max_partitions_per_insert_block = 0, max_insert_block_size = 65536, min_insert_block_size_rows = 262144, min_insert_block_size_bytes = 134217728`,
    );
  }
  await store.run('ALTER TABLE @region.call_leg ATTACH PARTITION ALL FROM @region.copied_leg');
  await store.run('DROP TABLE @region.copied_leg SYNC');
}

/** Parts of a table that grew over weeks are merged; these shall be too. */
async function mergesEnded(store: RegionalStore): Promise<void> {
  let quietSeconds = 0; // the engine plans a merge some seconds after the one before
  for (let waited = 0; waited < 600 && quietSeconds < 10; waited++) {
    const [running] = await store.ask<{ merges: number }>(
      "SELECT count() AS merges FROM system.merges WHERE table = 'call_leg'",
    );
    quietSeconds = running?.merges === 0 ? quietSeconds + 1 : 0;
    await pause(1000);
  }
}

interface Measured {
  engine: number;
  browser: number;
}

async function measure(bench: Bench, tell: Tell, legs: number, isJudged: boolean): Promise<Measured> {
  const { ctx, client } = bench;
  const size = `${inWords(legs, 'rows')} legs`;
  const budget = (atMost: number) => (isJudged ? { budget: { atMost } } : {});
  const one = await usageSql(bench);
  const first = await secondsOf(one);
  const engine = await repeated(questionRounds, () => secondsOf(one));
  const verb = await repeated(questionRounds, () =>
    secondsOf(() => usageVerb(ctx, { region, ...freshRange(), sort: 'customerName', order: 'asc', limit: pageRows })),
  );
  const page = (range: Range) => client.timed(getCallingUsage, { query: { region, ...range, limit: pageRows } });
  const browser = await repeated(questionRounds, async () => (await page(freshRange())).seconds);
  const range = freshRange();
  const { rows } = await client.call(getCallingUsage, { query: { region, ...range } });
  const again = await repeated(questionRounds, async () => (await page(range)).seconds);
  const csv = await repeated(questionRounds, async () => {
    const { text, seconds } = await client.timed(exportCallingUsage, { query: { region, ...freshRange() } });
    const lines = text.trimEnd().split('\n').length - 1;
    if (lines !== rows) throw new Error(`The export has ${lines} rows, the page says ${rows}.`);
    return seconds;
  });
  const seconds = (what: string, runs: readonly number[], rest: Partial<Figure> = {}): void =>
    tell({ what: `${size}: ${what}`, value: medianOf(runs), unit: 'seconds', detail: runsInWords(runs), ...rest });
  seconds('in the engine, first', [first]);
  seconds('in the engine', engine, budget(0.5));
  seconds('through the verb', verb);
  seconds(`to the browser, first ${pageRows} of ${inWords(rows, 'rows')} rows`, browser, budget(1));
  seconds('to the browser, a question that is remembered', again);
  seconds(`to the browser, all rows as CSV`, csv);
  return { engine: medianOf(engine), browser: medianOf(browser) };
}

/** The same page while a file is imported, compared with the quiet moments just before. */
async function measureDuringImport({ ctx, client }: Bench, tell: Tell, csv: CallRecords, legs: number): Promise<void> {
  const page = async () =>
    (await client.timed(getCallingUsage, { query: { region, ...freshRange(), limit: pageRows } })).seconds;
  const quiet = await repeated(questionRounds, page);
  const busy: number[] = [];
  const took = await importCsv(ctx, csv, async () => {
    busy.push(await page());
    await pause(200);
  });
  const size = `${inWords(legs, 'rows')} legs, while ${inWords(csv.rows, 'rows')} more are imported`;
  const detail = `${busy.length} questions, slowest ${inWords(Math.max(...busy), 'seconds')}; the import took ${inWords(took, 'seconds')}`;
  tell({ what: `${size}: to the browser`, value: medianOf(busy), unit: 'seconds', detail });
  tell({
    what: `${size}: ÷ quiet`,
    value: medianOf(busy) / medianOf(quiet),
    unit: 'ratio',
    budget: { atMost: 2 },
    detail: `quiet ${inWords(medianOf(quiet), 'seconds')}`,
  });
}

async function comparePostgres(
  bench: Bench,
  tell: Tell,
  folder: string,
  legs: number,
  { engine }: Measured,
): Promise<void> {
  const size = `${inWords(legs, 'rows')} legs`;
  const { runs, loadSeconds, rows } = await askPostgres(bench.store, join(folder, `postgres-${legs}`), firstMonth);
  tell({
    what: `${size}: the same question in PostgreSQL`,
    value: medianOf(runs),
    unit: 'seconds',
    detail: `${runsInWords(runs)}; ${rows} rows; loaded in ${inWords(loadSeconds, 'seconds')}`,
  });
  tell({ what: `${size}: PostgreSQL ÷ engine`, value: medianOf(runs) / engine, unit: 'ratio' });
}

await benchmark(async ({ rows, isFull, folder, files }, tell) => {
  const csv = await callRecordsCsv(files, rows, firstMonth);
  const more = await callRecordsCsv(files, rows, nextMonth);
  const hub = await openBenchHub(join(folder, 'data'));
  const ctx = await fillPartner(hub, benchScenario(rows));
  const app = await buildApp(hub.installation);
  try {
    const client = await signedIn(await app.listen({ host: '127.0.0.1', port: 0 }));
    const bench: Bench = { ctx, client, store: (await regionalScope(ctx, region)).store };
    await importCsv(ctx, csv);
    await mergesEnded(bench.store);
    const once = await measure(bench, tell, csv.rows, false);
    await comparePostgres(bench, tell, folder, csv.rows, once);

    await bench.store.run('CREATE TABLE @region.copied_leg AS @region.call_leg');
    await multiply(bench.store);
    await mergesEnded(bench.store);
    const legs = csv.rows * multiple;
    const tenfold = await measure(bench, tell, legs, true);
    await measureDuringImport(bench, tell, more, legs);
    if (isFull) await comparePostgres(bench, tell, folder, legs, tenfold);
    const peak = peakMemoryBytes('self');
    if (peak !== undefined)
      tell({ what: 'peak memory of the server, import and client in one process', value: peak, unit: 'bytes' });
  } finally {
    await app.close();
    await hub.close();
  }
});
process.exit(0);
