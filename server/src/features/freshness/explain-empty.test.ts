import { createCustomer } from '@hub/contract/customers';
import * as api from '@hub/contract/freshness';
import type { CustomerId } from '@hub/contract/ids';
import { uploadImport } from '@hub/contract/imports';
import { expect, test } from 'vitest';
import { buildApp } from '../../app.ts';
import { type RegionalStore, StoreFault } from '../../platform/regional-store/index.ts';
import { legRecord, madeUuid } from '../../testing/leg-record.ts';
import { type TestClient, testClient } from '../../testing/test-client.ts';
import { usageHub } from '../../testing/usage-hub.ts';
import type { Ctx } from '../access/index.ts';

const region = 'us';
const on = (org_uuid: string, day: string) => legRecord({ org_uuid, start_time: `${day}T09:30:00.000Z` });
const why = async (
  as: TestClient,
  from: string,
  to: string,
  more: { customerId?: CustomerId; feed?: 'webex_call_queue_stats' } = {},
) => (await as.call(api.explainEmpty, { query: { region, from, to, ...more } })).reasons;

test('never, before, after, a gap and a filter are told apart, of one customer and of all', {
  timeout: 120_000,
}, async () => {
  const usage = await usageHub();
  const { admin } = await usage.hub.partner();
  const one = await usage.customer(admin, 'One', region);
  const other = await usage.customer(admin, 'Other', region);
  expect(await why(admin, '2026-11-01', '2026-11-30')).toEqual([{ code: 'never_imported' }]);
  await usage.load(admin, region, [
    on(one.orgUuid, '2025-03-01'),
    on(one.orgUuid, '2026-11-10'),
    on(other.orgUuid, '2026-11-20'),
  ]);
  const ofOne = { customerId: one.id };
  expect(await why(admin, '2026-11-11', '2026-11-15')).toEqual([
    { code: 'gap', before: '2026-11-10', after: '2026-11-20' },
  ]);
  expect(await why(admin, '2026-11-11', '2026-11-15', ofOne)).toEqual([
    { code: 'ended_before', lastDay: '2026-11-10' },
  ]);
  expect(await why(admin, '2025-01-01', '2025-02-28', ofOne)).toEqual([
    { code: 'begins_later', firstDay: '2025-03-01' },
  ]);
  expect(await why(admin, '2026-10-01', '2026-11-09', ofOne)).toEqual([
    { code: 'gap', before: '2025-03-01', after: '2026-11-10' },
  ]);
  expect(await why(admin, '2026-11-10', '2026-11-10', ofOne)).toEqual([{ code: 'filtered', records: 1 }]);
  expect(await why(admin, '2026-11-01', '2026-11-30', { feed: 'webex_call_queue_stats' })).toEqual([
    { code: 'never_imported' },
  ]);
  const unlinked = await admin.call(createCustomer, { body: { name: 'Not linked', country: 'US' } });
  expect(await why(admin, '2026-11-01', '2026-11-30', { customerId: unlinked.id })).toEqual([{ code: 'not_linked' }]);
});

test('statistics of a period answer for each of its days', async () => {
  const usage = await usageHub();
  const { admin } = await usage.hub.partner();
  const { id: customerId, orgUuid } = await usage.customer(admin, 'Queues', region);
  await admin.upload(uploadImport, {
    query: { region, fileName: 'queues.csv', orgUuid, from: '2026-11-09', to: '2026-11-15' },
    body: 'Call Queue,Location,Total Calls,Abandoned Calls\r\nFront desk,Sofia,40,10\r\n',
  });
  await usage.settle(admin);
  const of = { customerId, feed: 'webex_call_queue_stats' } as const;
  expect(await why(admin, '2026-11-12', '2026-11-13', of)).toEqual([{ code: 'filtered', records: 1 }]);
  expect(await why(admin, '2026-11-16', '2026-11-20', of)).toEqual([{ code: 'ended_before', lastDay: '2026-11-15' }]);
  expect(await why(admin, '2026-11-01', '2026-11-08', of)).toEqual([{ code: 'begins_later', firstDay: '2026-11-09' }]);
});

test('held rows, imports that wait and one that failed stand beside the reason, for whoever may see imports', async () => {
  const usage = await usageHub();
  const { admin, partnerId } = await usage.hub.partner();
  const unknown = madeUuid();
  await usage.load(admin, region, [on(unknown, '2026-11-10'), on(unknown, '2026-11-11')]);
  const held = { code: 'held', rows: 2, organizations: 1 };
  expect(await why(admin, '2026-11-01', '2026-11-30')).toEqual([{ code: 'never_imported' }, held]);

  const kept = await admin.upload(uploadImport, {
    query: { region, fileName: 'strange.csv' },
    body: 'when,who\n2026-11-20,Ada\n',
  });
  await usage.settle(admin);
  const failed = {
    code: 'import_failed',
    importId: kept.id,
    number: kept.number,
    fileName: 'strange.csv',
    isKept: true,
  };
  expect(await why(admin, '2026-11-01', '2026-11-30')).toEqual([{ code: 'never_imported' }, held, failed]);
  // Of another feed's files this says nothing; that of an unknown one may be of any.
  expect(await why(admin, '2026-11-01', '2026-11-30', { feed: 'webex_call_queue_stats' })).toContainEqual(failed);

  // What was given for one organization is told of no other.
  await usage.hub.asOwner('update import_batch set org_uuid = $1 where id = $2', [madeUuid(), kept.id]);
  const other = await usage.customer(admin, 'Other', region);
  expect(await why(admin, '2026-11-01', '2026-11-30', { customerId: other.id })).toEqual([{ code: 'never_imported' }]);
  expect(await why(admin, '2026-11-01', '2026-11-30')).toContainEqual(failed);
  await usage.hub.asOwner('update import_batch set org_uuid = null where id = $1', [kept.id]);

  // A failure whose file is gone is told only while nothing has come in since.
  await usage.hub.asOwner('update import_batch set spool_name = null where id = $1', [kept.id]);
  expect(await why(admin, '2026-11-01', '2026-11-30')).toContainEqual({ ...failed, isKept: false });
  const linked = await usage.customer(admin, 'Linked', region);
  await usage.load(admin, region, [on(linked.orgUuid, '2025-11-10')]);
  expect(await why(admin, '2026-11-01', '2026-11-30')).toEqual([{ code: 'ended_before', lastDay: '2025-11-10' }, held]);
  // Nobody of the customer's waits.
  expect(await why(admin, '2026-11-01', '2026-11-30', { customerId: linked.id })).toEqual([
    { code: 'ended_before', lastDay: '2025-11-10' },
  ]);

  // Nobody of the running hub may take it before it was asked about.
  await usage.hub.asOwner(
    `insert into import_batch (id, partner_id, region, source, file_name, file_bytes, created_at)
     values ($1, $2, $3, 'upload', 'queued.csv', 1, now())`,
    [usage.hub.clock.id(), partnerId, region],
  );
  expect(await why(admin, '2026-11-01', '2026-11-30')).toContainEqual({ code: 'import_underway', imports: 1 });

  const pia = await usage.hub.person(partnerId, 'partner_admin');
  expect(await why(pia.client, '2026-11-01', '2026-11-30')).toEqual([{ code: 'never_imported' }]);
});

test('a region that does not answer is the reason itself, a mistake of ours is not', async () => {
  const usage = await usageHub();
  const { admin } = await usage.hub.partner();
  const { installation } = usage.hub;
  const asking = async (fault: () => Error): Promise<TestClient> => {
    const store = installation.stores.get(region) as RegionalStore;
    const broken: RegionalStore = { ...store, ask: () => Promise.reject(fault()) };
    const stores: Ctx['stores'] = new Map([...installation.stores, [region, broken]]);
    const app = await buildApp({ ...installation, stores });
    return testClient({ app, listen: () => Promise.reject(new Error('not needed')), credentials: admin.credentials });
  };
  const away = await asking(() => StoreFault.unavailable(region, 'gone'));
  expect(await why(away, '2026-11-01', '2026-11-30')).toEqual([{ code: 'region_away' }]);
  const query = { region, from: '2026-11-01', to: '2026-11-30' } as const;
  expect(await (await asking(() => new TypeError('ours'))).refusal(api.explainEmpty, { query })).toMatchObject({
    code: 'internal',
  });
  const slow = await asking(() => StoreFault.of(region, new Error('Code: 159. DB::Exception: Timeout exceeded')));
  expect(await slow.refusal(api.explainEmpty, { query })).toMatchObject({ code: 'question_too_slow' });
  expect(await away.refusal(api.listFreshness, { query: { region } })).toMatchObject({ code: 'region_unavailable' });
  expect(
    await admin.refusal(api.explainEmpty, { query: { ...query, from: '2026-12-01', to: '2026-11-30' } }),
  ).toMatchObject({ code: 'range_invalid' });
});
