import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Job, runProgram, stopProgram } from './bench-process.ts';
import type { Figure } from './figures.ts';
import { describeMachine } from './machine.ts';
import { isMissed, printSection, type Section, writeResults } from './results.ts';

const names = [
  'import',
  'import-large',
  'usage',
  'statuses',
  'start',
  'web',
  'soak',
  'kills',
  'customers',
  'metrics',
  'subscriptions',
] as const;
type Name = (typeof names)[number];

// Below this many rows the fixed costs outweigh what the budgets are about.
const judgedRows = 1_000_000;
const comparedRows = 200_000;
const sizeless: readonly Name[] = ['start', 'web', 'soak', 'kills'];
// Minutes each: only where they are asked for.
const unusual: readonly Name[] = ['import-large', 'soak', 'kills', 'customers', 'metrics', 'subscriptions'];
const usual = names.filter((name) => !unusual.includes(name));

const usage = `node bench/run.ts [--rows 1000000] [--only ${names.join(',')}] [--full]
  --rows   legs of the generated file, a fiftieth of those of metrics, a tenth of those of import-large, and ten for each customer of statuses, customers and subscriptions; budgets count, and RESULTS.md is written, from ${judgedRows.toLocaleString('en-US')} on;
           metrics is compared with PostgreSQL and DuckDB up to ${comparedRows.toLocaleString('en-US')}, and that is written as metrics-compared
  --only   these benchmarks, separated by commas; without it all but import-large, soak, kills, customers, metrics and subscriptions
  --full   PostgreSQL also answers at ten times as many legs, some minutes more`;

interface Options {
  rows: number;
  only: Name[];
  isFull: boolean;
}

function readOptions(words: string[]): Options {
  const { values } = parseArgs({
    args: words,
    options: {
      rows: { type: 'string', default: String(judgedRows) },
      only: { type: 'string', default: usual.join(',') },
      full: { type: 'boolean', default: false },
    },
  });
  const rows = Number(values.rows);
  if (!Number.isSafeInteger(rows) || rows < 1000)
    throw new Error(`--rows ${values.rows} is not a whole number from 1,000 on.`);
  const only = values.only.split(',').map((word) => {
    const name = names.find((known) => known === word.trim());
    if (name === undefined) throw new Error(`--only ${word} is no benchmark; there are ${names.join(', ')}.`);
    return name;
  });
  return { rows, only: names.filter((name) => only.includes(name)), isFull: values.full };
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function main(words: string[]): Promise<number> {
  let options: Options;
  try {
    options = readOptions(words);
  } catch (error) {
    say(`${(error as Error).message}\n\n${usage}`);
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), 'hub-bench-'));
  await chmod(folder, 0o711); // where root runs this, PostgreSQL runs as another account
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void stopProgram()
        .then(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
        .then(() => process.exit(130));
    });
  }
  try {
    return await runAll(options, folder, words);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runAll(options: Options, folder: string, words: readonly string[]): Promise<number> {
  const files = join(folder, 'files');
  await mkdir(files);
  const command = ['npm run bench --', ...words].join(' ');
  const sections: Section[] = [];
  const failed: string[] = [];
  for (const name of options.only) {
    try {
      const section = await measure(name, options, { command, folder: join(folder, name), files });
      say(printSection(section));
      sections.push(section);
    } catch (error) {
      say((error as Error).message);
      failed.push(name);
    }
  }
  await writeResults(sections.filter((section) => section.isWritten && section.figures.length > 0));
  const missed = sections.flatMap((section) =>
    section.figures.filter((figure) => isMissed(section, figure)).map((figure) => `${section.name}: ${figure.what}`),
  );
  if (missed.length > 0) say(`Missed:\n  ${missed.join('\n  ')}`);
  if (failed.length > 0) say(`Not measured: ${failed.join(', ')}`);
  return missed.length + failed.length > 0 ? 1 : 0;
}

interface Place {
  command: string;
  folder: string;
  files: string;
}

async function measure(name: Name, { rows, isFull }: Options, { command, folder, files }: Place): Promise<Section> {
  await mkdir(folder);
  await chmod(folder, 0o711);
  const figures: Figure[] = [];
  const began = describeMachine();
  const job: Job = { rows, isFull, folder, files };
  try {
    await runProgram<Figure>(`${name}.ts`, [JSON.stringify(job)], (figure) => figures.push(figure));
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const isJudged = sizeless.includes(name) || rows >= judgedRows;
  // Beside PostgreSQL and DuckDB, which the full size is too large for.
  const isCompared = name === 'metrics' && rows >= comparedRows && !isJudged;
  return {
    name: isCompared ? 'metrics-compared' : name,
    command,
    began,
    ended: describeMachine(),
    figures,
    isJudged,
    isWritten: isJudged || isCompared,
  };
}

process.exitCode = await main(process.argv.slice(2));
