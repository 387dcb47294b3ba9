import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { sentenceOf } from '@hub/contract/errors';
import type { ImportId } from '@hub/contract/ids';
import * as api from '@hub/contract/imports';
import { afterAll, expect, test } from 'vitest';
import { spoolPath, spoolStream } from './spool.ts';
import { counted, csvOf, importDesk, leg, orgOf } from './test-support.ts';

const numbers = { needed: expect.any(Number) as number, free: expect.any(Number) as number };

const mounted: string[] = [];
afterAll(async () => {
  for (const folder of mounted) {
    execFileSync('umount', ['-l', folder]); // lazily: the engine of this file closes later
    await rm(folder, { recursive: true, force: true });
  }
});

/** A small disk of its own; undefined where this account may not mount one. */
async function smallDisk(megabytes: number): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'hub-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    await rm(folder, { recursive: true });
    return undefined;
  }
  mounted.push(folder);
  return folder;
}

test('while a file comes in: refused with numbers, nothing left; the next one fits', async ({ skip }) => {
  const disk = await smallDisk(4);
  if (disk === undefined) return skip('this account may not mount a disk');
  const announced = spoolStream(disk, 'eu', 'x', Readable.from(['a']), { fileName: 'calls.csv', bytes: 5_000_000_000 });
  await expect(announced).rejects.toMatchObject({ code: 'import_disk_full', data: { needed: 7_700_000_000 } });
  const source = { fileName: 'calls.csv', bytes: undefined };
  function* body(megabytes: number): Generator<Buffer> {
    for (let index = 0; index < megabytes; index++) yield Buffer.alloc(1_000_000, 65);
  }
  const refused = spoolStream(disk, 'eu', 'big', Readable.from(body(12)), source);
  await expect(refused).rejects.toMatchObject({
    code: 'import_disk_full',
    data: numbers,
  });
  expect(await readdir(join(disk, 'regions/eu/spool'))).toEqual([]);
  expect(await spoolStream(disk, 'eu', 'small', Readable.from(body(2)), source)).toMatchObject({ bytes: 2_000_000 });
  expect(await readdir(join(disk, 'regions/eu/spool'))).toEqual(['small']);
});

test('while a file is converted or the engine writes: the file stays, nothing of it counts, and a second try brings it all', {
  timeout: 90_000,
}, async ({ skip }) => {
  if (process.env['HUB_TEST_STORES'] === 'servers') return skip('the disk of a server is not the disk here');
  const disk = await smallDisk(500);
  if (disk === undefined) return skip('this account may not mount a disk');
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = disk; // where testHub puts its data folder
  const desk = await importDesk();
  process.env['TMPDIR'] = before;
  expect(desk.hub.installation.dataDir.startsWith(disk)).toBe(true);

  async function leave(bytes: number): Promise<void> {
    const { bavail, bsize } = await statfs(disk as string);
    await writeFile(join(disk as string, 'ballast'), Buffer.alloc(bavail * bsize - bytes, 1));
  }
  const rows = Array.from({ length: 12_000 }, (_, index) =>
    leg(`disk ${index}`, {
      User: `${Math.random()}${Math.random()}`,
      'Call ID': `${Math.random()}${Math.random()}`,
      'Org UUID': orgOf(index % 2 ? 'known' : 'unknown'),
    }),
  );
  let last: api.ImportBatch | undefined;
  // Room for the staged rows and not for the held ones; for a part of the staged; for hardly anything; and for half of the converted JSON.
  for (const [body, room] of [
    [csvOf(rows), 4_000_000],
    [csvOf(rows), 2_000_000],
    [csvOf(rows), 200_000],
    [JSON.stringify(rows), 4_000_000],
  ] as const) {
    await desk.hub.asOwner('delete from import_batch where id = $1', [last?.id]);
    for (const name of await desk.spool()) await rm(spoolPath(desk.hub.installation.dataDir, 'eu', name));
    const batch = await desk.queue(body);
    await leave(room);
    await desk.drain();
    const failed = await desk.get(batch);
    expect([room, failed.state, failed.failure]).toEqual([room, 'failed', { code: 'import_disk_full', data: numbers }]);
    expect(sentenceOf('import_disk_full', failed.failure?.data ?? {})).toMatch(/\d{9} bytes are needed, \d+ are free/);
    expect(await desk.spool()).toEqual([batch.id]);
    await rm(join(disk, 'ballast'));
    for (const table of ['call_leg', 'held_call_leg', 'rejected_row'])
      expect([table, await desk.count(table)]).toEqual([table, 0]);
    last = batch;
  }
  await desk.admin.call(api.retryImport, { params: { importId: last?.id as ImportId } });
  await desk.drain();
  expect(await desk.get(last as api.ImportBatch)).toMatchObject({
    state: 'committed',
    counts: counted({ read: 12_000, new: 6000, held: 6000 }),
  });
  expect((await desk.facts()).size).toBe(6000);
});
