import { createHash } from 'node:crypto';
import { createSubscription } from '@hub/contract/subscriptions';
import * as api from '@hub/contract/deletions';
import { getCustomer } from '@hub/contract/customers';
import type { CustomerId } from '@hub/contract/ids';
import * as imports from '@hub/contract/imports';
import { importRecords } from '@hub/contract/record-imports';
import { expect, test } from 'vitest';
import { deleteInRegion } from './features/deletions/delete-in-region.ts';
import { findDeletionTasks } from './features/deletions/deletion-queries.ts';
import { canonical } from './features/deletions/receipt.ts';
import { type Ctx } from './features/access/index.ts';
import {
  cleanNow,
  counted,
  csvOf,
  type Desk,
  type Fields,
  importDesk,
  leg,
  orgOf,
  storeWith,
  uuidOf,
} from './features/imports/test-support.ts';
import { type RegionalStore, StoreFault } from './platform/regional-store/index.ts';

const gone = { 'Org UUID': orgOf('gone') };
const customerOf = async (desk: Desk, name: string): Promise<{ id: CustomerId; name: string }> =>
  desk.customer(orgOf(name), { name: `${name} Ltd` });
const ask = (desk: Desk, customer: { id: CustomerId; name: string }, takesRecord = false): Promise<api.Deletion> =>
  desk.admin.call(api.deleteCustomerData, {
    params: { customerId: customer.id },
    body: { name: customer.name, takesRecord },
  });
const now = async (desk: Desk): Promise<api.Deletion | undefined> =>
  (await desk.admin.call(api.listDeletions, { query: {} })).items[0];

/** Every region's turn, once. */
async function turn(desk: Desk, stores: Ctx['stores'] = desk.hub.installation.stores): Promise<void> {
  for (const region of stores.keys())
    for (const task of await findDeletionTasks(desk.hub.installation.directory, region))
      if (task.partnerId === desk.partnerId) await deleteInRegion({ ...desk.ctx(), stores }, task);
}

async function receiptOf(desk: Desk, { id }: Pick<api.Deletion, 'id'>) {
  const reply = await desk.admin.raw({ method: 'GET', url: `/api/deletions/${id}/receipt` });
  expect(reply.status).toBe(200);
  const told = JSON.parse(reply.text) as { receipt: Record<string, unknown>; sha256: string };
  expect(createHash('sha256').update(canonical(told.receipt)).digest('hex')).toBe(told.sha256);
  return told;
}

const tables = ['call_leg', 'held_call_leg', 'media_quality', 'call_queue_stat', 'place', 'rejected_row'];
/** How many rows of an organization lie in a table, whatever counts and whoever holds them. */
async function rowsOf(desk: Desk, org: string, region = desk.region): Promise<Record<string, number>> {
  const store = desk.hub.installation.stores.get(region) as RegionalStore;
  const found: Record<string, number> = {};
  for (const table of tables) {
    const where =
      table === 'rejected_row'
        ? 'arrayExists(v -> positionCaseInsensitive(v, {org:String}) > 0, record)'
        : 'org_uuid = toUUID({org:String})';
    const [row] = await store.ask<{ n: number }>(
      `SELECT count() AS n FROM @region.${table} WHERE partner_id = {partner:UUID} AND ${where}`,
      { parameters: { partner: desk.partnerId, org } },
    );
    if (row && row.n > 0) found[table] = row.n;
  }
  return found;
}
const later = (fields: Fields): Fields => ({ ...fields, 'Report time': '2026-11-29T10:00:00.000Z' });

test('the data of one customer go from every table and region, of nobody else; the receipt tells in numbers', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk({ orgs: ['stays'] });
  const customer = await customerOf(desk, 'gone');
  const stays = { 'Org UUID': orgOf('stays') };
  await desk.import(csvOf([leg('a', gone), leg('b', gone), leg('s', stays)]));
  await desk.import(
    csvOf([
      leg('a', later(gone)),
      leg('bad', { ...gone, 'Start time': 'never' }),
      leg('worse', { ...stays, 'Start time': 'never' }),
    ]),
  );
  await desk.import('Call Queue,Location,Total Calls,Abandoned Calls\nSales,Sofia,3,1\n', 'queues.csv', {
    orgUuid: orgOf('gone'),
    from: '2026-11-02',
    to: '2026-11-08',
  });
  const us = await desk.admin.upload(imports.uploadImport, {
    query: { region: 'us', fileName: 'us.csv' },
    body: csvOf([leg('held', gone), leg('other', { 'Org UUID': orgOf('nobody') })]),
  });
  await desk.drain();
  expect((await desk.get(us)).counts).toEqual(counted({ read: 2, held: 2 }));
  const mixed = await desk.import(`when,org\n2026-11-01,${orgOf('gone').toUpperCase()}\n`, 'mixed.csv');
  const own = await desk.import('when,what\n2026-11-01,x\n', 'own.csv', { orgUuid: orgOf('gone') });
  const foreign = await desk.import('when,what\n2026-11-01,x\n', 'foreign.csv');
  expect([mixed.state, own.state, foreign.state]).toEqual(['failed', 'failed', 'failed']);
  const before = { eu: await rowsOf(desk, orgOf('stays')), us: await rowsOf(desk, orgOf('nobody'), 'us') };

  const params = { customerId: customer.id };
  const there = await desk.admin.call(api.getCustomerData, { params });
  const calls = { feed: 'webex_call_history', firstDay: '2026-11-20', lastDay: '2026-11-20' };
  const queues = { feed: 'webex_call_queue_stats', firstDay: '2026-11-02', lastDay: '2026-11-08' };
  const regions = [
    { region: 'us', feeds: [{ ...calls, stored: 0, held: 1, rejected: 0 }] },
    {
      region: 'eu',
      feeds: [
        { ...calls, stored: 3, held: 0, rejected: 1 },
        { ...queues, stored: 1, held: 0, rejected: 0 },
      ],
    },
  ];
  expect(there).toMatchObject({ customerName: 'gone Ltd', regions, unavailable: [] });
  for (const name of ['Gone Ltd', ''])
    expect(
      await desk.admin.refusal(api.deleteCustomerData, { params, body: { name, takesRecord: false } }),
    ).toMatchObject({ code: 'deletion_name_differs' });
  expect(
    await desk.readOnly.refusal(api.deleteCustomerData, { params, body: { name: 'gone Ltd', takesRecord: false } }),
  ).toMatchObject({ code: 'permission_denied' });

  const asked = await ask(desk, customer);
  expect(await ask(desk, customer)).toEqual(asked);
  expect(await desk.admin.refusal(api.downloadReceipt, { params: { deletionId: asked.id } })).toMatchObject({
    code: 'deletion_not_ended',
  });
  await turn(desk);
  expect([await rowsOf(desk, orgOf('gone')), await rowsOf(desk, orgOf('gone'), 'us')]).toEqual([{}, {}]);
  expect({ eu: await rowsOf(desk, orgOf('stays')), us: await rowsOf(desk, orgOf('nobody'), 'us') }).toEqual(before);
  expect(await desk.admin.call(api.getCustomerData, { params })).toMatchObject({ regions: [], unavailable: [] });

  const ended = await now(desk);
  expect(ended).toMatchObject({ id: asked.id, takesRecord: false, askedBy: expect.any(String) as string });
  const { receipt, sha256 } = await receiptOf(desk, asked);
  expect(ended?.sha256).toBe(sha256);
  expect(receipt).toMatchObject({
    id: asked.id,
    partnerId: desk.partnerId,
    asked: { what: 'customer_data', customerId: customer.id, orgUuid: orgOf('gone'), byPersonId: desk.adminId },
    record: null,
    stays: [...api.staysAfterDeletion],
  });
  const told = new Map((receipt['regions'] as { region: string }[]).map((entry) => [entry.region, entry]));
  expect(told.get('us')).toMatchObject(regions[0] as object);
  expect(told.get('eu')).toMatchObject({
    ...regions[1],
    importFiles: { removed: [own.number], kept: [{ importNumber: mixed.number, because: 'names_customer' }] },
  });
  expect(JSON.stringify(receipt)).not.toMatch(/Ltd|Ada|Sofia|@/);
  expect((await desk.get(own)).state).toBe('canceled');
  expect(await desk.spool()).toEqual([mixed.id, foreign.id].sort());
  const acts = (await desk.hub.auditOf(asked.id)).map(({ action }) => action);
  expect(acts).toEqual(['deletions.ask', 'deletions.end']);

  // Only the data went: what comes later enters.
  expect((await desk.import(csvOf([leg('a', gone)]))).counts).toEqual(counted({ read: 1, new: 1 }));
});

test('with its record the customer goes, contracts and all; what comes later waits as of an unknown organization', {
  timeout: 180_000,
}, async () => {
  const desk = await importDesk({ orgs: [] });
  const customer = await customerOf(desk, 'gone');
  await desk.admin.call(createSubscription, {
    params: { customerId: customer.id },
    body: {
      reference: `S ${customer.id}`,
      startsOn: '2026-01-01',
      endsOn: null,
      termMonths: null,
      autoRenews: true,
      paymentState: 'current',
      setupState: 'provisioned',
      setupNote: null,
      lines: [],
    },
  });
  await desk.import(csvOf([leg('a', gone)]));
  const asked = await ask(desk, customer, true);
  await turn(desk);
  const { receipt } = await receiptOf(desk, asked);
  expect(receipt).toMatchObject({
    asked: { what: 'customer_with_record' },
    record: { subscriptions: 1, trials: 0, orders: 0, invoices: 0 },
  });
  expect(await desk.admin.refusal(getCustomer, { params: { customerId: customer.id } })).toMatchObject({
    code: 'customer_not_found',
  });
  expect(await rowsOf(desk, orgOf('gone'))).toEqual({});
  expect((await desk.import(csvOf([leg('a', gone)]))).counts).toEqual(counted({ read: 1, held: 1 }));
});

test('what comes again of a deleted organization says so, until it is let in again', { timeout: 240_000 }, async () => {
  const desk = await importDesk({ orgs: ['stays'] });
  const letIn = async (deletion: Pick<api.Deletion, 'id'>): Promise<api.Deletion> =>
    desk.admin.call(api.letInAgain, { params: { deletionId: deletion.id } });
  const today = { 'Start time': '2026-12-01T08:00:00.000Z', 'Report time': '2026-12-01T09:00:00.000Z' };
  const ofDays = [leg('a', gone), leg('b', { ...gone, ...today }), leg('c', { 'Org UUID': orgOf('stays') })];
  const notesOf = async (batch: imports.ImportBatch) =>
    (await desk.get(batch)).notes.filter(({ code }) => code === 'deleted_before');

  let customer = await customerOf(desk, 'gone');
  expect(await notesOf(await desk.import(csvOf(ofDays)))).toEqual([]);
  const ofData = await ask(desk, customer);
  expect(await desk.admin.refusal(api.letInAgain, { params: { deletionId: ofData.id } })).toMatchObject({
    code: 'deletion_not_ended',
  });
  await turn(desk);
  // The data alone: all of it enters, and what lies before that day is told of.
  const again = await desk.import(csvOf(ofDays), 'again.csv');
  expect(again.counts).toEqual(counted({ read: 3, new: 2, duplicate: 1 }));
  expect(await notesOf(again)).toEqual([{ code: 'deleted_before', data: { rows: 1 } }]);

  // With the record: the rows wait, and say why; whoever makes the customer anew lets them in.
  const ofRecord = await ask(desk, customer, true);
  await turn(desk);
  await desk.import(csvOf(ofDays), 'held.csv');
  expect(await desk.held()).toMatchObject([{ orgUuid: orgOf('gone'), rows: 2, deletedAt: ofRecord.askedAt }]);
  const table = `Name,Country,Org ID\ngone Ltd,BG,${orgOf('gone')}\nnew Ltd,BG,${orgOf('new')}\n`;
  const looked = await desk.admin.upload(importRecords, {
    query: { fileName: 'customers.csv', isTrial: 'true' },
    body: table,
  });
  expect(looked).toMatchObject({ created: 2, deletedBefore: 1 });
  customer = await customerOf(desk, 'gone');
  await desk.drain();
  expect(await rowsOf(desk, orgOf('gone'))).toMatchObject({ call_leg: 2 });
  const [released] = (await desk.admin.call(imports.listImports, { query: { limit: 1 } })).items;
  expect(released?.notes).toContainEqual({ code: 'deleted_before', data: { rows: 1 } });

  const done = await letIn(ofRecord);
  expect(done.letInAt).not.toBeNull();
  expect(await letIn(ofRecord)).toEqual(done);
  // What is let in again is the organization, however often it was deleted before.
  expect((await desk.admin.call(api.listDeletions, { query: {} })).items.map(({ letInAt }) => letInAt)).toEqual([
    done.letInAt,
    done.letInAt,
  ]);
  expect((await desk.hub.auditOf(ofRecord.id)).filter(({ action }) => action === 'deletions.let_in')).toHaveLength(1);
  const last = await desk.import(csvOf([leg('d', gone)]), 'last.csv');
  expect(last.counts).toEqual(counted({ read: 1, new: 1 }));
  expect(await notesOf(last)).toEqual([]);
  const other = await desk.hub.partner();
  expect(await other.admin.refusal(api.letInAgain, { params: { deletionId: ofRecord.id } })).toMatchObject({
    code: 'deletion_not_found',
  });
  expect(await desk.readOnly.refusal(api.letInAgain, { params: { deletionId: ofRecord.id } })).toMatchObject({
    code: 'permission_denied',
  });
});

test('undoing an import after the deletion brings nothing back', { timeout: 240_000 }, async () => {
  for (const isMarked of [false, true]) {
    const desk = await importDesk({ orgs: ['stays'] });
    const customer = await customerOf(desk, 'gone');
    const stays = { 'Org UUID': orgOf('stays') };
    await desk.import(csvOf([leg('a', gone), leg('s', stays)]));
    const second = await desk.import(csvOf([leg('a', later(gone)), leg('s', later(stays))]));
    if (isMarked) await cleanNow(desk);
    await ask(desk, customer);
    await turn(desk);
    if (!isMarked) await cleanNow(desk);
    await desk.admin.call(imports.undoImport, { params: { importId: second.id } });
    expect([...(await desk.facts()).keys()]).toEqual([uuidOf('report s')]);
    await cleanNow(desk);
    expect([[...(await desk.facts()).keys()], await desk.count('call_leg')]).toEqual([[uuidOf('report s')], 1]);
  }
});

test('what was queued before is imported first; a region that is away waits, one that breaks off is finished with the same numbers', {
  timeout: 240_000,
}, async () => {
  const desk = await importDesk({ orgs: [] });
  const customer = await customerOf(desk, 'gone');
  await desk.import(csvOf([leg('a', gone)]));
  await desk.queue(csvOf([leg('b', gone)]));
  await ask(desk, customer);
  await turn(desk);
  const eu = async () => (await now(desk))?.regions.find(({ region }) => region === 'eu');
  expect(await eu()).toMatchObject({ endedAt: null, waitsForImports: 1, feeds: [] });
  expect(await rowsOf(desk, orgOf('gone'))).toMatchObject({ call_leg: 1 });
  await desk.drain();

  const store = desk.hub.installation.stores.get('eu') as RegionalStore;
  for (const statement of ['@region.call_leg DELETE', '@region.place DELETE']) {
    const failing = storeWith(store, (sql) => {
      if (sql.includes(statement)) throw StoreFault.unavailable('eu', 'away', undefined);
    });
    await expect(turn(desk, new Map(desk.hub.installation.stores).set('eu', failing))).rejects.toThrow(
      'does not answer',
    );
    expect(await now(desk)).toMatchObject({ endedAt: null, sha256: null });
  }
  await turn(desk);
  await turn(desk);
  const ended = await now(desk);
  expect(ended?.endedAt).not.toBeNull();
  expect(await eu()).toMatchObject({ waitsForImports: 0, feeds: [{ feed: 'webex_call_history', stored: 2 }] });
  expect(await rowsOf(desk, orgOf('gone'))).toEqual({});
  const acts = (await desk.hub.auditOf(ended?.id ?? '')).map(({ action }) => action);
  expect(acts).toEqual(['deletions.ask', 'deletions.end']);
});
