import { assignCustomers } from '@hub/contract/administrators';
import { listCustomers } from '@hub/contract/customers';
import * as api from '@hub/contract/imports';
import type { ImportBatch } from '@hub/contract/imports';
import { expect, test } from 'vitest';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { testHub } from '../../testing/test-hub.ts';
import {
  cleanNow,
  counted,
  countCallsOf,
  csvOf,
  type Desk,
  importDesk,
  leg,
  orgOf,
  runWith,
  storeWith,
  uuidOf,
} from './test-support.ts';

const at = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T00:00:00.000Z`;
const version = (name: string, day: number, over = {}) => leg(name, { 'Report time': at(day), ...over });
const params = ({ id }: Pick<ImportBatch, 'id'>) => ({ params: { importId: id } });
const undo = (desk: Desk, batch: ImportBatch): Promise<ImportBatch> => desk.admin.call(api.undoImport, params(batch));
const refusal = async (desk: Desk, batch: ImportBatch) => {
  const { code, data } = await desk.admin.refusal(api.undoImport, params(batch));
  return { code, data };
};
const report = (name: string): string => uuidOf(`report ${name}`);
/** What counts: the day of the Report time by name. */
async function days(desk: Desk, names: readonly string[]): Promise<(string | undefined)[]> {
  const facts = await desk.facts();
  return names.map((name) => facts.get(report(name))?.slice(8, 10));
}

test('an import that is undone takes its rows with it and brings back what it replaced, before the store is cleaned up and after', {
  timeout: 200_000,
}, async () => {
  for (const isMarked of [false, true]) {
    const desk = await importDesk();
    const first = await desk.import(csvOf([version('a', 1), version('b', 1)]));
    const second = await desk.import(
      csvOf([version('b', 2), version('c', 2), version('h', 2, { 'Org UUID': orgOf('unknown') })]),
    );
    expect(second).toMatchObject({ canBeUndone: true, counts: counted({ read: 3, new: 1, replaced: 1, held: 1 }) });
    if (isMarked) await cleanNow(desk);
    expect(await countCallsOf(desk, '2026-11-01', '2026-11-30')).toBe(3);
    expect(await desk.admin.call(api.getImportUndo, params(second))).toEqual({
      removed: 2,
      restored: 1,
      held: 1,
      refusal: null,
    });

    const undone = await undo(desk, second);
    expect(undone).toMatchObject({ state: 'undone', canBeUndone: false, counts: second.counts });
    expect(undone.undone?.at).toMatch(/^2026/);
    for (let round = 0; round < 2; round++) {
      expect(await days(desk, ['a', 'b', 'c'])).toEqual(['01', '01', undefined]);
      expect(await countCallsOf(desk, '2026-11-01', '2026-11-30')).toBe(2);
      expect((await desk.fields('b')).get('Report time')?.value).toContain('2026-11-01');
      expect(await desk.held()).toEqual([]);
      await cleanNow(desk);
    }
    expect([await desk.count('call_leg'), await desk.count('held_call_leg'), await desk.count('superseded')]).toEqual([
      2, 0, 0,
    ]);

    expect(await undo(desk, second)).toMatchObject({ state: 'undone' });
    const acts = (await desk.hub.auditOf(second.id)).filter(({ action }) => action === 'imports.undo');
    expect(acts).toHaveLength(1);

    // The same file is news again.
    const again = await desk.import(csvOf([version('b', 2), version('c', 2)]));
    expect(again).toMatchObject({ notes: [], counts: counted({ read: 2, new: 1, replaced: 1 }) });
    expect(await days(desk, ['a', 'b', 'c'])).toEqual(['01', '02', '02']);
    expect(await desk.get(first)).toMatchObject({ state: 'committed', counts: counted({ read: 2, new: 2 }) });
  }
});

test('what a later import replaced, or counted as known, keeps an import from being undone; the last one goes first', async () => {
  const desk = await importDesk();
  const first = await desk.import(csvOf([version('a', 1), version('b', 1)]));
  const replacing = await desk.import(csvOf([version('b', 2)]));
  const knowing = await desk.import(csvOf([version('a', 1), version('x', 1)]));
  const later = ({ number }: ImportBatch, rows: number) => ({ code: 'import_undo_later', data: { number, rows } });
  expect(await refusal(desk, first)).toEqual(later(knowing, 1));
  expect(await desk.admin.call(api.getImportUndo, params(first))).toMatchObject({ refusal: later(knowing, 1) });
  await undo(desk, knowing);
  expect(await refusal(desk, first)).toEqual(later(replacing, 1));
  await cleanNow(desk);
  await undo(desk, replacing);
  expect(await days(desk, ['a', 'b', 'x'])).toEqual(['01', '01', undefined]);
  await undo(desk, first);
  expect((await desk.facts()).size).toBe(0);
  expect(await countCallsOf(desk, '2026-11-01', '2026-11-30')).toBeNull();
  await cleanNow(desk);
  expect([await desk.count('call_leg'), await desk.count('superseded')]).toEqual([0, 0]);
});

test('held rows: those that another import counted as known, and those that have entered, name what stands against it', async () => {
  const desk = await importDesk({ orgs: [] });
  const first = await desk.import(csvOf([leg('h')]));
  const same = await desk.import(csvOf([leg('h')]));
  expect(same.counts).toEqual(counted({ read: 1, duplicate: 1 }));
  expect(await refusal(desk, first)).toEqual({ code: 'import_undo_later', data: { number: same.number, rows: 1 } });
  await undo(desk, same);
  await desk.customer(orgOf('known'));
  await desk.drain();
  expect((await desk.facts()).size).toBe(1);
  const { items } = await desk.admin.call(api.listImports, { query: { limit: 50, source: 'release' } });
  const [release] = items;
  expect(items).toHaveLength(1);
  expect(await refusal(desk, first)).toEqual({ code: 'import_undo_later', data: { number: release?.number, rows: 1 } });
  await undo(desk, release as ImportBatch);
  expect((await desk.facts()).size).toBe(0);
  await undo(desk, first);
  await cleanNow(desk);
  expect([await desk.count('call_leg'), await desk.count('held_call_leg')]).toEqual([0, 0]);
});

test('held rows of an import that was undone enter for nobody, and make no row of another one known', async () => {
  const desk = await importDesk({ orgs: [] });
  const first = await desk.import(csvOf([leg('h')]));
  await undo(desk, first);
  const again = await desk.import(csvOf([leg('h')]));
  expect(again.counts).toEqual(counted({ read: 1, held: 1 }));
  await undo(desk, again);
  await desk.customer(orgOf('known'));
  await desk.drain();
  expect((await desk.facts()).size).toBe(0);
});

test('after 30 days an import that replaced anything stays; one that replaced nothing can still be undone', async () => {
  const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
  const desk = await importDesk({ hub });
  const plain = await desk.import(csvOf([version('p', 1)]));
  await desk.import(csvOf([version('b', 1)]));
  const replacing = await desk.import(csvOf([version('b', 2)]));
  await hub.asOwner("update import_batch set ended_at = ended_at - interval '30 days' where partner_id = $1", [
    desk.partnerId,
  ]);
  expect(await refusal(desk, replacing)).toEqual({ code: 'import_undo_expired', data: { days: 30 } });
  await undo(desk, plain);
  expect(await days(desk, ['p', 'b'])).toEqual([undefined, '02']);
});

test('only what has brought its rows can be undone, and only by who may import', async () => {
  const desk = await importDesk();
  const failed = await desk.import('nothing that is known\n1\n');
  expect((await refusal(desk, failed)).code).toBe('import_not_undoable');
  const waiting = await desk.queue(csvOf([leg('w')]));
  expect((await refusal(desk, waiting)).code).toBe('import_not_undoable');
  await desk.drain();
  expect(await desk.readOnly.refusal(api.undoImport, params(waiting))).toMatchObject({ code: 'permission_denied' });
  const before = await desk.import(csvOf([leg('of an earlier release')]));
  await desk.hub.asOwner('update import_batch set can_be_undone = false where id = $1', [before.id]);
  expect((await refusal(desk, before)).code).toBe('import_undo_expired');
});

test('who sees only their own imports undoes those alone, and is told of no other that stands against it', async () => {
  const desk = await importDesk();
  const { personId, client } = await desk.hub.person(desk.partnerId, 'partner_admin');
  const { items } = await desk.admin.call(listCustomers, { query: { limit: 50 } });
  const add = items.filter(({ orgUuid }) => orgUuid === orgOf('known')).map(({ id }) => id);
  await desk.admin.call(assignCustomers, { params: { personId }, body: { add } });
  const own = await client.upload(api.uploadImport, {
    query: { region: 'eu', fileName: 'own.csv' },
    body: csvOf([version('a', 1)]),
  });
  await desk.drain();
  const theirs = await desk.import(csvOf([version('a', 1), version('t', 1)]));
  expect(await client.refusal(api.undoImport, params(theirs))).toMatchObject({ code: 'import_not_found' });
  const told = await client.refusal(api.undoImport, params(own));
  expect(told).toMatchObject({ code: 'import_undo_later_hidden', data: {} });
  expect(JSON.stringify(told)).not.toContain(`B-${theirs.number}`);
  await undo(desk, theirs);
  expect(await client.call(api.undoImport, params(own))).toMatchObject({ state: 'undone' });
  expect(await days(desk, ['a', 't'])).toEqual([undefined, undefined]);
});

test('two undos at once are one', async () => {
  const desk = await importDesk();
  await desk.import(csvOf([version('a', 1)]));
  const batch = await desk.import(csvOf([version('a', 2), version('b', 2)]));
  const answers = await Promise.all([1, 2, 3].map(() => undo(desk, batch)));
  expect(answers.map(({ state }) => state)).toEqual(['undone', 'undone', 'undone']);
  expect((await desk.hub.auditOf(batch.id)).filter(({ action }) => action === 'imports.undo')).toHaveLength(1);
  expect(await days(desk, ['a', 'b'])).toEqual(['01', undefined]);
});

test.each(['LOAD', 'CREATE TABLE', 'INSERT INTO hub', 'ALTER TABLE', 'SELECT DISTINCT _partition_id'])(
  'an import that is undone while another compares its rows with it, at %s: the other begins anew and misses nothing',
  async (moment) => {
    const desk = await importDesk();
    const first = await desk.import(csvOf([version('a', 1), version('b', 1)]));
    const second = await desk.queue(csvOf([version('a', 1), version('b', 2), version('c', 1)]));
    let isUndone = false;
    await runWith(desk, second, async (sql) => {
      if (isUndone || !sql.startsWith(moment.replace('hub', '@region'))) return;
      isUndone = true;
      await undo(desk, first);
    });
    expect(isUndone).toBe(true);
    await desk.drain();
    expect(await desk.get(second)).toMatchObject({ state: 'committed', counts: counted({ read: 3, new: 3 }) });
    expect(await days(desk, ['a', 'b', 'c'])).toEqual(['01', '02', '01']);
    await cleanNow(desk);
    expect(await days(desk, ['a', 'b', 'c'])).toEqual(['01', '02', '01']);
    expect(await desk.count('call_leg')).toBe(3);
  },
);

// Each stop has a desk of its own.
test('a stop at any statement of the clean-up leaves what counts as it was, and the next one finishes it', {
  timeout: 400_000,
}, async () => {
  const hub = await testHub({ now: '2026-12-01T10:00:00.000Z' });
  let stops = 0;
  for (let stopAt = 1; ; stopAt++) {
    const desk = await importDesk({ hub });
    await desk.import(csvOf([version('a', 1), version('b', 1)]));
    const marked = await desk.import(csvOf([version('a', 2), version('m', 2)]));
    await cleanNow(desk);
    await desk.import(csvOf([version('b', 2)])); // to be marked by the same clean-up
    const fresh = await desk.import(csvOf([version('m', 3), version('h', 2, { 'Org UUID': orgOf('unknown') })]));
    await undo(desk, fresh);
    await undo(desk, marked);
    const expected = ['01', '02', undefined];
    let statements = 0;
    const eu = desk.hub.installation.stores.get('eu') as RegionalStore;
    const failing = storeWith(eu, (sql) => {
      if (!sql.startsWith('SELECT') && ++statements === stopAt) throw new Error('killed');
    });
    const isStopped = await cleanNow(desk, new Map([['eu', failing]])).then(
      () => false,
      () => true,
    );
    expect(await days(desk, ['a', 'b', 'm'])).toEqual(expected);
    expect(await countCallsOf(desk, '2026-11-01', '2026-11-30')).toBe(2);
    await cleanNow(desk);
    expect(await days(desk, ['a', 'b', 'm'])).toEqual(expected);
    expect([await desk.count('call_leg'), await desk.count('held_call_leg'), await desk.count('superseded')]).toEqual([
      3, 0, 0,
    ]);
    if (!isStopped) break;
    stops = stopAt;
  }
  expect(stops).toBeGreaterThan(6);
});
