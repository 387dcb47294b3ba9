import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exportCallingUsage, getCallingUsage, listCallLegs } from '@hub/contract/calling-usage';
import { listCustomers } from '@hub/contract/customers';
import type { Endpoint } from '@hub/contract/endpoint';
import { listHeldOrganizations, listImports, uploadImport } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { benchmark, memoryBytes, runProgram } from './bench-process.ts';
import { callRecordsCsv, firstMonth, region } from './call-records.ts';
import { inWords, medianOf } from './figures.ts';
import { type HubClient, signedIn } from './hub-client.ts';
import { freePort } from '../server/src/testing/tcp-postgres.ts';
import { startHub } from './hub-process.ts';

const callers = 20;
const minutes = 5;
const sampleMilliseconds = 2000;

interface Question {
  endpoint: Endpoint;
  query: () => Record<string, string | number>;
}

let asked = 0;
/** Ranges change, so that answers are worked out and not remembered. */
const range = () => {
  asked++;
  return { region, from: firstMonth.from, to: `2025-10-${String(1 + (asked % 31)).padStart(2, '0')}` };
};

const questions: readonly Question[] = [
  { endpoint: getSession, query: () => ({}) },
  { endpoint: listCustomers, query: () => ({ limit: 50, filter: String.fromCharCode(97 + (asked++ % 26)) }) },
  { endpoint: getCallingUsage, query: () => ({ ...range(), limit: 200 }) },
  { endpoint: listCallLegs, query: () => ({ ...range(), limit: 100 }) },
  { endpoint: exportCallingUsage, query: range },
  { endpoint: listImports, query: () => ({ limit: 50 }) },
  { endpoint: listHeldOrganizations, query: () => ({ region }) },
];

/** One person after another question, until the time is over. A refusal ends the run. */
async function ask(client: HubClient, until: number, at: number): Promise<number> {
  let answers = 0;
  while (performance.now() < until) {
    const question = questions[(at + answers) % questions.length];
    if (question === undefined) break;
    await client.timed(question.endpoint, { query: question.query() });
    answers++;
  }
  return answers;
}

await benchmark(async ({ rows, folder, files }, tell) => {
  const dataDir = join(folder, 'data');
  const csv = await callRecordsCsv(files, rows, firstMonth);
  await runProgram('prepare-hub.ts', [dataDir, String(rows)], () => undefined);
  const port = await freePort();
  const hub = startHub(dataDir, port, { HUB_REQUESTS_PER_MINUTE: '1000000' });
  try {
    await hub.answers(['/readyz']);
    const client = await signedIn(`http://127.0.0.1:${port}`);
    const { pid } = hub.child;
    if (pid === undefined) throw new Error('Partner Hub has no process.');
    await client.upload(uploadImport, { region, fileName: 'soak.csv' }, new Blob([await readFile(csv.path)]));
    const began = performance.now();
    const until = began + minutes * 60_000;
    const working = Promise.all(Array.from({ length: callers }, (_, at) => ask(client, until, at)));
    const samples: { minute: number; bytes: number }[] = [];
    while (performance.now() < until) {
      const bytes = memoryBytes(pid);
      if (bytes !== undefined) samples.push({ minute: Math.floor((performance.now() - began) / 60_000), bytes });
      await sleep(sampleMilliseconds);
    }
    const answers = (await working).reduce((sum, count) => sum + count, 0);
    const ofMinute = (minute: number): number =>
      medianOf(samples.filter((sample) => sample.minute === minute).map(({ bytes }) => bytes));
    const byMinute = Array.from({ length: minutes }, (_, minute) => inWords(ofMinute(minute), 'bytes')).join(' / ');
    tell({ what: `answers to ${callers} callers in ${minutes} minutes, none refused`, value: answers, unit: 'rows' });
    tell({ what: 'memory, median of a minute', value: ofMinute(minutes - 1), unit: 'bytes', detail: byMinute });
    // The first minute fills caches and the heap; from the second on it must stay where it is.
    tell({
      what: 'memory, the last minute ÷ the second',
      value: ofMinute(minutes - 1) / ofMinute(1),
      unit: 'ratio',
      budget: { atMost: 1.15 },
    });
  } finally {
    await hub.stop();
  }
});
