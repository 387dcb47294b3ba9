import { join } from 'node:path';
import { countCustomers, listCustomers } from '@hub/contract/customers';
import { benchmark, runProgram } from './bench-process.ts';
import { pageFigures } from './customers-page.ts';
import { type Figure, medianOf, runsInWords } from './figures.ts';
import { giveWay } from './give-way.ts';
import { type HubClient, signedIn } from './hub-client.ts';
import { startHub } from './hub-process.ts';
import type { Prepared } from './prepare-customers.ts';
import { freePort } from '../server/src/testing/tcp-postgres.ts';

const callers = 16;
const rounds = 40;
const perCaller = 12;

interface Question {
  filter: string;
  sort: string;
  order?: 'asc' | 'desc';
}

/** `n` varies, so that no page is asked twice in a row. */
const indexed: readonly ((n: number) => Question)[] = [
  () => ({ filter: '', sort: 'urgency' }),
  () => ({ filter: 'status:expires-soon', sort: 'urgency' }),
  (n) => ({ filter: `tag:"tag ${n % 50}"`, sort: 'urgency' }),
  () => ({ filter: 'region:eu', sort: 'name' }),
  (n) => ({ filter: `licenses.unassigned>${n % 100}`, sort: 'unassigned', order: 'desc' }),
  () => ({ filter: 'renews<30d', sort: 'next' }),
  () => ({ filter: 'group:"managed service"', sort: 'name' }),
  () => ({ filter: '', sort: 'lastSignIn', order: 'desc' }),
];
const words = ['acme', 'север', '한빛', 'nordwind foods', 'zzz', 'halyard'];
const textual: readonly ((n: number) => Question)[] = [
  (n) => ({ filter: words[n % words.length] ?? '', sort: 'urgency' }),
  (n) => ({ filter: `sub-${4000 + n}-2`, sort: 'urgency' }),
  (n) => ({ filter: `(status:trial,expired OR tag:"tag ${n % 50}") -region:us acme`, sort: 'next', order: 'desc' }),
  (n) => ({
    filter: `status:expires-soon product:calling tag:"tag ${n % 50}" licenses.unassigned>20 -region:eu renews<300d acme`,
    sort: 'urgency',
  }),
];

const percentile95 = (seconds: readonly number[]): number =>
  seconds.toSorted((a, b) => a - b)[Math.ceil(seconds.length * 0.95) - 1] ?? Number.NaN;

async function ask(client: HubClient, question: Question): Promise<number> {
  return (await client.timed(listCustomers, { query: { ...question, limit: 50 } })).seconds;
}

async function alone(client: HubClient, questions: readonly ((n: number) => Question)[]): Promise<number[]> {
  const seconds: number[] = [];
  for (let n = -4; n < rounds; n++)
    for (const question of questions) {
      const took = await ask(client, question(n + 4));
      if (n >= 0) seconds.push(took); // the first ones fill the caches
    }
  return seconds;
}

async function together(client: HubClient): Promise<number[]> {
  const all = [...indexed, ...textual];
  const each = async (caller: number): Promise<number[]> => {
    const seconds: number[] = [];
    for (let n = 0; n < perCaller; n++) {
      const question = all[(caller * 5 + n) % all.length];
      if (question) seconds.push(await ask(client, question(caller * perCaller + n)));
    }
    return seconds;
  };
  return (await Promise.all(Array.from({ length: callers }, (_, caller) => each(caller)))).flat();
}

const spread = (seconds: readonly number[]): string =>
  `median ${medianOf(seconds).toFixed(3)} s, longest ${Math.max(...seconds).toFixed(3)} s, ${seconds.length} pages of 50`;

await benchmark(async ({ rows, folder }, tell) => {
  const dataDir = join(folder, 'data');
  // At the size that the budgets are about, 100,000 customers.
  const made: Prepared[] = [];
  await runProgram<Prepared>('prepare-customers.ts', [dataDir, String(Math.round(rows / 10))], (done) =>
    made.push(done),
  );
  const [prepared] = made;
  if (!prepared) throw new Error('Nothing was prepared.');
  const port = await freePort();
  const hub = startHub(dataDir, port, { HUB_REQUESTS_PER_MINUTE: '1000000' });
  try {
    await hub.answers(['/readyz']);
    const client = await signedIn(`http://127.0.0.1:${port}`);
    for (const figure of await figuresOf(client, prepared)) tell(figure);
    // Whoever looks has a browser on a machine of its own: here the two share their cores.
    giveWay(hub.child.pid ?? 0);
    for (const figure of await pageFigures(`http://127.0.0.1:${port}`, prepared.customers)) tell(figure);
  } finally {
    await hub.stop();
  }
});

async function figuresOf(client: HubClient, prepared: Prepared): Promise<Figure[]> {
  const { customers, subscriptions, fillSeconds, bareSeconds, verbSeconds } = prepared;
  const [single, text, crowd] = [await alone(client, indexed), await alone(client, textual), await together(client)];
  const counts: number[] = [];
  for (const question of [...indexed, ...textual])
    counts.push((await client.timed(countCustomers, { query: { filter: question(7).filter } })).seconds);
  return [
    {
      what: 'customers of the partner asked',
      value: customers,
      unit: 'rows',
      detail: `${subscriptions} subscriptions; ten other partners with a tenth each; filled in ${fillSeconds.toFixed(0)} s`,
    },
    {
      what: 'page, indexed filters, one caller, p95',
      value: percentile95(single),
      unit: 'seconds',
      budget: { atMost: 0.06 },
      detail: spread(single),
    },
    {
      what: 'page, text and combined filters, one caller, p95',
      value: percentile95(text),
      unit: 'seconds',
      budget: { atMost: 0.15 },
      detail: spread(text),
    },
    {
      what: `page, all of these, ${callers} callers, p95`,
      value: percentile95(crowd),
      unit: 'seconds',
      budget: { atMost: 0.8 },
      detail: spread(crowd),
    },
    { what: 'count, p95', value: percentile95(counts), unit: 'seconds', detail: runsInWords(counts) },
    {
      what: 'one page as bare SQL of the owner, no policies',
      value: medianOf(bareSeconds),
      unit: 'seconds',
      detail: runsInWords(bareSeconds),
    },
    {
      what: 'the same page through the verb',
      value: medianOf(verbSeconds),
      unit: 'seconds',
      detail: runsInWords(verbSeconds),
    },
    { what: 'verb ÷ bare SQL', value: medianOf(verbSeconds) / medianOf(bareSeconds), unit: 'ratio' },
  ];
}
