import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DyingHubTask } from './testing/dying-hub.ts';
import { callHistoryCsv, legRecord, madeUuid } from './testing/leg-record.ts';
import { addFirstUser, type Ended, runDyingHub, runHub, type TestFolder, testFolder } from './testing/spawn-hub.ts';

let folder: TestFolder;
beforeAll(async () => {
  folder = await testFolder();
});
afterAll(() => folder.remove());

const moments: { name: string; diesAt: NonNullable<DyingHubTask['diesAt']> }[] = [
  { name: 'while the engine reads the file', diesAt: { statement: 'LOAD', when: 'during' } },
  {
    name: 'once its rejected rows are kept',
    diesAt: { statement: 'INSERT INTO @region.rejected_row', when: 'behind' },
  },
  {
    name: 'once it is noted what is replaced',
    diesAt: { statement: 'INSERT INTO @region.superseded', when: 'behind' },
  },
  {
    name: 'when one of its months is there, and the other not',
    diesAt: { statement: 'ATTACH PARTITION', when: 'before', turn: 2 },
  },
  { name: 'when all is there but the word', diesAt: { statement: 'INSERT INTO @region.place', when: 'behind' } },
  {
    name: 'when the word is there, and its tables still lie about',
    diesAt: { statement: 'DROP TABLE', when: 'before' },
  },
];

const orgUuid = madeUuid();
const nobodysOrg = madeUuid();
const calls = Array.from({ length: 40 }, () => madeUuid());

/**
 * Calls of two months, in the past of every clock that this runs by: some that every file brings anew with a later report, one that
 * every file brings again as it was, some of its own, one of nobody's organization and one that is no record.
 */
function fileOf(number: number): string {
  const shared = calls.map((report_id, at) =>
    legRecord({
      org_uuid: orgUuid,
      report_id,
      start_time: `2025-${at % 2 === 0 ? '10' : '11'}-02T09:30:00.000Z`,
      report_time: `2025-11-${at === 0 ? '04' : 10 + number}T10:00:00.000Z`,
    }),
  );
  const own = Array.from({ length: 20 }, (_, at) =>
    legRecord({
      org_uuid: at === 0 ? nobodysOrg : orgUuid,
      report_id: `${String(number).padStart(8, '0')}-0000-4000-8000-${String(at).padStart(12, '0')}`,
      location: `Place ${number}`,
      start_time: `2025-${at % 2 === 0 ? '10' : '11'}-03T09:30:00.000Z`,
      report_time: '2025-11-05T10:00:00.000Z',
    }),
  );
  const wrong = legRecord({ org_uuid: orgUuid, report_id: calls[0] ?? '', start_time: 'never' });
  return callHistoryCsv([...shared, ...own, wrong]);
}

// Every moment starts the program anew; a busy machine takes its time.
test('kill -9 at chosen moments of an import: afterwards facts and ledger are, byte for byte, those of imports that nobody disturbed', {
  timeout: 900_000,
}, async () => {
  const files: string[] = [];
  for (const number of moments.keys()) {
    files.push(join(folder.path, `file ${number}.csv`));
    await writeFile(files[number] ?? '', fileOf(number + 1));
  }
  const first = join(folder.path, 'first.csv');
  await writeFile(first, fileOf(0));
  const about = { region: 'us', orgUuid } as const;

  async function conclude(
    name: string,
    work: (run: (task: object) => Promise<Ended>) => Promise<void>,
  ): Promise<string> {
    const environment = { HUB_DATA_DIR: join(folder.path, name), HUB_REGIONS: 'us' };
    expect((await runHub(addFirstUser('us'), environment, 'correct horse battery')).err).toBe('');
    const run = (task: object): Promise<Ended> => runDyingHub({ files: [], ...about, ...task }, environment);
    await work(run);
    const concludesIn = join(folder.path, `${name}.facts`);
    expect(await run({ concludesIn })).toMatchObject({ code: 0, err: '' });
    expect(await readdir(join(environment.HUB_DATA_DIR, 'regions/us/spool'))).toEqual([]);
    return readFile(concludesIn, 'utf8');
  }

  const killed = await conclude('killed', async (run) => {
    expect(await run({ files: [first] })).toMatchObject({ code: 0, err: '' });
    // Each start first ends the import under which the one before was killed.
    for (const [number, { name, diesAt }] of moments.entries())
      expect([name, (await run({ files: [files[number]], diesAt })).signal]).toEqual([name, 'SIGKILL']);
  });
  const undisturbed = await conclude('undisturbed', async (run) => {
    expect(await run({ files: [first, ...files] })).toMatchObject({ code: 0, err: '' });
  });
  expect(killed.split('\n').filter((line, at) => line !== undisturbed.split('\n')[at])).toEqual([]);
  expect(killed).toBe(undisturbed);
  // What is compared is what was brought.
  const counts = { read: 61, new: 19, duplicate: 1, replaced: 39, rejected: 1, held: 1 };
  expect(undisturbed.split('\n').filter((line) => line.includes(JSON.stringify(counts)))).toHaveLength(moments.length);
  expect(undisturbed.match(/^call_leg /gm)).toHaveLength(40 + 19 * (moments.length + 1));
  expect(undisturbed.match(/^held_call_leg /gm)).toHaveLength(moments.length + 1);
});
