import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import * as api from '@hub/contract/imports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../testing/spawn-hub.ts';
import { spoolFile } from './receive-upload.ts';
import { type Desk, importDesk } from './test-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await importDesk();
});

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const imports = async () => (await desk.admin.call(api.listImports, { query: { limit: 50 } })).total;

/** Sends a request by hand and resolves with what came back until the connection ended or `enough` says so. */
function speak(address: string, head: string, body: string, enough: (reply: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(address);
    let reply = '';
    const socket = connect(Number(port), hostname, () => socket.write(`${head}\r\n\r\n${body}`));
    socket.on('data', (chunk) => {
      reply += String(chunk);
      if (enough(reply)) socket.destroy();
    });
    socket.on('close', () => resolve(reply));
    socket.on('error', reject);
    setTimeout(() => socket.destroy(), 10_000).unref();
  });
}

function headOf(bytes: number): string {
  const { cookie = '', csrfToken = '' } = desk.admin.credentials;
  return [
    'POST /api/imports?region=eu&fileName=calls.csv HTTP/1.1',
    'host: localhost',
    `cookie: ${cookie}`,
    `x-hub-csrf: ${csrfToken}`,
    'content-type: text/csv',
    `content-length: ${bytes}`,
  ].join('\r\n');
}

test('an empty upload is refused, and leaves neither file nor row', async () => {
  const before = await imports();
  await expect(desk.queue('')).rejects.toMatchObject({ problem: { code: 'import_empty' } });
  await expect(desk.queue(Readable.from([]) as never)).rejects.toMatchObject({ problem: { code: 'import_empty' } });
  expect(await imports()).toBe(before);
  expect(await desk.spool()).toEqual([]);
});

test('a file over 20 GB is refused before a byte of it is read', async () => {
  const before = await imports();
  const reply = await speak(await desk.hub.listen(), headOf(20_000_000_001), 'Start time', (text) =>
    text.includes('import_too_large'),
  );
  expect(reply).toMatch(/^HTTP\/1\.1 413/);
  expect(reply).toContain('import_too_large');
  const sparse = join(await mkdtemp(join(tmpdir(), 'hub-sparse-')), 'calls.csv');
  folders.push(dirname(sparse));
  await writeFile(sparse, '');
  await truncate(sparse, 20_000_000_001);
  await expect(spoolFile(desk.ctx(), { region: 'eu', path: sparse, source: 'command' })).rejects.toMatchObject({
    code: 'import_too_large',
    data: { limit: 20_000_000_000 },
  });
  expect(await imports()).toBe(before);
  expect(await desk.spool()).toEqual([]);
});

test('an upload that is cut off leaves neither file nor row', async () => {
  const before = await imports();
  let sent = false;
  const address = await desk.hub.listen();
  const { hostname, port } = new URL(address);
  const head = headOf(5_000_000);
  const socket = connect(Number(port), hostname, () =>
    socket.write(`${head}\r\n\r\n${'x'.repeat(500_000)}`, () => (sent = true)),
  );
  socket.on('error', () => undefined);
  await until(async () => sent && (await desk.spool()).length === 1);
  expect(await desk.spool()).toEqual([expect.stringMatching(/\.part$/)]);
  socket.destroy();
  await until(async () => (await desk.spool()).length === 0);
  expect(await imports()).toBe(before);
});
