import {
  changeConnector,
  type Connector,
  listConnectors,
  pauseConnector,
  removeConnector,
} from '@hub/contract/connectors';
import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { type Answering, misbehaving } from '../../testing/mock-webex.ts';
import { until } from '../../testing/spawn-hub.ts';
import { type ConnectorRunner, startConnectorRunner } from './connector-runner.ts';
import { hour, minute, type Pulling, pulling, quick } from './test-support.ts';

let world: Pulling;
const runners: ConnectorRunner[] = [];
beforeEach(async () => {
  world = await pulling({ isAlone: true });
});
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
  await world.close();
});

function start(patience = quick): ConnectorRunner {
  const runner = startConnectorRunner(world.hub.installation, { pollsEvery: 20, patience });
  runners.push(runner);
  return runner;
}

async function organization(name: string): Promise<OrgUuid> {
  const orgUuid = madeUuid() as OrgUuid;
  world.mock.organizations.push({ orgUuid, name });
  await world.partner.admin.call(createCustomer, { body: { name, country: 'US', orgUuid } });
  return orgUuid;
}

const connectorNow = async () => (await world.partner.admin.call(listConnectors)).items[0];
const asked = (path: string): number => world.mock.requests.filter((request) => request.path === path).length;

/** Answers when it is let go. */
function held(): { answering: Answering; letGo: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return {
    answering: (_request, response) => void promise.then(() => response.end('{"items":[]}')),
    letGo: resolve,
  };
}

test('it runs when it is due, by its schedule, and not in between', async () => {
  const { hub, make } = world;
  await make();
  start();
  await until(async () => (await connectorNow())?.lastRunAt !== null);
  expect(asked('/organizations')).toBe(1);
  hub.clock.advance(14 * minute);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(asked('/organizations')).toBe(1);
  hub.clock.advance(minute);
  await until(() => asked('/organizations') === 2);
});

test('of two workers one runs a connector; where it ends, the other goes on', async () => {
  const { mock, make } = world;
  await organization('Acme');
  const { answering, letGo } = held();
  mock.script('/organizations', answering);
  await make();
  const first = start({ ...quick, idleMilliseconds: 60_000, totalMilliseconds: 60_000 });
  await until(() => asked('/organizations') === 1);
  start();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(asked('/organizations')).toBe(1);
  await first.stop(); // in the middle of its request
  letGo();
  await until(async () => (await connectorNow())?.lastSuccessAt !== null);
  expect(asked('/organizations')).toBe(2);
});

test('stopping does not wait for a provider that asked for patience', async () => {
  const { mock, make } = world;
  mock.script('/organizations', misbehaving.status(429, { 'retry-after': '200' }));
  await make();
  const runner = start({ ...quick, longestWaitSeconds: 300 });
  await until(() => asked('/organizations') === 1);
  const began = performance.now();
  await runner.stop();
  expect(performance.now() - began).toBeLessThan(60_000); // of 200 s
});

/** A run whose first answer about calls is held back. */
async function inTheMiddle(): Promise<{ connector: Connector; letGo: () => void }> {
  const [acme] = [await organization('Acme'), await organization('Beta')];
  world.call(acme, { began: hour, inserted: hour });
  const { answering, letGo } = held();
  world.mock.script('/cdr_stream', answering);
  const connector = await world.make();
  start({ ...quick, idleMilliseconds: 60_000, totalMilliseconds: 60_000 });
  await until(() => asked('/cdr_stream') === 1);
  return { connector, letGo };
}

test.each([
  ['paused', pauseConnector],
  ['removed', removeConnector],
] as const)('one that is %s in the middle of a run takes nothing more in', async (_how, endpoint) => {
  const { connector, letGo } = await inTheMiddle();
  await world.partner.admin.call(endpoint, { params: { connectorId: connector.id } });
  letGo();
  await until(async () => {
    const rows = await world.hub.asOwner<{ running_since: Date | null }>(
      'select running_since from connector where id = $1',
      [connector.id],
    );
    return rows.every(({ running_since }) => running_since === null);
  });
  expect(await world.imported()).toEqual([]);
});

test('one that is changed in the middle of a run begins anew as it is now', async () => {
  const { connector, letGo } = await inTheMiddle();
  const { name, baseUrl, callsUrl, otherDomains, region, backDays, pullsUnlinked, addsIn } = connector;
  const choices = { name, baseUrl, callsUrl, otherDomains, region, backDays, pullsUnlinked, addsIn };
  await world.partner.admin.call(changeConnector, {
    params: { connectorId: connector.id },
    body: { ...choices, everyMinutes: 60, version: 1 },
  });
  letGo();
  await until(async () => (await connectorNow())?.lastSuccessAt !== null);
  expect((await world.imported()).map(({ counts }) => counts?.new)).toEqual([1]);
});
