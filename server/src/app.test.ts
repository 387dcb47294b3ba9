import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allEndpoints } from '@hub/contract/api';
import { createCustomer, listCustomers } from '@hub/contract/customers';
import { changeProfile, getSession, signIn } from '@hub/contract/sessions';
import { afterAll, describe, expect, test } from 'vitest';
import { buildApp } from './app.ts';
import { connectDirectory } from './platform/directory/directory.ts';
import { testHub } from './testing/test-hub.ts';

test('a field that the contract does not name is refused by name, in a query and in a body', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const body = { name: 'Acme', country: 'BG', asign: ['x'] };
  expect(await admin.refusal(createCustomer, { body })).toMatchObject({
    code: 'invalid_request',
    data: { issues: 'body.asign: there is no such field' },
  });
  const reply = await admin.raw({ method: 'GET', url: '/api/customers?limt=5' });
  expect([reply.status, reply.text]).toEqual([400, expect.stringContaining('query.limt: there is no such field')]);
});

test('of a request that is not valid the first wrong field is told by name, reason and limit', async () => {
  const hub = await testHub();
  const { admin } = await hub.partner();
  const faults: [body: Record<string, unknown>, data: Record<string, unknown>][] = [
    [{ country: 'BG' }, { field: 'name', why: 'missing' }],
    [
      { name: '', country: 'BG' },
      { field: 'name', why: 'missing' },
    ],
    [
      { name: ' \t ', country: 'BG' },
      { field: 'name', why: 'missing' },
    ],
    [
      { name: 'x'.repeat(5000), country: 'BG' },
      { field: 'name', why: 'above', limit: expect.any(Number) },
    ],
    [
      { name: 7, country: 'BG' },
      { field: 'name', why: 'unreadable' },
    ],
    [
      { name: 'Acme', country: 'BG', asign: 1 },
      { field: 'asign', why: 'unknown' },
    ],
  ];
  for (const [body, data] of faults)
    expect(await admin.refusal(createCustomer, { body: body as never })).toMatchObject({
      code: 'invalid_request',
      data,
    });
  const problemOf = async (url: string): Promise<unknown> =>
    JSON.parse((await admin.raw({ method: 'GET', url })).text) as unknown;
  expect(await problemOf('/api/imports?limit=201')).toMatchObject({
    data: { field: 'limit', why: 'above', limit: 200 },
  });
  expect(await problemOf('/api/imports?limit=0')).toMatchObject({
    data: { field: 'limit', why: 'below', limit: 1 },
  });
  expect(await problemOf('/api/imports?state=lost')).toMatchObject({ data: { field: 'state', why: 'not_listed' } });
});

test('every endpoint of the contract has a route', async () => {
  const { app } = await testHub();
  await app.ready();
  const missing = Object.values(allEndpoints).filter(
    (endpoint) => !app.hasRoute({ method: endpoint.method, url: endpoint.path }),
  );
  expect(missing).toEqual([]);
});

describe('a refusal', () => {
  test.each([
    ['GET', '/api/nowhere'],
    ['GET', '/api'],
    ['GET', '/api?x=1'],
    ['PUT', '/api/customers'],
    ['POST', '/somewhere'],
  ])('of %s %s is a problem with status 404 and the tracking ID of the response', async (method, url) => {
    const { stranger } = await testHub();
    const reply = await stranger().raw({ method, url });
    expect(reply.status).toBe(404);
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const problem = JSON.parse(reply.text) as Record<string, unknown>;
    expect(problem).toMatchObject({ type: '/docs/errors#not_found', status: 404, code: 'not_found', data: {} });
    expect(problem['trackingId']).toMatch(/^ph-[0-9a-f]{4}-[0-9a-f]{4}$/);
    expect(reply.headers['x-tracking-id']).toBe(problem['trackingId']);
  });

  test.each([
    ['malformed JSON', 'application/json', '{"email": '],
    ['an empty body', 'application/json', ''],
    ['no object', 'application/json', '[1, 2]'],
    [
      'a polluting key',
      'application/json',
      '{"__proto__": {"admin": true}, "email": "a@example.com", "password": "x"}',
    ],
    ['a form of another site', 'text/plain', '{"email": "a@example.com", "password": "x"}'],
    ['a form', 'application/x-www-form-urlencoded', 'email=a%40example.com&password=x'],
    [
      'a megabyte too much',
      'application/json',
      JSON.stringify({ email: 'a@example.com', password: 'x'.repeat(1_100_000) }),
    ],
    ['the character NUL', 'application/json', JSON.stringify({ email: 'a@example.com', password: 'a\0b' })],
  ])('of %s has status 400', async (_, type, body) => {
    const { stranger, logged } = await testHub();
    const reply = await stranger().raw({
      method: signIn.method,
      url: signIn.path,
      headers: { 'content-type': type },
      body,
    });
    expect(reply.status).toBe(400);
    expect(JSON.parse(reply.text)).toMatchObject({ code: 'invalid_request' });
    expect(logged.filter((line) => Number(line['level']) > 30)).toEqual([]);
  });

  test('of an address that cannot be read is a problem too', async () => {
    const { stranger } = await testHub();
    const reply = await stranger().raw({ method: 'GET', url: '/api/imports/%zz' });
    expect(JSON.parse(reply.text)).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(reply.headers['x-tracking-id']).toBeDefined();
  });

  test.each([
    ['a limit of 0', '?limit=0'],
    ['a limit that is no number', '?limit=many'],
    ['an order nobody knows', '?sort=mars'],
    ['a field twice', '?filter=a&filter=b'],
    ['the character NUL', '?filter=a%00b'],
  ])('of %s names the field', async (_, query) => {
    const { admin } = await (await testHub()).partner();
    const reply = await admin.raw({ method: 'GET', url: listCustomers.path + query });
    const problem = JSON.parse(reply.text) as { status: number; data: { issues: string } };
    expect(problem.status).toBe(400);
    expect(problem.data.issues).toMatch(/^query/);
  });

  test('of what nobody foresaw tells the tracking ID only; the log has the cause', async () => {
    const hub = await testHub();
    const lost = connectDirectory({ ...hub.applicationConnection, database: 'postgres' }); // without a single table
    const app = await buildApp({ ...hub.installation, directory: lost });
    const reply = await app.inject({ method: 'GET', url: '/api/setup' });
    const problem = reply.json<Record<string, unknown>>();
    expect(problem).toEqual({
      type: '/docs/errors#internal',
      title: 'Something failed on our side. Name the tracking ID when you ask for help.',
      status: 500,
      code: 'internal',
      data: {},
      trackingId: reply.headers['x-tracking-id'],
    });
    const line = hub.logged.find((entry) => entry['level'] === 50);
    expect(line).toMatchObject({ trackingId: problem['trackingId'], route: '/api/setup', err: { code: '42P01' } });
    await app.close();
    await lost.destroy();
  });

  test('while the directory is away says so, and to try again', async () => {
    const hub = await testHub();
    const away = connectDirectory({ host: '/nowhere', user: 'nobody', database: 'none' });
    const app = await buildApp({ ...hub.installation, directory: away });
    const reply = await app.inject({ method: 'GET', url: '/api/setup' });
    expect(reply.json()).toMatchObject({ status: 503, code: 'directory_unavailable' });
    expect(hub.logged.find((entry) => entry['level'] === 40)).toMatchObject({ err: { code: 'ENOENT' } });
    await app.close();
    await away.destroy();
  });
});

describe('a request that writes', () => {
  test('needs the token of the session, and no other site may send it', async () => {
    const hub = await testHub();
    const [one, two] = [await hub.partner(), await hub.partner()];
    const write = (headers: Record<string, string>) =>
      one.admin.raw({
        method: 'PATCH',
        url: changeProfile.path,
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"name":"Changed"}',
      });
    const refused = [
      await write({ 'x-hub-csrf': '' }),
      await write({ 'x-hub-csrf': two.admin.credentials.csrfToken ?? '' }),
      await write({ origin: 'https://evil.example' }),
      await write({ 'sec-fetch-site': 'cross-site' }),
      await write({ 'sec-fetch-site': 'same-site' }),
    ];
    expect(refused.map((reply) => [reply.status, (JSON.parse(reply.text) as { code: string }).code])).toEqual(
      refused.map(() => [403, 'csrf_failed']),
    );
    expect((await one.admin.call(getSession)).person.name).not.toBe('Changed');
    expect(
      (await write({ 'sec-fetch-site': 'same-origin', origin: 'http://localhost:80', host: 'localhost' })).status,
    ).toBe(204);
  });

  test('to sign in is refused from another site’s page', async () => {
    const { stranger } = await testHub();
    const reply = await stranger().raw({
      method: 'POST',
      url: signIn.path,
      headers: { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' },
      body: '{"email":"a@example.com","password":"x"}',
    });
    expect(reply.status).toBe(403);
  });
});

describe('a response', () => {
  test('tells the browser what to refuse; over plain http it does not demand https', async () => {
    const { stranger } = await testHub();
    const { headers } = await stranger().raw({ method: 'GET', url: '/api/setup' });
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;font-src 'self';connect-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'",
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect(headers['strict-transport-security']).toBeUndefined();
  });

  test('over https demands https and makes the cookie secure; a proxy is believed only where it was said to be there', async () => {
    const hub = await testHub();
    const behindProxy = await buildApp(hub.installation, { trustedProxies: ['127.0.0.1'] });
    const asked = { method: 'GET', url: '/api/setup', headers: { 'x-forwarded-proto': 'https' } } as const;
    const { headers } = await behindProxy.inject(asked);
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
    expect((await hub.app.inject(asked)).headers['strict-transport-security']).toBeUndefined();
    await behindProxy.close();
  });

  test('of more than a kilobyte is compressed as the browser may have it', async () => {
    const hub = await testHub();
    const { admin } = await hub.partner();
    for (let index = 0; index < 10; index += 1)
      await admin.call(createCustomer, { body: { name: `A rather long name ${index}`, country: 'US' } });
    const ask = (encoding: string) =>
      admin.raw({ method: 'GET', url: listCustomers.path, headers: { 'accept-encoding': encoding } });
    expect((await ask('gzip, br')).headers['content-encoding']).toBe('br');
    expect((await ask('gzip')).headers['content-encoding']).toBe('gzip');
    expect((await ask('identity')).headers['content-encoding']).toBeUndefined();
  });

  test('leaves a line in the log with the ids of who asked, and without what they searched for', async () => {
    const hub = await testHub();
    const { admin, adminId, partnerId } = await hub.partner();
    await admin.call(listCustomers, { query: { filter: 'confidential' } });
    expect(hub.logged.at(-1)).toMatchObject({ msg: 'answered', method: 'GET', route: '/api/customers', status: 200 });
    expect(hub.logged.at(-1)).toMatchObject({ personId: adminId, partnerId });
    expect(JSON.stringify(hub.logged)).not.toContain('confidential');
  });
});

describe('the page', () => {
  const folders: string[] = [];
  afterAll(async () => {
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  });

  async function builtPage(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'hub-page-'));
    folders.push(folder);
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), '<!doctype html><title>Built</title>');
    await writeFile(join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(folder, 'assets/app-1a2b3c.js'), `export const text = '${'x'.repeat(5000)}';`);
    return folder;
  }

  test('a filter at its limit is read in every script, and one beyond it or beyond HTTP is refused in words', async () => {
    const hub = await testHub();
    const { admin } = await hub.partner();
    const app = await buildApp(hub.installation, { pageDir: await builtPage() });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const headers = { cookie: admin.credentials.cookie ?? '' };
    const ask = (path: string, filter: string) => fetch(`${address}${path}${encodeURIComponent(filter)}`, { headers });
    try {
      for (const letter of ['ж', '한', '𝒳', 'a']) {
        const atLimit = letter.repeat(4000 / letter.length);
        expect((await ask('/api/customers?filter=', atLimit)).status).toBe(200);
        const beyond = await ask('/api/customers?filter=', `${atLimit}${letter}`);
        expect(await beyond.json()).toMatchObject({ status: 400, code: 'filter_too_long' });
        expect((await ask('/customers?q=', letter.repeat(20_000 / letter.length))).status).toBe(200);
      }
      const tooLarge = await ask('/api/customers?filter=', 'ж'.repeat(100_000));
      expect([tooLarge.status, tooLarge.headers.get('content-type')]).toEqual([
        431,
        'application/problem+json; charset=utf-8',
      ]);
      const problem = (await tooLarge.json()) as { title: string };
      expect(problem).toMatchObject({
        code: 'request_headers_too_large',
        trackingId: tooLarge.headers.get('x-tracking-id'),
      });
      expect(problem.title).toContain('256384 bytes');
    } finally {
      await app.close();
    }
  });

  test('answers every address that is not the interface’s; hashed files are kept for ever, the page never', async () => {
    const hub = await testHub();
    const app = await buildApp(hub.installation, { pageDir: await builtPage() });
    const get = (url: string, headers = {}) => app.inject({ method: 'GET', url, headers });
    for (const url of ['/', '/customers', '/imports/B-7?tab=held', '/apiary']) {
      const page = await get(url);
      expect([url, page.statusCode, page.payload, page.headers['cache-control']]).toEqual([
        url,
        200,
        '<!doctype html><title>Built</title>',
        'no-cache',
      ]);
    }
    const script = await get('/assets/app-1a2b3c.js', { 'accept-encoding': 'br' });
    expect(script.headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
    });
    expect((await get('/favicon.svg')).headers['cache-control']).toBe('no-cache');
    expect((await get('/assets/app-of-yesterday.js')).statusCode).toBe(404);
    expect((await get('/api/nowhere')).json()).toMatchObject({ code: 'not_found' });
    for (const url of [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/package.json',
      '/.env',
      '/assets',
      '/assets/',
    ]) {
      const reply = await get(url);
      expect(reply.statusCode).toBeLessThan(500);
      expect(reply.payload).not.toContain('partner-hub');
    }
    await app.close();
  });

  test('says what to do where it has not been built', async () => {
    const hub = await testHub();
    const app = await buildApp(hub.installation, { pageDir: '/nowhere' });
    const page = await app.inject({ method: 'GET', url: '/' });
    expect([page.statusCode, page.headers['content-type']]).toEqual([503, 'text/html; charset=utf-8']);
    expect(page.payload).toContain('npm run build');
    await app.close();
  });
});
