import {
  appendFile,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { listImports } from '@hub/contract/imports';
import { afterAll, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { callHistoryCsv, legRecord, madeUuid } from '../../testing/leg-record.ts';
import { until } from '../../testing/spawn-hub.ts';
import { testHub, type TestHub, type TestPartner } from '../../testing/test-hub.ts';
import type { Installation } from '../access/index.ts';
import { startImportRunner } from '../imports/index.ts';
import { lookAtFolder, type Seen } from './look-at-folder.ts';
import { slugOf } from './partner-folders.ts';
import { requireWatchFolder } from './require-watch-folder.ts';
import { startFolderWatch } from './start-folder-watch.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

interface Bench {
  hub: TestHub;
  partner: TestPartner;
  root: string;
  /** The partner's folder of a region. */
  inbox: string;
  look: (installation?: Installation) => Promise<void>;
  /** Two looks: what has stopped growing is taken. */
  take: (installation?: Installation) => Promise<void>;
  /** Runs what waits to its end, then looks. */
  settle: () => Promise<void>;
  names: (folder: string) => Promise<string[]>;
  imports: () => Promise<{ fileName: string; state: string; source: string }[]>;
}

let made = 0;
async function bench(): Promise<Bench> {
  const hub = await testHub();
  const partner = await hub.partner({ name: `Watched Ёлка ${(made += 1)}` });
  const root = await realpath(await mkdtemp(join(tmpdir(), 'hub-watch-')));
  folders.push(root);
  const inbox = join(root, slugOf(partner.name), 'eu');
  await mkdir(inbox, { recursive: true });
  const seen: Seen = new Map();
  const look = (installation = hub.installation): Promise<void> =>
    lookAtFolder({ installation, root, seen, isOver: () => false });
  const imports: Bench['imports'] = async () =>
    (await partner.admin.call(listImports, { query: { limit: 200 } })).items.toReversed();
  return {
    hub,
    partner,
    root,
    inbox,
    look,
    async take(installation) {
      await look(installation);
      await look(installation);
    },
    async settle() {
      const runner = await startImportRunner(hub.installation);
      try {
        await until(async () => (await imports()).every(({ state }) => state !== 'queued' && state !== 'running'));
      } finally {
        await runner.stop();
      }
      await look();
    },
    names: async (folder) => (await readdir(folder).catch(() => [] as string[])).sort(),
    imports,
  };
}

const csv = (): string => callHistoryCsv([legRecord({ org_uuid: madeUuid() })]);
const numberOf = async (watch: Bench): Promise<number> =>
  (await watch.partner.admin.call(listImports, { query: {} })).items[0]?.number ?? 0;

test('a file that has stopped growing is taken once, imported, and put aside with what became of it', async () => {
  const watch = await bench();
  const path = join(watch.inbox, 'calls.csv');
  await writeFile(path, csv());
  await watch.look();
  await appendFile(path, '\n');
  await watch.look();
  expect(await watch.imports()).toEqual([]);
  await watch.look();
  expect(await watch.imports()).toMatchObject([{ fileName: 'calls.csv', state: 'queued', source: 'watched' }]);
  expect(await watch.names(watch.inbox)).toEqual(['taken']);
  await watch.look();
  expect(await watch.imports()).toHaveLength(1);
  await watch.settle();
  const number = await numberOf(watch);
  expect(await watch.names(join(watch.inbox, 'done'))).toEqual([`calls.B-${number}.csv`, `calls.B-${number}.csv.txt`]);
  expect(await watch.names(join(watch.inbox, 'taken'))).toEqual([]);
  const text = await readFile(join(watch.inbox, 'done', `calls.B-${number}.csv.txt`), 'utf8');
  expect(text).toContain(`B-${number} calls.csv: imported`);
  expect(text).toMatch(/Rows: read 1, .*held 1\.\n/);
  await watch.take();
  expect(await watch.imports()).toHaveLength(1);
});

test('what cannot be imported is put aside with the sentence that says why', async () => {
  const watch = await bench();
  await writeFile(join(watch.inbox, 'letter.csv'), 'Dear Sir');
  await writeFile(join(watch.inbox, 'empty.csv'), '');
  await watch.take();
  expect(await watch.names(watch.inbox)).toEqual(['empty.csv', 'taken']); // probably just begun
  for (let looks = 0; looks < 12; looks++) await watch.look();
  await watch.settle();
  const failed = join(watch.inbox, 'failed');
  const names = await watch.names(failed);
  expect(names).toHaveLength(4);
  const textOf = async (begin: string): Promise<string> =>
    readFile(join(failed, names.find((name) => name.startsWith(begin) && name.endsWith('.txt')) ?? ''), 'utf8');
  expect(await textOf('letter')).toContain('letter.csv is not a feed that is known here');
  expect(await textOf('empty')).toContain('The file empty.csv is empty');
  expect(await watch.imports()).toMatchObject([{ fileName: 'letter.csv', state: 'failed' }]);
});

test('a ZIP is put aside when each of its files has ended, failed where one did', async () => {
  const watch = await bench();
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(csv()), 'a.csv');
  zip.addBuffer(Buffer.from('Dear Sir'), 'b.csv');
  zip.end();
  await writeFile(join(watch.inbox, 'week.zip'), await buffer(zip.outputStream));
  await watch.take();
  await watch.settle();
  const [name = ''] = (await watch.names(join(watch.inbox, 'failed'))).filter((each) => each.endsWith('.txt'));
  const lines = (await readFile(join(watch.inbox, 'failed', name), 'utf8')).trim().split('\n');
  expect(lines).toMatchObject([
    expect.stringMatching(/^B-\d+ week\.zip: unpacked .*, 2 files\.$/),
    expect.stringMatching(/^B-\d+ week\.zip \/ a\.csv: imported/),
    expect.stringMatching(/^B-\d+ week\.zip \/ b\.csv: failed .*is not a feed/),
  ]);
});

/** The next time of one step fails as if the process had been killed there. */
function dyingAt(hub: TestHub, dies: (stack: string) => boolean): Installation {
  const { clock } = hub.installation;
  const id = (): string => {
    if (dies(new Error('where').stack ?? '')) throw new Error('killed');
    return clock.id();
  };
  return { ...hub.installation, clock: { ...clock, id, now: () => clock.now() } };
}

test('stopped between any two steps, each file is imported once and ends where it belongs', async () => {
  const watch = await bench();
  const { hub, inbox } = watch;
  await writeFile(join(inbox, 'a.csv'), csv());
  // Before it has its new name.
  await watch.take(dyingAt(hub, (stack) => stack.includes('lookAt')));
  expect(await watch.names(inbox)).toEqual(['a.csv']);
  // Taken, and nothing else: the spool could not be written.
  await watch.take(dyingAt(hub, (stack) => stack.includes('audit')));
  expect(await watch.imports()).toEqual([]);
  expect(await watch.names(join(inbox, 'taken'))).toHaveLength(1);
  // The next process finds it by its name alone.
  await watch.look();
  await watch.look();
  expect(await watch.imports()).toHaveLength(1);
  await watch.settle();
  // Killed between the text and the move, it does both again, under the same names.
  const number = await numberOf(watch);
  const done = join(inbox, 'done');
  const text = await readFile(join(done, `a.B-${number}.csv.txt`), 'utf8');
  const [row] = await hub.asOwner<{ id: string }>('select id from import_batch where number = $1', [number]);
  const file = await readFile(join(done, `a.B-${number}.csv`));
  await rm(join(done, `a.B-${number}.csv`));
  await writeFile(join(inbox, 'taken', `${row?.id}~a.csv`), file);
  await watch.take();
  expect(await watch.names(done)).toEqual([`a.B-${number}.csv`, `a.B-${number}.csv.txt`]);
  expect(await readFile(join(done, `a.B-${number}.csv.txt`), 'utf8')).toBe(text);
  expect(await watch.imports()).toHaveLength(1);
});

test('links are never followed, and names are shown without what upsets a terminal', async () => {
  const watch = await bench();
  const { inbox, root } = watch;
  const secret = join(root, '..', `secret-${Date.parse('2026-01-01')}-${process.pid}.csv`);
  await writeFile(secret, csv());
  folders.push(secret);
  await symlink(secret, join(inbox, 'link.csv'));
  await symlink(inbox, join(root, 'linked-partner'));
  await symlink(root, join(inbox, '..', 'us'));
  await writeFile(join(inbox, 'bell\u0007 \u202Efdp.csv'), csv());
  await writeFile(Buffer.concat([Buffer.from(`${inbox}/caf`), Buffer.from([0xe9]), Buffer.from('.csv')]), csv());
  await writeFile(join(inbox, '.hidden.csv'), csv());
  await writeFile(join(inbox, 'growing.csv.part'), csv());
  await watch.take();
  await watch.settle();
  expect((await watch.imports()).map(({ fileName, state }) => [fileName, state])).toEqual([
    ['bell_ _fdp.csv', 'committed'],
    ['caf\uFFFD.csv', 'committed'],
  ]);
  expect((await lstat(join(inbox, 'link.csv'))).isSymbolicLink()).toBe(true);
  expect(await watch.names(inbox)).toEqual(['.hidden.csv', 'done', 'failed', 'growing.csv.part', 'link.csv', 'taken']);
  // Each link is told of where it lies, once.
  for (const [folder, name] of [
    [inbox, 'link.csv'],
    [root, 'linked-partner'],
    [join(inbox, '..'), 'us'],
  ] as const) {
    const word = join(folder, 'failed', `${name}.txt`);
    expect(await readFile(word, 'utf8')).toContain('links are never followed');
    await rm(word);
  }
  await watch.look();
  expect(await watch.names(join(inbox, 'failed'))).toEqual([]);
  // A link in the place of a file that was taken.
  const id = watch.hub.clock.id();
  await symlink(secret, join(inbox, 'taken', `${id}~swapped.csv`));
  await watch.look();
  expect((await watch.imports()).length).toBe(2);
  expect((await watch.names(join(inbox, 'failed'))).filter((name) => name.endsWith('.txt'))).toHaveLength(1);
  // A link where the hub puts things aside.
  await rm(join(inbox, 'done'), { recursive: true });
  await symlink(root, join(inbox, 'done'));
  await writeFile(join(inbox, 'late.csv'), csv());
  await watch.take();
  await watch.settle();
  expect(await watch.names(join(inbox, 'taken'))).toHaveLength(1);
  expect((await watch.names(root)).filter((name) => name.includes('late'))).toEqual([]);
});

test('files in folders within a region are taken where they lie, and of what lies too deep it is told', async () => {
  const watch = await bench();
  const { inbox, root } = watch;
  const month = join(inbox, '2026', '11');
  const deep = join(inbox, 'a/b/c/d/e/f/g/h');
  await mkdir(month, { recursive: true });
  await mkdir(join(deep, 'beyond'), { recursive: true });
  await mkdir(join(inbox, '.hidden'));
  const outside = `${root}-outside`;
  folders.push(outside);
  await mkdir(outside);
  await symlink(outside, join(inbox, '2026', '12'));
  for (const folder of [month, deep, join(deep, 'beyond'), join(inbox, '.hidden'), outside])
    await writeFile(join(folder, 'x.csv'), csv());
  await watch.take();
  await watch.settle();
  expect(await watch.imports()).toMatchObject([{ state: 'committed' }, { state: 'committed' }]);
  for (const folder of [month, deep]) {
    expect(await watch.names(join(folder, 'done'))).toHaveLength(2);
    expect(await watch.names(join(folder, 'taken'))).toEqual([]);
  }
  for (const folder of [join(deep, 'beyond'), join(inbox, '.hidden'), outside])
    expect(await watch.names(folder)).toEqual(['x.csv']);
  expect(await readFile(join(deep, 'failed', 'beyond.txt'), 'utf8')).toContain('more than 8 folders');
  expect(await readFile(join(inbox, '2026', 'failed', '12.txt'), 'utf8')).toContain('links are never followed');
});

test('a file whose partner or region cannot be told is put aside beside itself, with how the folders are named', async () => {
  const watch = await bench();
  const { root, partner, hub, inbox } = watch;
  const twin = `Twin ${made}`;
  const one = await hub.partner({ name: twin });
  await hub.partner({ name: twin.toUpperCase() });
  const puts: [string, string][] = [
    ['', 'beside the folders of partners'],
    [slugOf(partner.name), 'beside the folders of regions'],
    [`${slugOf(partner.name)}/moon`, 'moon is no region of this installation; they are us, ca, eu, uae'],
    ['nobody/eu', 'No partner of this installation is called nobody'],
    [`${slugOf(twin)}/eu`, 'More than one partner is called'],
  ];
  for (const [folder] of puts) {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, 'x.csv'), csv());
  }
  await mkdir(join(root, one.partnerId, 'EU'), { recursive: true });
  await writeFile(join(root, one.partnerId, 'EU', 'x.csv'), csv());
  await watch.take();
  for (const [folder, words] of puts) {
    const failed = join(root, folder, 'failed');
    const [text = ''] = (await watch.names(failed)).filter((name) => name.endsWith('.txt'));
    expect([folder, await readFile(join(failed, text), 'utf8')]).toEqual([folder, expect.stringContaining(words)]);
  }
  expect(await watch.imports()).toEqual([]);
  expect((await one.admin.call(listImports, { query: {} })).items).toMatchObject([{ fileName: 'x.csv', region: 'eu' }]);
  expect(await watch.names(inbox)).toEqual([]);
});

test('of two processes one watches, and the other goes on where it ends', async () => {
  const watch = await bench();
  const begin = () => startFolderWatch(watch.hub.installation, watch.root, { looksEvery: 30 });
  const [first, second] = [begin(), begin()];
  await writeFile(join(watch.inbox, 'a.csv'), csv());
  await until(async () => (await watch.imports()).length === 1);
  await first.stop();
  await writeFile(join(watch.inbox, 'b.csv'), csv());
  await until(async () => (await watch.imports()).length === 2);
  await second.stop();
  expect((await watch.imports()).map(({ fileName }) => fileName)).toEqual(['a.csv', 'b.csv']);
});

test('a folder that cannot be watched is refused at the start, with what to do', async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'hub-watch-')));
  folders.push(root);
  await writeFile(join(root, 'file'), '');
  await mkdir(join(root, 'data', 'inside'), { recursive: true });
  const refusal = (folder: string, data = join(root, 'data')) =>
    requireWatchFolder(join(root, folder), [data]).catch((error: Error) => error.message);
  expect(await refusal('absent')).toContain('HUB_WATCH_FOLDER: there is no folder');
  expect(await refusal('file')).toContain('is no folder');
  expect(await refusal('data/inside')).toContain('lie in one another');
  expect(await refusal('')).toContain('lie in one another');
  await mkdir(join(root, 'watched'));
  await symlink(join(root, 'watched'), join(root, 'by-link'));
  expect(await refusal('by-link')).toBe(join(root, 'watched'));
});

test('names of folders are those of partners in any script', () => {
  expect(slugOf('Halyard Communications, Inc.')).toBe('halyard-communications-inc');
  expect(slugOf('Ямбол Телеком')).toBe(slugOf('ЯМБОЛ  ТЕЛЕКОМ'));
  expect(slugOf('한국 통신')).toBe('한국-통신');
  expect(slugOf('Café')).toBe('cafe');
  expect(slugOf('…')).toBe('');
});
