import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask, OutboundFault, type OutboundRules } from './index.ts';
import { mayReach } from './outbound-rules.ts';

const strict: OutboundRules = { allowsLoopbackHttp: false, networks: [] };
const forTests: OutboundRules = { allowsLoopbackHttp: true, networks: [] };
const office: OutboundRules = { allowsLoopbackHttp: false, networks: ['10.20.0.0/16', 'fd12::/16', '192.168.7.7'] };

let asked = 0;
const server = createServer((_request, response) => {
  asked += 1;
  response.end('hello');
});
let port = 0;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

const asking = (rules: OutboundRules, url: string) =>
  ask(rules, {
    url: new URL(url),
    headers: {},
    limitBytes: 1000,
    idleMilliseconds: 5000,
    totalMilliseconds: 5000,
    signal: new AbortController().signal,
  });
const faultOf = async (rules: OutboundRules, url: string): Promise<string | undefined> =>
  asking(rules, url).then(
    () => undefined,
    (error: unknown) => (error instanceof OutboundFault ? error.kind : String(error)),
  );

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:a00:1',
  '64:ff9b::a00:1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  '2002:a00:1::',
])('%s is nobody to ask', (address) => {
  expect(mayReach(strict, address, 'https:')).toBe(false);
  expect(mayReach(forTests, address, 'https:')).toBe(false);
});

test('public addresses are reached, and private ones that the operator names', () => {
  for (const address of ['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:1.1.1.1'])
    expect([address, mayReach(strict, address, 'https:')]).toEqual([address, true]);
  for (const address of ['10.20.30.40', 'fd12::1', '192.168.7.7', '::ffff:10.20.0.1'])
    expect([address, mayReach(office, address, 'https:')]).toEqual([address, true]);
  for (const address of ['10.21.0.1', '192.168.7.8', '127.0.0.1'])
    expect([address, mayReach(office, address, 'https:')]).toEqual([address, false]);
});

test('plain HTTP goes to this machine, where that is allowed, and nowhere else', async () => {
  expect((await asking(forTests, `http://127.0.0.1:${port}/`)).body.toString()).toBe('hello');
  for (const address of ['1.1.1.1', '10.20.0.1']) expect(mayReach(forTests, address, 'http:')).toBe(false);
  expect(await faultOf(strict, `http://127.0.0.1:${port}/`)).toBe('address_refused');
});

test('a name is judged by what it resolves to, when it is asked', async () => {
  const before = asked;
  for (const rules of [strict, forTests, office])
    expect(await faultOf(rules, `https://localhost:${port}/`)).toBe('address_refused');
  expect(await faultOf(strict, `http://localhost:${port}/`)).toBe('address_refused');
  expect(asked).toBe(before);
});
