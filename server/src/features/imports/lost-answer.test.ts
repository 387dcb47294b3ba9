import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as api from '@hub/contract/imports';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Directory } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { queuePulled } from './queue-pulled.ts';
import { spoolFile } from './receive-upload.ts';
import { counted, csvOf, type Desk, importDesk, leg } from './test-support.ts';

let desk: Desk;
let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hub-lost-answer-'));
  path = join(folder, 'calls.csv');
  await writeFile(path, csvOf([leg('a')]));
});
beforeEach(async () => {
  desk = await importDesk();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Execute = ReturnType<Directory['transaction']>['execute'];

/** Reaches the directory so that the answer to the first commit gets lost; with `stays` the directory is away from then on. */
function losing(ctx: Ctx, { stays = false } = {}): Ctx {
  let commits = 0;
  const transaction = () => {
    const execute: Execute = async (work) => {
      const isFirst = (commits += 1) === 1;
      if (!isFirst && stays) throw new Error('Connection terminated unexpectedly');
      const result = await ctx.directory.transaction().execute(work);
      if (isFirst) throw new Error('Connection terminated unexpectedly');
      return result;
    };
    return { execute };
  };
  return { ...ctx, directory: { transaction } as unknown as Directory };
}

const pulled = (ctx: Ctx, alongside: () => Promise<void> = async () => undefined) =>
  queuePulled(ctx, { region: 'eu', path, fileName: 'calls.csv' }, alongside);
const brought = (ctx: Ctx) => spoolFile(ctx, { region: 'eu', path, source: 'command' });

/** Linking its customer queued a release, which is the hub's own. */
async function broughtHere(): Promise<api.ImportBatch[]> {
  const { items } = await desk.admin.call(api.listImports, { query: {} });
  return items.filter(({ source }) => source !== 'release');
}

const lost = [
  ['a connector', pulled, false],
  ['a connector, while the directory stays away', pulled, true],
  ['the command line', brought, false],
  ['the command line, while the directory stays away', brought, true],
] as const;

test.each(lost)('an import whose commit was not answered keeps its file: brought by %s', async (_, bring, stays) => {
  await expect(bring(losing(desk.ctx(), { stays }))).rejects.toThrow('Connection terminated');
  const items = await broughtHere();
  expect(await desk.spool()).toEqual(items.map(({ id }) => id));
  await desk.drain();
  const ended = await Promise.all(items.map((item) => desk.get(item)));
  expect(ended).toMatchObject([{ state: 'committed', counts: counted({ read: 1, new: 1 }) }]);
  expect(await desk.spool()).toEqual([]);
});

test('where what was fetched cannot be noted, neither import nor file is left', async () => {
  const refused = pulled(desk.ctx(), async () => {
    throw new Error('this run is over');
  });
  await expect(refused).rejects.toThrow('this run is over');
  expect(await broughtHere()).toEqual([]);
  expect(await desk.spool()).toEqual([]);
});
