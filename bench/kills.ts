import { randomInt } from 'node:crypto';
import { mkdir, readdir, readFile, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { getImport, type ImportBatch, listImports, undoImport, uploadImport } from '@hub/contract/imports';
import { callHistoryRecords, demoScenario } from '../server/src/demo-data/index.ts';
import { SeededRandom } from '../server/src/demo-data/seeded-random.ts';
import { csvField } from '../server/src/features/imports/csv-field.ts';
import { runHub } from '../server/src/testing/spawn-hub.ts';
import { freePort } from '../server/src/testing/tcp-postgres.ts';
import { benchmark, runProgram } from './bench-process.ts';
import { region } from './call-records.ts';
import { type HubClient, Refused, signedIn } from './hub-client.ts';
import { type HubProcess, startHub } from './hub-process.ts';

const kills = Number(process.env['KILLS'] ?? 50);
const seed = process.env['KILL_SEED'] ?? String(randomInt(1_000_000));
const recordsOfRound = 2000;
const aliveMilliseconds = 3000; // at most, from its first answer to its kill
const startingMilliseconds = 2500; // every fifth is killed before it answers
const retryMilliseconds = 50;
const patienceMilliseconds = 300_000;

type CallRecord = Record<string, string | number>;

const jsonLines = (records: readonly CallRecord[]): string => records.map((one) => `${JSON.stringify(one)}\n`).join('');
function csv(records: readonly CallRecord[]): string {
  const heads = Object.keys(records[0] ?? {});
  const lines = records.map((one) => heads.map((head) => csvField(String(one[head]))).join(','));
  return `${[heads.join(','), ...lines].join('\r\n')}\r\n`;
}

/** The same calls as a later report has them. */
const later = (records: readonly CallRecord[], hours: number): CallRecord[] =>
  records.map((one) => ({
    ...one,
    Duration: Number(one['Duration']) + hours,
    'Report time': new Date(Date.parse(String(one['Report time'])) + hours * 3_600_000).toISOString(),
  }));

/** A person at the API who asks again until somebody answers. */
class Importer {
  readonly #address: string;
  #client: HubClient | undefined;

  constructor(address: string) {
    this.#address = address;
  }

  async ask<Reply>(question: (client: HubClient) => Promise<Reply>): Promise<Reply> {
    const end = performance.now() + patienceMilliseconds;
    for (;;) {
      try {
        this.#client ??= await signedIn(this.#address);
        return await question(this.#client);
      } catch (error) {
        // It may be gone, or begin or end just now: whether it took what it was asked is not known.
        if ((error instanceof Refused && error.status < 500) || performance.now() > end) throw error;
        await sleep(retryMilliseconds);
      }
    }
  }

  /** `name` is its key as well: nothing is taken twice however often it is asked. */
  bring(name: string, text: string): Promise<ImportBatch> {
    return this.ask((client) =>
      client.upload(uploadImport, { region, fileName: name }, new Blob([text]), `kills/${name.replaceAll(' ', '-')}`),
    );
  }

  async end({ id }: ImportBatch): Promise<ImportBatch> {
    const end = performance.now() + patienceMilliseconds;
    for (;;) {
      const batch = await this.ask((client) => client.call(getImport, { params: { importId: id } }));
      if (batch.state !== 'queued' && batch.state !== 'running') return batch;
      if (performance.now() > end) throw new Error(`B-${batch.number} (${batch.fileName}) is ${batch.state} for ever.`);
      await sleep(retryMilliseconds);
    }
  }
}

/** CSV, JSON lines that overlap it, a later version of both that is undone, and one that stays. */
async function round(importer: Importer, number: number, all: readonly CallRecord[]): Promise<void> {
  const from = number * recordsOfRound;
  const records = all.slice(from, from + recordsOfRound);
  const middle = records.slice(recordsOfRound / 4, (recordsOfRound * 3) / 4);
  const first = await importer.bring(`${number} calls.csv`, csv(records.slice(0, recordsOfRound / 2)));
  const second = await importer.bring(`${number} calls.ndjson`, jsonLines(records.slice(recordsOfRound / 4)));
  for (const batch of [first, second]) await importer.end(batch);
  const mistaken = await importer.bring(`${number} later.ndjson`, jsonLines(later(middle, 1)));
  await importer.end(mistaken);
  await importer.ask((client) => client.call(undoImport, { params: { importId: mistaken.id } }));
  await importer.end(await importer.bring(`${number} last.csv`, csv(later(middle.slice(0, 300), 2))));
}

interface Ledger {
  file: string;
  state: string;
  counts: ImportBatch['counts'];
}

/** All imports in the order of their files. Throws where one has not ended, or its rows do not add up. */
async function ledgerOf(importer: Importer): Promise<Ledger[]> {
  const batches: ImportBatch[] = [];
  let next: number | null | undefined;
  while (next !== null) {
    const after = next;
    const page = await importer.ask((client) => client.call(listImports, { query: { limit: 200, after } }));
    if (page.underway > 0) throw new Error(`${page.underway} imports are still queued.`);
    batches.push(...page.items);
    next = page.next;
  }
  for (const { number, counts, state } of batches) {
    const { read = -1, duplicate = 0, replaced = 0, rejected = 0, held = 0 } = counts ?? {};
    if (read !== (counts?.new ?? 0) + duplicate + replaced + rejected + held)
      throw new Error(`B-${number} is ${state}, and its rows do not add up: ${JSON.stringify(counts)}`);
  }
  return batches
    .map(({ fileName, state, counts }) => ({ file: fileName, state, counts }))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

interface Ended {
  facts: string;
  ledger: Ledger[];
}

/** What is left when the server has gone for good: the ledger as it answered, and the facts as they lie on the disk. */
async function conclude(hub: HubProcess, importer: Importer, dataDir: string): Promise<Ended> {
  const ledger = await ledgerOf(importer);
  const doctor = await runHub(['doctor'], { HUB_DATA_DIR: dataDir });
  if (!doctor.out.includes('Nothing is left over from imports that have ended.'))
    throw new Error(doctor.out + doctor.err);
  await hub.stop();
  const spooled = await readdir(join(dataDir, 'regions', region, 'spool'));
  if (spooled.length > 0) throw new Error(`Files of imports were left behind: ${spooled.join(', ')}`);
  const path = `${dataDir}.facts`;
  await runProgram('killed-store.ts', ['export', dataDir, path], () => undefined);
  return { ledger, facts: await readFile(path, 'utf8') };
}

async function killed(dataDir: string, port: number, all: readonly CallRecord[]): Promise<Ended & { rounds: number }> {
  const random = new SeededRandom(`kills|${seed}`);
  const settings = { HUB_REQUESTS_PER_MINUTE: '1000000', HUB_LOG_LEVEL: 'silent' };
  const importer = new Importer(`http://127.0.0.1:${port}`);
  let isOver = false;
  let rounds = 0;
  const working = (async () => {
    while (!isOver) await round(importer, rounds++, all);
  })();
  working.catch(() => {
    isOver = true;
  });
  for (let number = 1; number <= kills && !isOver; number++) {
    const hub = startHub(dataDir, port, settings);
    const isStarting = number % 5 === 0;
    if (!isStarting) await hub.answers(['/readyz']);
    await sleep(random.unit() * (isStarting ? startingMilliseconds : aliveMilliseconds));
    await hub.kill();
  }
  isOver = true;
  const hub = startHub(dataDir, port, settings);
  try {
    await hub.answers(['/readyz']);
    await working;
    return { rounds, ...(await conclude(hub, importer, dataDir)) };
  } finally {
    await hub.stop();
  }
}

async function undisturbed(dataDir: string, port: number, all: readonly CallRecord[], rounds: number): Promise<Ended> {
  const hub = startHub(dataDir, port, { HUB_REQUESTS_PER_MINUTE: '1000000' });
  try {
    await hub.answers(['/readyz']);
    const importer = new Importer(`http://127.0.0.1:${port}`);
    for (let number = 0; number < rounds; number++) await round(importer, number, all);
    return await conclude(hub, importer, dataDir);
  } finally {
    await hub.stop();
  }
}

function requireSame(one: Ended, other: Ended): void {
  const lines = (ended: Ended): string[] => [
    ...ended.ledger.map((row) => JSON.stringify(row)),
    ...ended.facts.split('\n'),
  ];
  const [found, expected] = [lines(one), lines(other)];
  const at = found.findIndex((line, index) => line !== expected[index]);
  if (at >= 0 || found.length !== expected.length)
    throw new Error(
      `With KILL_SEED=${seed} the imports that were killed left something else (${found.length} and ${expected.length} lines). First:\n${found[at]}\n${expected[at]}`,
    );
}

await benchmark(async ({ folder }, tell) => {
  process.stdout.write(`kills: KILL_SEED=${seed}, ${kills} kills\n`);
  const scenario = demoScenario('busy-reseller', 'kills');
  const all = [...callHistoryRecords(scenario, { region, from: '2025-09-01', to: '2025-10-31' })];
  const folders = ['killed', 'undisturbed'].map((name) => join(folder, name));
  for (const path of folders) {
    await mkdir(path);
    await chmod(path, 0o711); // where root runs this, PostgreSQL runs as another account
    await runProgram('killed-store.ts', ['prepare', join(path, 'data')], () => undefined);
  }
  const [killedDir = '', undisturbedDir = ''] = folders.map((path) => join(path, 'data'));
  const began = performance.now();
  const one = await killed(killedDir, await freePort(), all);
  const minutes = (performance.now() - began) / 60_000;
  if (one.rounds * recordsOfRound > all.length) throw new Error('There were not enough records to import.');
  requireSame(one, await undisturbed(undisturbedDir, await freePort(), all, one.rounds));
  tell({
    what: 'kills at random moments, then the same facts and ledger',
    value: kills,
    unit: 'rows',
    detail: `seed ${seed}, ${minutes.toFixed(1)} minutes`,
  });
  tell({
    what: 'imports that they fell upon',
    value: one.ledger.length,
    unit: 'rows',
    detail: `${one.rounds} rounds of CSV, JSON lines, later versions and an undo`,
  });
  tell({
    what: 'records that count or are held in the end, byte for byte',
    value: one.facts.split('\n').length - 1,
    unit: 'rows',
  });
});
