import { appendFile, cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoScenario, writeCallHistoryCsv } from '../../demo-data/index.ts';
import { addFirstUser, dumpStores, runHub, startHub, type TestFolder, testFolder } from '../../testing/spawn-hub.ts';

let folder: TestFolder;
beforeAll(async () => {
  folder = await testFolder();
});
afterAll(() => folder.remove());

/** Any text with this in it. */
const containing = (part: string): unknown => expect.stringContaining(part);

// Every step starts the program anew; a busy machine takes its time.
const slow = 400_000;

test('a backup of the running product, restored, is the same to the last row', { timeout: slow }, async () => {
  const regions = { HUB_REGIONS: 'us,eu' };
  const source = { ...regions, HUB_DATA_DIR: folder.dataDir, HUB_DEMO: '1', HUB_NOW: '2026-11-22T08:00:00Z' };
  const backup = join(folder.path, 'backups', 'first');
  const hub = await startHub(source);
  // Beside the running demo: the cut lies between two imports, and queued files come along.
  const written = await runHub(['backup', '--out', backup], source);
  expect(written).toMatchObject({ code: 0, err: '' });
  expect(existsSync(`${backup}.partial`)).toBe(false);
  expect(await runHub(['backup', '--out', backup], source)).toMatchObject({
    code: 1,
    err: containing('exists already'),
  });
  hub.signal('SIGTERM');
  await hub.ended;

  // One that holds everything, of the product at rest.
  const whole = join(folder.path, 'backups', 'second');
  expect(await runHub(['backup', '--out', whole], source)).toMatchObject({ code: 0, err: '' });
  const target = { ...regions, HUB_DATA_DIR: join(folder.path, 'restored') };
  expect(await runHub(['restore', '--from', whole], target)).toMatchObject({ code: 0, err: '' });
  const before = await dumpStores(folder.dataDir);
  expect(before).toMatch(/^tenant\.customer: \d{3} /m);
  const after = await dumpStores(target.HUB_DATA_DIR);
  expect(after).toBe(before);
  expect(await runHub(['restore', '--from', whole], target)).toMatchObject({
    code: 1,
    err: containing('is not empty'),
  });

  // The first one goes on where it was cut: its queued imports run.
  const early = { ...regions, HUB_DATA_DIR: join(folder.path, 'early'), HUB_DEMO: '1', HUB_NOW: source.HUB_NOW };
  expect(await runHub(['restore', '--from', backup], early)).toMatchObject({ code: 0, err: '' });
  const resumed = await startHub(early);
  const refused = await runHub(['restore', '--from', backup], early);
  expect(refused).toMatchObject({ code: 1, err: containing('Partner Hub works in') });
  resumed.signal('SIGTERM');
  expect((await resumed.ended).code).toBe(0);
});

test('a damaged, incomplete or newer backup is refused before anything is touched', { timeout: slow }, async () => {
  const source = { HUB_REGIONS: 'us', HUB_DATA_DIR: join(folder.path, 'small') };
  expect((await runHub(addFirstUser('us'), source, 'correct horse battery')).code).toBe(0);
  const calls = join(folder.path, 'calls.csv');
  await writeCallHistoryCsv(calls, demoScenario('tiny', 'backup'), {
    region: 'us',
    from: '2026-11-02',
    to: '2026-11-02',
  });
  expect((await runHub(['import', calls, '--region', 'us'], source)).code).toBe(0);
  const good = join(folder.path, 'good');
  expect((await runHub(['backup', '--out', good], source)).code).toBe(0);

  const target = { HUB_REGIONS: 'us', HUB_DATA_DIR: join(folder.path, 'untouched') };
  const refusal = async (
    change: (copy: string) => Promise<void>,
    more: Record<string, string> = {},
  ): Promise<string> => {
    const copy = join(folder.path, `copy-${(copies += 1)}`);
    await cp(good, copy, { recursive: true });
    await change(copy);
    const { code, err } = await runHub(['restore', '--from', copy], { ...target, ...more });
    expect(code).toBe(1);
    expect(existsSync(target.HUB_DATA_DIR) ? await readdir(target.HUB_DATA_DIR) : []).toEqual([]);
    return err;
  };
  const edit = (change: (text: string) => string) => async (copy: string) => {
    const path = join(copy, 'manifest.json');
    await writeFile(path, change(await readFile(path, 'utf8')));
  };
  expect(await refusal((copy) => appendFile(join(copy, 'regions/us/held_call_leg.native.zst'), 'x'))).toContain(
    'is not the file that was written',
  );
  expect(await refusal(edit((text) => text.replace('identity.person.copy.zst', 'identity.nobody.copy.zst')))).toContain(
    'is missing',
  );
  expect(await refusal(edit((text) => text.replaceAll('0001-house.sql', '0999-later.sql')))).toContain('newer release');
  expect(await refusal(edit(() => '{'))).toContain('cannot be understood');
  expect(await refusal(async () => undefined, { HUB_REGIONS: 'eu' })).toContain('HUB_REGIONS');
  const { err } = await runHub(['restore', '--from', folder.path], target);
  expect(err).toContain('is no backup of Partner Hub');

  // A folder in which a restore was cut off is no installation.
  const cut = join(folder.path, 'cut');
  await mkdir(cut);
  await writeFile(join(cut, 'restore-unfinished'), '');
  expect(await runHub(['migrate'], { HUB_DATA_DIR: cut })).toMatchObject({ code: 1, err: containing('did not end') });
});

let copies = 0;
