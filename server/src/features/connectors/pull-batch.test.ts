import { appendFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Connector, listConnectorOrganizations, pauseConnector } from '@hub/contract/connectors';
import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import { afterAll, expect, test } from 'vitest';
import { madeUuid } from '../../testing/leg-record.ts';
import { spoolPath } from '../imports/index.ts';
import { type Move, moveOrganization } from './organization-queries.ts';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { openBatch, type PullBatch } from './pull-batch.ts';
import { RunOver } from './pull-fault.ts';
import { hour, type Pulling, pulling } from './test-support.ts';

const opened: Pulling[] = [];
afterAll(async () => {
  for (const each of opened) await each.close();
});

/** A connector that knows its one organization, and a batch for it. */
async function batched(): Promise<{
  world: Pulling;
  connector: Connector;
  orgUuid: OrgUuid;
  batch: PullBatch<Move>;
  folder: string;
}> {
  const world = await pulling();
  opened.push(world);
  const { hub, partner, mock } = world;
  const orgUuid = madeUuid() as OrgUuid;
  mock.organizations.push({ orgUuid, name: 'Acme' });
  await partner.admin.call(createCustomer, { body: { name: 'Acme', country: 'US', orgUuid } });
  const connector = await world.make();
  mock.keepsWaiting = ({ path }) => path === '/cdr_stream'; // the organizations are listed, nothing is fetched
  await world.pull(connector);
  const ctx = hub.ctx(partner.partnerId, { kind: 'system', partnerId: partner.partnerId });
  const advance = (tx: TenantTx, move: Move) => moveOrganization(tx, connector.id, move, hub.clock.now());
  const join = (earlier: Move, later: Move): Move => ({ ...later, before: earlier.before });
  const batch = openBatch(ctx, { connectorId: connector.id, version: 1, name: 'Webex', advance, join }, 'us');
  return { world, connector, orgUuid, batch, folder: dirname(spoolPath(ctx.dataDir, 'us', 'x')) };
}

const nothing = { pulledTo: null, backFrom: null, backTo: null };
const recordOf = (world: Pulling, orgUuid: string): Record<string, unknown> => {
  const { report_id, start_time, report_time } = world.call(orgUuid, { began: hour, inserted: hour });
  return {
    'Report ID': report_id,
    'Org UUID': orgUuid,
    'Start time': start_time,
    'Report time': report_time,
    Duration: 5,
  };
};

test('what a failed write or a broken window left behind the end is not handed over', async () => {
  const { world, orgUuid, batch, folder } = await batched();
  const full = (name: string) => ({ ...recordOf(world, orgUuid), ...wide, User: name });
  await batch.append([full('kept')]);
  const before = batch.bytes;
  await batch.append([full('taken back'), full('taken back')]);
  batch.rewind(before);
  const [file = ''] = (await readdir(folder)).filter((name) => name.endsWith('.pull'));
  await appendFile(join(folder, file), '{"Report ID": "half of a rec');
  batch.note({
    orgUuid,
    before: nothing,
    after: { ...nothing, pulledTo: world.hub.clock.now() },
    backFloor: null,
    origin: null,
    isWhole: true,
  });
  await batch.handOver();
  expect((await world.imported()).map(({ state, counts }) => [state, counts?.read, counts?.new])).toEqual([
    ['committed', 1, 1],
  ]);
  expect((await readdir(folder)).filter((name) => name.endsWith('.pull'))).toEqual([]);
});

test.each(['paused', 'elsewhere'] as const)(
  'nothing is handed over where the run is no longer wanted: %s',
  async (why) => {
    const { world, connector, orgUuid, batch, folder } = await batched();
    const { admin } = world.partner;
    const params = { connectorId: connector.id };
    await batch.append([{ ...recordOf(world, orgUuid), ...wide }]);
    // Another worker has moved it on meanwhile.
    const before = why === 'elsewhere' ? { ...nothing, pulledTo: new Date(0) } : nothing;
    const after = { ...nothing, pulledTo: world.hub.clock.now() };
    batch.note({ orgUuid, before, after, backFloor: null, origin: null, isWhole: true });
    if (why === 'paused') await admin.call(pauseConnector, { params });
    await expect(batch.handOver()).rejects.toThrow(RunOver);
    await batch.drop();
    expect(await world.imported()).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
    const { items } = await admin.call(listConnectorOrganizations, { params });
    expect(items.map(({ pulledTo }) => pulledTo)).toEqual([null]);
  },
);

// Enough of the columns for the file to be recognised.
const wide = {
  Direction: 'ORIGINATING',
  Location: 'Sofia',
  Answered: 'true',
  'User type': 'User',
  'Client type': 'WXC_CLIENT',
  'Call ID': 'x',
  'Correlation ID': '',
  'User UUID': '',
  Model: '',
  'OS type': '',
  'Answer time': '',
  'Call outcome': 'Success',
};
