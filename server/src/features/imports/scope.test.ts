import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { assignCustomers, removeAdministrator } from '@hub/contract/administrators';
import { createCustomer } from '@hub/contract/customers';
import type { OrgUuid } from '@hub/contract/ids';
import * as api from '@hub/contract/imports';
import { expect, test } from 'vitest';
import { callHistoryCsv, legRecord, madeUuid } from '../../testing/leg-record.ts';
import { until } from '../../testing/spawn-hub.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { testHub } from '../../testing/test-hub.ts';
import { startImportRunner } from './index.ts';

const query = { region: 'us', fileName: 'calls.csv' } as const;

async function deskOfTwo() {
  const hub = await testHub();
  const { admin, partnerId } = await hub.partner();
  const pia = await hub.person(partnerId, 'partner_admin');
  const orgUuid = madeUuid() as OrgUuid;
  const customer = await admin.call(createCustomer, { body: { name: 'Acme', country: 'US', orgUuid } });
  /** Starts the product's imports, waits until nothing waits, and stops them. */
  const work = async () => {
    const runner = await startImportRunner(hub.installation);
    try {
      await until(async () => (await hub.asOwner('select 1 from import_task')).length === 0);
    } finally {
      await runner.stop();
    }
  };
  const load = async (as: TestClient, orgs: readonly string[]) => {
    const body = callHistoryCsv(orgs.map((org_uuid) => legRecord({ org_uuid })));
    const { id } = await as.upload(api.uploadImport, { query, body });
    await work();
    return as.call(api.getImport, { params: { importId: id } });
  };
  const releases = async () =>
    (await admin.call(api.listImports)).items.filter((item) => item.source === 'release').map((item) => item.counts);
  return { hub, partnerId, admin, pia, orgUuid, customer, work, load, releases };
}

test('a start releases what waits for a link, and not what waits because its uploader has not the customer', async () => {
  const { admin, pia, orgUuid, customer, work, load, releases } = await deskOfTwo();
  await work(); // the release that came with the customer found nothing
  expect((await load(pia.client, [orgUuid])).counts).toMatchObject({ held: 1, new: 0 });
  await work();
  expect(await releases()).toEqual([]);
  await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [customer.id] } });
  await work();
  expect(await releases()).toMatchObject([{ read: 1, new: 1 }]);
});

test('what waited enters at the next start where a stop came between the assignment and its release', async () => {
  const { hub, pia, orgUuid, customer, load, releases } = await deskOfTwo();
  await load(pia.client, [orgUuid]);
  await hub.asOwner(
    'insert into assignment (partner_id, person_id, customer_id) select partner_id, $1, id from customer where id = $2',
    [pia.personId, customer.id],
  );
  // What waits is looked for once the queue runs, so an empty queue says nothing yet.
  const runner = await startImportRunner(hub.installation);
  await until(async () => (await releases()).some((counts) => counts?.new === 1));
  await runner.stop();
  expect(await releases()).toMatchObject([{ read: 1, new: 1 }]);
});

test('an assignment while the file still waits lets its rows in', async () => {
  const { admin, pia, orgUuid, customer, work } = await deskOfTwo();
  const body = callHistoryCsv([legRecord({ org_uuid: orgUuid })]);
  const { id } = await pia.client.upload(api.uploadImport, { query, body });
  await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [customer.id] } });
  await work();
  expect(await admin.call(api.getImport, { params: { importId: id } })).toMatchObject({ counts: { new: 1, held: 0 } });
});

test('the same file of somebody else is not named to who sees only their own', async () => {
  const { admin, pia } = await deskOfTwo();
  const body = callHistoryCsv([legRecord({ org_uuid: madeUuid() })]);
  const hub = await testHub();
  const ended = async (as: TestClient) => {
    const { id } = await as.upload(api.uploadImport, { query, body });
    const runner = await startImportRunner(hub.installation);
    await until(async () => (await as.call(api.getImport, { params: { importId: id } })).state === 'committed');
    await runner.stop();
    return (await as.call(api.getImport, { params: { importId: id } })).notes.map((note) => note.code);
  };
  expect(await ended(admin)).not.toContain('same_file');
  expect(await ended(pia.client)).not.toContain('same_file');
  expect(await ended(pia.client)).toContain('same_file');
});

test('a full administrator sees what waits for want of an assignment, and lets it in', async () => {
  const { admin, pia, orgUuid, customer, work, load, releases } = await deskOfTwo();
  await load(pia.client, [orgUuid]);
  const held = await admin.call(api.listHeldOrganizations, { query: { region: 'us' } });
  expect(held.items).toMatchObject([{ orgUuid, reason: 'not_assigned', rows: 1, customer: { id: customer.id } }]);
  const params = { region: 'us', orgUuid } as const;
  expect(await pia.client.refusal(api.releaseHeldRows, { params })).toMatchObject({ code: 'held_not_found' });
  await admin.call(api.releaseHeldRows, { params });
  expect((await admin.call(api.listHeldOrganizations, { query: { region: 'us' } })).items).toEqual([]);
  await work();
  expect(await releases()).toMatchObject([{ read: 1, new: 1 }]);
});

test('rows that somebody brought to an organization that is not theirs enter with nobody else’s assignment', async () => {
  const { hub, partnerId, admin, pia, orgUuid, customer, work, load, releases } = await deskOfTwo();
  const genuine = legRecord({ org_uuid: orgUuid });
  const body = (record: typeof genuine) => callHistoryCsv([record]);
  await admin.upload(api.uploadImport, { query, body: body(genuine) });
  await work();
  const forged = { ...genuine, report_time: '2026-11-30T23:59:59.000Z', duration: 99_999 };
  await pia.client.upload(api.uploadImport, { query, body: body(forged) });
  await work();
  const pio = await hub.person(partnerId, 'partner_admin');
  await admin.call(assignCustomers, { params: { personId: pio.personId }, body: { add: [customer.id] } });
  await work();
  expect(await releases()).toEqual([]);
  const held = await admin.call(api.listHeldOrganizations, { query: { region: 'us' } });
  expect(held.items).toMatchObject([{ orgUuid, reason: 'not_assigned', rows: 1 }]);
  await pio.client.call(api.releaseHeldRows, { params: { region: 'us', orgUuid } });
  await work();
  expect(await releases()).toEqual([]);
  // Nor do they stand for the rows of who sees all customers.
  expect((await load(admin, [orgUuid])).counts).toMatchObject({ new: 1, held: 0, duplicate: 0 });
});

test('an upload that ends after its sender was removed is refused, and nothing of it is kept', async () => {
  const { hub, admin, pia, orgUuid } = await deskOfTwo();
  const text = callHistoryCsv([legRecord({ org_uuid: orgUuid })]);
  const gate = Promise.withResolvers<void>();
  async function* slowly(): AsyncGenerator<string> {
    yield text.slice(0, 200);
    await gate.promise;
    yield text.slice(200);
  }
  const url = `/api/imports?${new URLSearchParams(query).toString()}`;
  const headers = { 'content-type': 'text/csv' };
  const sending = pia.client.raw({ method: 'POST', url, headers, body: Readable.from(slowly()) });
  await setTimeout(300); // the request is in by then; were it not, the refusal below came all the same
  await admin.call(removeAdministrator, { params: { personId: pia.personId } });
  gate.resolve();
  const reply = await sending;
  expect([reply.status, (JSON.parse(reply.text) as { code: string }).code]).toEqual([401, 'session_expired']);
  expect(await hub.asOwner('select 1 from import_batch where created_by = $1', [pia.personId])).toEqual([]);
});
