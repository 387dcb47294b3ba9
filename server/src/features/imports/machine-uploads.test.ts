import { createHash } from 'node:crypto';
import { rm, truncate } from 'node:fs/promises';
import { connect } from 'node:net';
import * as uploads from '@hub/contract/import-uploads';
import * as api from '@hub/contract/imports';
import { ImportBatch } from '@hub/contract/imports';
import { Problem } from '@hub/contract/errors';
import type { OrgUuid } from '@hub/contract/ids';
import { beforeAll, expect, test } from 'vitest';
import { until } from '../../testing/spawn-hub.ts';
import type { RawReply } from '../../testing/test-client.ts';
import { startImportRunner } from './import-runner.ts';
import { spoolPath } from './spool.ts';
import { counted, csvOf, type Desk, importDesk, leg, orgOf } from './test-support.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await importDesk();
});

const batchIn = (reply: RawReply): ImportBatch => ImportBatch.parse(JSON.parse(reply.text));
const problemIn = (reply: RawReply): Problem => Problem.parse(JSON.parse(reply.text));
const total = async (): Promise<number> => (await desk.admin.call(api.listImports, { query: { limit: 1 } })).total;

interface Part {
  name: string;
  fileName?: string;
  content: string;
}

function formOf(parts: readonly Part[]): { headers: Record<string, string>; body: string } {
  const boundary = 'a-boundary-of-ours';
  const body = parts.map(({ name, fileName, content }) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"\r\nContent-Type: text/csv`;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`;
  });
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: `${body.join('')}--${boundary}--\r\n`,
  };
}

const post = (
  { headers = {}, body }: { headers?: Record<string, string>; body: string },
  query = 'region=eu',
  client = desk.admin,
): Promise<RawReply> =>
  client.raw({
    method: 'POST',
    url: `/api/imports?${query}`,
    body,
    headers: { 'content-type': 'application/x-ndjson', ...headers },
  });

test('a form brings its file under the name that it gives; fields beside it are passed over', async () => {
  const form = formOf([
    { name: 'comment', content: 'of today' },
    { name: 'file', fileName: 'of "today".csv'.replaceAll('"', '%22'), content: csvOf([leg('form')]) },
    { name: 'after', content: 'x' },
  ]);
  const reply = await post(form);
  expect(reply.status).toBe(201);
  const batch = batchIn(reply);
  expect(batch).toMatchObject({ fileName: 'of "today".csv', source: 'upload', fileBytes: csvOf([leg('form')]).length });
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ counts: counted({ read: 1, new: 1 }) });
  expect(batchIn(await post(form, 'region=eu&fileName=mine.csv')).fileName).toBe('mine.csv');
  await desk.drain();
});

test('a form without a file, with two, or cut off is refused and leaves nothing', async () => {
  const before = await total();
  const file = { name: 'file', fileName: 'a.csv', content: csvOf([leg('a')]) };
  const whole = formOf([file]);
  const broken = { ...whole, body: whole.body.slice(0, -60) };
  const noBoundary = { headers: { 'content-type': 'multipart/form-data' }, body: 'x' };
  expect(problemIn(await post(broken))).toMatchObject({ code: 'import_interrupted' });
  for (const form of [formOf([{ name: 'x', content: 'y' }]), formOf([file, file]), noBoundary]) {
    const reply = await post(form);
    expect([reply.status, problemIn(reply).code]).toEqual([400, 'invalid_request']);
  }
  expect(problemIn(await post({ body: 'x' })).data['issues']).toContain('fileName');
  expect(await total()).toBe(before);
  expect(await desk.spool()).toEqual([]);
});

test('call history as one JSON object a line is imported', async () => {
  const body = Array.from({ length: 20 }, (_, index) => JSON.stringify(leg(`line ${index}`))).join('\n');
  const batch = batchIn(await post({ body }, 'region=eu&fileName=calls.ndjson'));
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ format: 'json', counts: counted({ read: 20, new: 20 }) });
});

test('the same key is the same import, one after another and at once', async () => {
  const before = await total();
  const send = (key: string, body = 'once'): Promise<RawReply> =>
    post({ body, headers: { 'idempotency-key': key } }, 'region=eu&fileName=key.csv');
  const first = batchIn(await send('k-1'));
  expect(batchIn(await send('k-1')).id).toBe(first.id);
  const many = await Promise.all(Array.from({ length: 8 }, () => send('k-2')));
  expect(many.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 201));
  expect(new Set(many.map((reply) => batchIn(reply).id)).size).toBe(1);
  expect(await total()).toBe(before + 2);
  expect(await desk.spool()).toHaveLength(2);
  await desk.drain();
  expect(batchIn(await send('k-1'))).toMatchObject({ id: first.id, state: 'failed' });
});

test('a key that brought another file is refused; another partner, and who sees only their own, have theirs', async () => {
  const headers = { 'idempotency-key': 'k-3' };
  const first = batchIn(await post({ body: 'abc', headers }, 'region=eu&fileName=a.csv'));
  const other = { code: 'idempotency_key_reused', data: { fileName: 'a.csv', bytes: 3 } };
  expect(problemIn(await post({ body: 'abcd', headers }, 'region=eu&fileName=a.csv'))).toMatchObject(other);
  // As long, and another: taken for the first it would be lost.
  expect(problemIn(await post({ body: 'abX', headers }, 'region=eu&fileName=a.csv'))).toMatchObject(other);
  expect(problemIn(await post({ body: 'abc', headers }, 'region=eu&fileName=b.csv'))).toMatchObject(other);
  expect(problemIn(await post({ body: 'abc', headers }, 'region=us&fileName=a.csv'))).toMatchObject(other);
  const form = formOf([{ name: 'file', fileName: 'a.csv', content: 'abX' }]);
  expect(problemIn(await post({ ...form, headers: { ...form.headers, ...headers } }))).toMatchObject(other);
  const same = formOf([{ name: 'file', fileName: 'a.csv', content: 'abc' }]);
  expect(batchIn(await post({ ...same, headers: { ...same.headers, ...headers } })).id).toBe(first.id);
  const foreign = await importDesk({ hub: desk.hub });
  const assigned = await desk.hub.person(desk.partnerId, 'partner_admin');
  for (const client of [foreign.admin, assigned.client])
    expect(batchIn(await post({ body: 'other', headers }, 'region=eu&fileName=z.csv', client)).id).not.toBe(first.id);
  for (const key of ['two words', 'x'.repeat(256), 'ключ'.normalize()]) {
    const reply = await post({ body: 'abc', headers: { 'idempotency-key': Buffer.from(key).toString('latin1') } });
    expect(problemIn(reply).code).toBe('invalid_request');
  }
  await desk.drain();
  await foreign.drain();
});

test('a key that came with another customer or other days is refused', async () => {
  const own = await importDesk({ hub: desk.hub });
  const send = (query: string) =>
    post({ body: 'abc', headers: { 'idempotency-key': 'k-facts' } }, `region=eu&fileName=a.csv${query}`, own.admin);
  const [org, other] = [orgOf('known'), orgOf('other')];
  const first = batchIn(await send(`&orgUuid=${org}&from=2026-11-20&to=2026-11-20`));
  // One day is a period as well.
  expect(batchIn(await send(`&orgUuid=${org}&from=2026-11-20`)).id).toBe(first.id);
  const refused = { code: 'idempotency_key_reused', data: { fileName: 'a.csv', bytes: 3 } };
  for (const query of [
    '',
    `&orgUuid=${org}`,
    '&from=2026-11-20',
    `&orgUuid=${other}&from=2026-11-20`,
    `&orgUuid=${org}&from=2026-11-20&to=2026-11-21`,
  ])
    expect({ query, ...problemIn(await send(query)) }).toMatchObject({ query, ...refused });
  // What somebody says of the import afterwards is not what came with the key.
  await own.hub.asOwner('update import_batch set org_uuid = $1 where id = $2', [other, first.id]);
  expect(batchIn(await send(`&orgUuid=${org}&to=2026-11-20`)).id).toBe(first.id);
  await own.drain();
});

test('after 30 days a key names nothing any more', async () => {
  const own = await importDesk();
  const send = () =>
    post({ body: 'abc', headers: { 'idempotency-key': 'k' } }, 'region=eu&fileName=a.csv', own.admin).then(batchIn);
  const first = await send();
  own.hub.clock.advance(29.9 * 86_400_000);
  await own.hub.asOwner("update session set expires_at = '2100-01-01', last_used_at = $1 where partner_id = $2", [
    own.hub.clock.now(),
    own.partnerId,
  ]);
  expect((await send()).id).toBe(first.id);
  own.hub.clock.advance(0.2 * 86_400_000);
  expect((await send()).id).not.toBe(first.id);
  await own.drain();
});

const content = csvOf(Array.from({ length: 300 }, (_, index) => leg(`part ${index}`)));
const bytes = Buffer.byteLength(content);

const begin = (fileName = 'parts.csv', size = bytes) =>
  desk.admin.call(uploads.beginUpload, { body: { region: 'eu', fileName, bytes: size } });
const append = (uploadId: uploads.ImportUpload['id'], offset: number, body: string | Buffer): Promise<RawReply> =>
  desk.admin.raw({
    method: 'PATCH',
    url: `/api/imports/uploads/${uploadId}?offset=${offset}`,
    body,
    headers: { 'content-type': 'application/octet-stream' },
  });

test('a file comes in part by part and becomes one import, however often it is finished', async () => {
  const before = await total();
  const upload = await begin();
  expect(upload).toMatchObject({ offset: 0, bytes, fileName: 'parts.csv' });
  const file = Buffer.from(content);
  for (let at = 0; at < bytes; at += 20_000) {
    const reply = await append(upload.id, at, file.subarray(at, at + 20_000));
    expect([reply.status, JSON.parse(reply.text)]).toMatchObject([200, { offset: Math.min(bytes, at + 20_000) }]);
  }
  expect(await total()).toBe(before);
  const params = { uploadId: upload.id };
  const both = await Promise.all([
    desk.admin.call(uploads.finishUpload, { params }),
    desk.admin.call(uploads.finishUpload, { params }),
  ]);
  expect(both.map(({ id }) => id)).toEqual([upload.id, upload.id]);
  await desk.drain();
  const batch = await desk.admin.call(uploads.finishUpload, { params });
  expect(batch).toMatchObject({ state: 'committed', counts: counted({ read: 300, new: 300 }) });
  expect((await desk.rowOf(batch)).sha256).toEqual(createHash('sha256').update(content).digest());
  expect(await total()).toBe(before + 1);
  expect(await desk.admin.refusal(uploads.getUpload, { params })).toMatchObject({ code: 'upload_not_found' });
  expect(await desk.spool()).toEqual([]);
});

test('a part at another place, past the end, or before the rest is there is refused with where to go on', async () => {
  const upload = await begin('wrong.csv', 10);
  const params = { uploadId: upload.id };
  await append(upload.id, 0, 'abcd');
  for (const offset of [0, 3, 5, 10])
    expect(problemIn(await append(upload.id, offset, 'x'))).toMatchObject({
      code: 'upload_offset',
      data: { offset: 4 },
    });
  expect(problemIn(await append(upload.id, 4, 'abcdefghij'))).toMatchObject({
    code: 'upload_past_end',
    data: { bytes: 10 },
  });
  expect(await desk.admin.call(uploads.getUpload, { params })).toMatchObject({ offset: 4 });
  expect(await desk.admin.refusal(uploads.finishUpload, { params })).toMatchObject({
    code: 'upload_incomplete',
    data: { offset: 4, bytes: 10 },
  });
  await desk.admin.call(uploads.discardUpload, { params });
  expect(await desk.spool()).toEqual([]);
  for (const endpoint of [uploads.getUpload, uploads.finishUpload, uploads.discardUpload])
    expect(await desk.admin.refusal(endpoint, { params })).toMatchObject({ code: 'upload_not_found' });
  expect(problemIn(await append(upload.id, 4, 'x')).code).toBe('upload_not_found');
});

test('an upload is its own person’s, whoever else sees everything', async () => {
  const upload = await begin('mine.csv', 10);
  const params = { uploadId: upload.id };
  const { client } = await desk.hub.person(desk.partnerId, 'partner_full');
  for (const endpoint of [uploads.getUpload, uploads.finishUpload, uploads.discardUpload])
    expect(await client.refusal(endpoint, { params })).toMatchObject({ code: 'upload_not_found' });
  await append(upload.id, 0, 'abcdefghij');
  await desk.admin.call(uploads.finishUpload, { params });
  expect(await client.refusal(uploads.finishUpload, { params })).toMatchObject({ code: 'upload_not_found' });
  await desk.drain();
});

/** A part by hand, of which only so much is sent; the connection stays open until it is destroyed. */
async function sendSome(uploadId: string, { length, sent }: { length: number; sent: string }) {
  const { hostname, port } = new URL(await desk.hub.listen());
  const { cookie = '', csrfToken = '' } = desk.admin.credentials;
  const head = [
    `PATCH /api/imports/uploads/${uploadId}?offset=0 HTTP/1.1`,
    'host: localhost',
    `cookie: ${cookie}`,
    `x-hub-csrf: ${csrfToken}`,
    'content-type: application/octet-stream',
    `content-length: ${length}`,
  ].join('\r\n');
  const socket = connect(Number(port), hostname, () => socket.write(`${head}\r\n\r\n${sent}`));
  socket.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  return { socket, ended };
}

const offsetOf = async (uploadId: uploads.ImportUpload['id']): Promise<number> =>
  (await desk.admin.call(uploads.getUpload, { params: { uploadId } })).offset;

test('of a part that breaks off, what had arrived is kept, and the upload goes on from there', async () => {
  const upload = await begin();
  const half = content.slice(0, 70_000);
  const { socket } = await sendSome(upload.id, { length: bytes, sent: half });
  await until(
    async () =>
      (await desk.hub.asOwner('select writer from import_upload where id = $1 and writer is not null', [upload.id]))
        .length === 1,
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  socket.destroy();
  await until(async () => (await offsetOf(upload.id)) > 0);
  const offset = await offsetOf(upload.id);
  expect(offset).toBeLessThanOrEqual(70_000);
  await append(upload.id, offset, content.slice(offset));
  const batch = await desk.admin.call(uploads.finishUpload, { params: { uploadId: upload.id } });
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: { read: 300, duplicate: 300 } });
});

test('a client that comes again ends what it left hanging, and no late byte of that counts', async () => {
  const upload = await begin();
  const { ended } = await sendSome(upload.id, { length: bytes, sent: content.slice(0, 1000) });
  await until(
    async () =>
      (await desk.hub.asOwner('select 1 from import_upload where id = $1 and writer is not null', [upload.id]))
        .length === 1,
  );
  const reply = await append(upload.id, 0, content);
  expect(JSON.parse(reply.text)).toMatchObject({ offset: bytes });
  await ended;
  expect(await offsetOf(upload.id)).toBe(bytes);
  const batch = await desk.admin.call(uploads.finishUpload, { params: { uploadId: upload.id } });
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: { read: 300, duplicate: 300 } });
});

test('a start keeps unfinished uploads; bytes behind what was acknowledged are written again', async () => {
  const upload = await begin();
  await append(upload.id, 0, content.slice(0, 5000));
  const path = spoolPath(desk.hub.installation.dataDir, 'eu', upload.id);
  await truncate(path, 9000); // a part that had come and was not acknowledged when the process was killed
  const runner = await startImportRunner(desk.hub.installation);
  await runner.stop();
  expect(await offsetOf(upload.id)).toBe(5000);
  await append(upload.id, 5000, content.slice(5000));
  const batch = await desk.admin.call(uploads.finishUpload, { params: { uploadId: upload.id } });
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject({ state: 'committed', counts: { read: 300, duplicate: 300 } });
});

test('an upload whose bytes are not here, as after a restore, is begun anew', async () => {
  const upload = await begin('gone.csv', 10);
  await append(upload.id, 0, 'abcdefghij');
  await rm(spoolPath(desk.hub.installation.dataDir, 'eu', upload.id));
  const params = { uploadId: upload.id };
  expect(await desk.admin.refusal(uploads.getUpload, { params })).toMatchObject({ code: 'upload_not_found' });
  expect(await desk.admin.refusal(uploads.finishUpload, { params })).toMatchObject({ code: 'upload_not_found' });
});

test('what nobody went on with for seven days is swept, with its bytes', async () => {
  const own = await importDesk();
  const upload = await own.admin.call(uploads.beginUpload, { body: { region: 'eu', fileName: 'old.csv', bytes: 10 } });
  expect(await own.spool()).toContain(upload.id);
  own.hub.clock.advance(6.9 * 86_400_000);
  let runner = await startImportRunner(own.hub.installation);
  await runner.stop();
  expect(await own.spool()).toContain(upload.id);
  own.hub.clock.advance(0.2 * 86_400_000);
  runner = await startImportRunner(own.hub.installation);
  try {
    await until(async () => !(await own.spool()).includes(upload.id));
  } finally {
    await runner.stop();
  }
  expect(await own.hub.asOwner('select 1 from import_upload where id = $1', [upload.id])).toEqual([]);
});

const report = (name: string): string =>
  csvOf([{ 'Call Queue': name, Location: 'Sofia', 'Total Calls': '40', 'Abandoned Calls': '10' }], {
    columns: ['Call Queue', 'Location', 'Total Calls', 'Abandoned Calls'],
  });
const november = { orgUuid: orgOf('known') as OrgUuid, from: '2026-11-01', to: '2026-11-30' };
const inQuery = `region=eu&orgUuid=${november.orgUuid}&from=${november.from}&to=${november.to}`;
const entered = {
  state: 'committed',
  feed: 'webex_call_queue_stats',
  counts: counted({ read: 1, new: 1 }),
  orgUuid: november.orgUuid,
  period: { from: november.from, to: november.to },
};

test('customer and days come with a form as well; a key asks for the same file and the same answers', async () => {
  const form = formOf([{ name: 'file', fileName: 'queues.csv', content: report('By form') }]);
  const keyed = { ...form, headers: { ...form.headers, 'idempotency-key': 'given' } };
  const first = batchIn(await post(keyed, inQuery));
  await desk.drain();
  expect(await desk.get(first)).toMatchObject(entered);
  expect(batchIn(await post(keyed, inQuery))).toMatchObject({ id: first.id, ...entered });
  const others = problemIn(await post(keyed, inQuery.replace(november.to, '2026-11-29')));
  expect(others).toMatchObject({ code: 'idempotency_key_reused' });
  const before = await total();
  const reversed = `region=eu&from=${november.to}&to=${november.from}`;
  expect(problemIn(await post(form, reversed))).toMatchObject({ code: 'range_invalid' });
  expect(await total()).toBe(before);
  expect(await desk.spool()).toEqual([]);
});

test('customer and days come with the finish of an upload in parts, where the wrong way round finishes nothing', async () => {
  const file = report('In parts');
  const upload = await begin('queues.csv', Buffer.byteLength(file));
  await append(upload.id, 0, file);
  const params = { uploadId: upload.id };
  const reversed = { from: november.to, to: november.from };
  expect(await desk.admin.refusal(uploads.finishUpload, { params, query: reversed })).toMatchObject({
    code: 'range_invalid',
  });
  const batch = await desk.admin.call(uploads.finishUpload, { params, query: november });
  await desk.drain();
  expect(await desk.get(batch)).toMatchObject(entered);
  expect(await desk.admin.call(uploads.finishUpload, { params })).toMatchObject({ id: batch.id, ...entered });
  expect(await desk.spool()).toEqual([]);
});
