import {
  assignCustomers,
  changeAdministratorRole,
  listAdministrators,
  removeAdministrator,
} from '@hub/contract/administrators';
import * as api from '@hub/contract/bulk-jobs';
import { createCustomerGroup, listCustomerGroups, setGroupMembers } from '@hub/contract/customer-groups';
import { changeTag, listTags, setCustomerTags } from '@hub/contract/customer-tags';
import { createCustomer } from '@hub/contract/customers';
import type { BulkJobId, CustomerId, PartnerId, TagId } from '@hub/contract/ids';
import { listTrials, startTrial } from '@hub/contract/trials';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../../testing/spawn-hub.ts';
import { mintToken } from '../../testing/sweep-world.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import { type BulkRunner, startBulkRunner } from './bulk-runner.ts';
import { runBatch } from './run-batch.ts';

let runners: BulkRunner[] = [];
afterEach(async () => {
  await Promise.all(runners.map((runner) => runner.stop()));
  runners = [];
});

async function world(count = 3) {
  const hub = await testHub();
  const partner = await hub.partner();
  const ids = await makeCustomers(hub, partner.partnerId, count);
  const pia = await hub.person(partner.partnerId, 'partner_admin');
  return { hub, ...partner, ids, pia };
}

/** Named "Customer 1" and so on. */
async function makeCustomers(hub: TestHub, partnerId: PartnerId, count: number): Promise<CustomerId[]> {
  const rows = await hub.asOwner<{ id: CustomerId }>(
    `insert into customer (id, partner_id, name, country, region, created_at, search_text, name_key)
     select gen_random_uuid(), $1, 'Customer ' || n, 'US', 'us', $3, 'customer ' || n, 'customer ' || n
     from generate_series(1, $2::int) as n returning id`,
    [partnerId, count, hub.clock.now()],
  );
  return rows.map(({ id }) => id);
}

const run = (hub: TestHub): void => void runners.push(startBulkRunner(hub.installation));

async function ended(client: TestClient, bulkJobId: BulkJobId) {
  await until(async () => (await client.call(api.getBulkJob, { params: { bulkJobId } })).endedAt !== null);
  return client.call(api.getBulkJob, { params: { bulkJobId } });
}

const addTags = (...names: string[]) => ({ act: 'add_tags' as const, tags: names.map((name) => ({ name })) });
const removeTags = (...names: string[]) => ({ act: 'remove_tags' as const, tags: names.map((name) => ({ name })) });
const these = (customerIds: CustomerId[]) => ({ customerIds });

const tagsOf = async (hub: TestHub, customerId: CustomerId): Promise<string[]> =>
  (
    await hub.asOwner<{ name: string }>(
      'select tag.name from tag join customer_tag h on h.tag_id = tag.id where h.customer_id = $1 order by 1',
      [customerId],
    )
  ).map(({ name }) => name);

const set = (client: TestClient, customerId: CustomerId, names: string[]) =>
  client.call(setCustomerTags, { params: { customerId }, body: { tags: names.map((name) => ({ name })) } });

test('a job tags whom it may, says why it refuses others, and is taken back exactly', async () => {
  const { hub, admin, ids } = await world(4);
  const [plain, has, full, later] = ids as [CustomerId, CustomerId, CustomerId, CustomerId];
  await set(admin, has, ['VIP', 'Own']);
  await set(admin, full, ['1', '2', '3', '4', '5']);
  const asked = { body: { selection: these(ids), act: addTags('vip') } };
  expect(await admin.call(api.previewBulkJob, asked)).toEqual({
    total: 4,
    changed: 2,
    unchanged: 1,
    failed: 1,
    refusals: [
      { customerId: full, customerName: 'Customer 3', outcome: 'failed', code: 'tag_limit', data: { limit: 5 } },
    ],
    tags: [{ name: 'VIP', isNew: false, customers: 2 }],
  });
  expect(await tagsOf(hub, plain)).toEqual([]);
  const job = await admin.call(api.startBulkJob, asked);
  expect(job).toMatchObject({ act: 'add_tags', state: 'queued', total: 4, looked: 0, mayUndo: false, undoes: null });
  run(hub);
  const done = await ended(admin, job.id);
  expect(done).toMatchObject({ state: 'done', looked: 4, changed: 2, unchanged: 1, failed: 1, mayUndo: true });
  expect(await tagsOf(hub, plain)).toEqual(['VIP']);
  const results = await admin.call(api.listBulkResults, { params: { bulkJobId: job.id }, query: { limit: 3 } });
  expect(results.items[0]).toMatchObject({
    customerId: full,
    outcome: 'failed',
    code: 'tag_limit',
    data: { limit: 5 },
  });
  const rest = await admin.call(api.listBulkResults, {
    params: { bulkJobId: job.id },
    query: { limit: 3, after: String(results.next) },
  });
  expect([...results.items, ...rest.items].map(({ customerId }) => customerId).toSorted()).toEqual(ids.toSorted());
  expect(rest.next).toBeNull();
  expect((await hub.auditOf(plain)).at(-1)).toMatchObject({
    action: 'tags.assign',
    actor_kind: 'person',
    before: { tags: [] },
    after: { tags: ['VIP'] },
  });
  expect((await hub.auditOf(job.id)).map(({ action }) => action)).toEqual(['bulk_jobs.start']);

  // What others changed since stays: one has lost it, one has got another.
  await set(admin, plain, ['Other']);
  await set(admin, later, ['VIP', 'Other']);
  const undo = await admin.call(api.undoBulkJob, { params: { bulkJobId: job.id } });
  expect(undo).toMatchObject({ act: 'add_tags', undoes: job.id, total: 2 });
  expect(await ended(admin, undo.id)).toMatchObject({ changed: 1, unchanged: 1, failed: 0, mayUndo: false });
  expect(await Promise.all(ids.map((id) => tagsOf(hub, id)))).toEqual([
    ['Other'],
    ['Own', 'VIP'],
    ['1', '2', '3', '4', '5'],
    ['Other'],
  ]);
  expect((await admin.call(api.getBulkJob, { params: { bulkJobId: job.id } })).isUndone).toBe(true);
  expect(await admin.refusal(api.undoBulkJob, { params: { bulkJobId: job.id } })).toMatchObject({
    code: 'bulk_job_not_undoable',
  });
  expect((await admin.call(api.listBulkJobs)).items.map(({ id }) => id)).toEqual([undo.id, job.id]);
});

test('tags that a job took come back with colour and description, also when they had disappeared', async () => {
  const { hub, admin, ids } = await world(2);
  const [one, two] = ids as [CustomerId, CustomerId];
  await admin.call(setCustomerTags, {
    params: { customerId: one },
    body: { tags: [{ name: 'Gone', color: 'red', description: 'Back soon' }, { name: 'Stays' }] },
  });
  await set(admin, two, ['gone']);
  run(hub);
  const job = await admin.call(api.startBulkJob, { body: { selection: { filter: '' }, act: removeTags('Gone') } });
  expect(await ended(admin, job.id)).toMatchObject({ changed: 2, unchanged: 1, total: 3 });
  expect((await admin.call(listTags)).items.map(({ name }) => name)).toEqual(['Stays']);
  const undo = await admin.call(api.undoBulkJob, { params: { bulkJobId: job.id } });
  expect(await ended(admin, undo.id)).toMatchObject({ changed: 2 });
  expect((await admin.call(listTags)).items[0]).toMatchObject({
    name: 'Gone',
    color: 'red',
    description: 'Back soon',
    holders: 2,
  });
});

test('a tag that is renamed while a job runs stays the one that was meant, also one that the job made', async () => {
  const { hub, admin, partnerId, ids } = await world(4);
  await set(admin, ids[0] as CustomerId, ['Known']);
  const job = await admin.call(api.startBulkJob, { body: { selection: these(ids), act: addTags('known', 'Fresh') } });
  const task = { jobId: job.id, partnerId };
  expect(await runBatch(hub.installation, task, { atMost: 2 })).toBe('more');
  for (const { id, name } of (await admin.call(listTags)).items)
    await admin.call(changeTag, { params: { tagId: id }, body: { name: `${name} renamed` } });
  expect(await runBatch(hub.installation, task, { atMost: 3 })).toBe('ended');
  expect((await admin.call(listTags)).items.map(({ name, holders }) => [name, holders])).toEqual([
    ['Fresh renamed', 4],
    ['Known renamed', 4],
  ]);
  const other = await admin.call(api.startBulkJob, {
    body: { selection: these(ids), act: removeTags('Fresh renamed') },
  });
  await hub.asOwner("delete from tag where name = 'Fresh renamed' and partner_id = $1", [partnerId]);
  run(hub);
  expect(await ended(admin, other.id)).toMatchObject({ state: 'done', failed: 4, mayUndo: false });
});

test('assigning and grouping are done and taken back; what was so before stays', async () => {
  const { hub, admin, pia, ids } = await world(3);
  const [one] = ids as [CustomerId];
  run(hub);
  await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [one] } });
  const group = await admin.call(createCustomerGroup, { body: { name: 'Group' } });
  await admin.call(setGroupMembers, { params: { groupId: group.id }, body: { add: [one], remove: [] } });
  const assigned = async () =>
    (await admin.call(listAdministrators)).items.find(({ personId }) => personId === pia.personId)?.customers;
  const inGroup = async () => (await admin.call(listCustomerGroups)).items[0]?.customers;
  const both = [
    {
      act: { act: 'assign_administrator' as const, personId: pia.personId },
      count: assigned,
      inverse: { act: 'unassign_administrator' as const, personId: pia.personId },
    },
    {
      act: { act: 'add_to_group' as const, groupId: group.id },
      count: inGroup,
      inverse: { act: 'remove_from_group' as const, groupId: group.id },
    },
  ];
  for (const { act, inverse, count } of both) {
    const job = await admin.call(api.startBulkJob, { body: { selection: these(ids), act } });
    expect(await ended(admin, job.id)).toMatchObject({ changed: 2, unchanged: 1, mayUndo: true });
    expect(await count()).toBe(3);
    await ended(admin, (await admin.call(api.undoBulkJob, { params: { bulkJobId: job.id } })).id);
    expect(await count()).toBe(1);
    const back = await admin.call(api.startBulkJob, { body: { selection: these(ids), act: inverse } });
    expect(await ended(admin, back.id)).toMatchObject({ changed: 1, unchanged: 2 });
    expect(await count()).toBe(0);
    await ended(admin, (await admin.call(api.undoBulkJob, { params: { bulkJobId: back.id } })).id);
    expect(await count()).toBe(1);
  }
  expect((await hub.auditOf(pia.personId)).filter(({ action }) => action === 'administrators.assign')).toHaveLength(5);
});

test('trials are started where one may start, and taken back where nobody has changed them', async () => {
  const { hub, admin, ids } = await world(3);
  const [one, two] = ids as [CustomerId, CustomerId];
  const terms = {
    startsOn: '2026-12-01',
    endsOn: '2026-12-31',
    lines: [{ product: 'calling' as const, ordered: 5, assigned: null }],
  };
  await admin.call(startTrial, { params: { customerId: one }, body: terms });
  run(hub);
  const asked = { body: { selection: { filter: '' }, act: { act: 'start_trial' as const, ...terms } } };
  // The partner's own organization is a customer too.
  expect(await admin.call(api.previewBulkJob, asked)).toMatchObject({ total: 4, changed: 2, failed: 2 });
  const job = await admin.call(api.startBulkJob, asked);
  expect(await ended(admin, job.id)).toMatchObject({ changed: 2, failed: 2 });
  const results = (await admin.call(api.listBulkResults, { params: { bulkJobId: job.id } })).items;
  expect(results.map(({ code }) => String(code)).toSorted()).toEqual([
    'customer_own',
    'null',
    'null',
    'trial_of_product_open',
  ]);
  const [trial] = (await admin.call(listTrials, { params: { customerId: two } })).items;
  expect(trial).toMatchObject(terms);
  expect((await hub.auditOf(String(trial?.id))).map(({ action, customer_id }) => [action, customer_id])).toEqual([
    ['trials.start', two],
  ]);
  expect(await hub.asOwner('select has_trial from customer where id = $1', [two])).toEqual([{ has_trial: true }]);
  await hub.asOwner('update trial set version = 2 where id = $1', [trial?.id]);
  const undo = await admin.call(api.undoBulkJob, { params: { bulkJobId: job.id } });
  expect(await ended(admin, undo.id)).toMatchObject({ changed: 1, failed: 1 });
  expect((await admin.call(api.listBulkResults, { params: { bulkJobId: undo.id } })).items[0]).toMatchObject({
    customerId: two,
    code: 'changed_meanwhile',
  });
  const long = { ...asked.body.act, endsOn: '2027-12-31' };
  expect(await admin.refusal(api.startBulkJob, { body: { ...asked.body, act: long } })).toMatchObject({
    code: 'invalid_request',
  });
});

describe('a job works as the person who started it', () => {
  test('on what they see when it runs: a customer taken from them meanwhile is refused and not named', async () => {
    const { hub, admin, pia, ids } = await world(3);
    const [one, two, hidden] = ids as [CustomerId, CustomerId, CustomerId];
    await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [one, two] } });
    const { client } = pia;
    expect(
      await client.refusal(api.startBulkJob, { body: { selection: these([hidden]), act: addTags('A') } }),
    ).toMatchObject({ code: 'bulk_empty' });
    const asked = { body: { selection: { filter: 'customer' }, act: addTags('A') } };
    expect(await client.call(api.previewBulkJob, asked)).toMatchObject({ total: 2, changed: 2 });
    const job = await client.call(api.startBulkJob, asked);
    expect(job.total).toBe(2);
    await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [], remove: [two] } });
    run(hub);
    expect(await ended(client, job.id)).toMatchObject({ state: 'done', changed: 1, failed: 1 });
    expect(await tagsOf(hub, two)).toEqual([]);
    const { items } = await client.call(api.listBulkResults, { params: { bulkJobId: job.id } });
    expect(items.map(({ customerId }) => customerId)).toEqual([one]);
    // What they may not do to one, they may not do to many.
    const act = { act: 'assign_administrator' as const, personId: pia.personId };
    for (const endpoint of [api.startBulkJob, api.previewBulkJob])
      expect(await client.refusal(endpoint, { body: { selection: these([one]), act } })).toMatchObject({
        code: 'permission_denied',
        data: { permission: 'administrators.write' },
      });
  });

  test('and ends when they may not any more, or their token is revoked; it goes with them when they leave', async () => {
    const { hub, admin, partnerId, ids } = await world(3);
    const start = (client: TestClient) =>
      client.call(api.startBulkJob, { body: { selection: these(ids), act: addTags('A') } });
    const demoted = await hub.person(partnerId, 'partner_full');
    const removed = await hub.person(partnerId, 'partner_full');
    const token = await mintToken(hub, demoted.personId, partnerId, { scopes: ['customers.write', 'tags.write'] });
    const jobs = [await start(demoted.client), await start(hub.script(token.secret)), await start(removed.client)];
    await hub.asOwner('delete from access_token where id = $1', [token.id]);
    await admin.call(removeAdministrator, { params: { personId: removed.personId } });
    expect(await runBatch(hub.installation, { jobId: String(jobs[1]?.id), partnerId }, { atMost: 1 })).toBe('ended');
    expect(await runBatch(hub.installation, { jobId: String(jobs[0]?.id), partnerId }, { atMost: 1 })).toBe('more');
    await admin.call(changeAdministratorRole, {
      params: { personId: demoted.personId },
      body: { role: 'help_desk_basic' },
    });
    run(hub);
    await until(
      async () => (await hub.asOwner('select 1 from bulk_task where partner_id = $1', [partnerId])).length === 0,
    );
    expect(
      await hub.asOwner('select state, changed from bulk_job where partner_id = $1 order by created_at, id', [
        partnerId,
      ]),
    ).toEqual([
      { state: 'canceled', changed: 1 },
      { state: 'canceled', changed: 0 },
    ]);
    expect((await hub.auditOf(String(jobs[0]?.id))).at(-1)).toMatchObject({
      action: 'bulk_jobs.cancel',
      actor_kind: 'system',
    });
  });

  test('and is nobody else’s to see, stop or take back', async () => {
    const { hub, admin, partnerId, pia, ids } = await world();
    const job = await admin.call(api.startBulkJob, { body: { selection: these(ids), act: addTags('A') } });
    const params = { bulkJobId: job.id };
    const others = [pia.client, (await hub.person(partnerId, 'partner_full')).client, (await hub.partner()).admin];
    for (const client of others) {
      for (const endpoint of [api.getBulkJob, api.listBulkResults, api.cancelBulkJob, api.undoBulkJob])
        expect(await client.refusal(endpoint, { params })).toMatchObject({ status: 404, code: 'bulk_job_not_found' });
      expect((await client.call(api.listBulkJobs)).items).toEqual([]);
    }
    for (const role of ['help_desk_basic', 'partner_read_only'] as const)
      expect(await (await hub.person(partnerId, role)).client.refusal(api.getBulkJob, { params })).toMatchObject({
        code: 'permission_denied',
      });
    await admin.call(api.cancelBulkJob, { params });
  });
});

test('a job that is stopped stays where it is, and what it did can be taken back; an undoing that is stopped goes on', async () => {
  const { hub, admin, partnerId, ids } = await world(6);
  const job = await admin.call(api.startBulkJob, { body: { selection: these(ids), act: addTags('A') } });
  const params = { bulkJobId: job.id };
  const task = { jobId: job.id, partnerId };
  expect(await admin.refusal(api.undoBulkJob, { params })).toMatchObject({ code: 'bulk_job_not_undoable' });
  await runBatch(hub.installation, task, { atMost: 4 });
  expect(await admin.call(api.cancelBulkJob, { params })).toMatchObject({
    state: 'canceled',
    changed: 4,
    looked: 4,
    total: 6,
  });
  expect(await admin.refusal(api.cancelBulkJob, { params })).toMatchObject({ code: 'bulk_job_ended' });
  expect(await runBatch(hub.installation, task, { atMost: 4 })).toBe('ended');
  const undos = await Promise.allSettled([1, 2, 3].map(() => admin.call(api.undoBulkJob, { params })));
  const [undo] = undos.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (!undo) throw new Error('None began.');
  expect(undos.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await runBatch(hub.installation, { jobId: undo.id, partnerId }, { atMost: 1 });
  await admin.call(api.cancelBulkJob, { params: { bulkJobId: undo.id } });
  const again = await admin.call(api.undoBulkJob, { params });
  expect(again).toMatchObject({ total: 3 });
  run(hub);
  expect(await ended(admin, again.id)).toMatchObject({ changed: 3 });
  expect((await admin.call(listTags)).items).toEqual([]);
});

test('however many workers there are and however they stop, each customer is changed once', async () => {
  const { hub, admin, partnerId, ids } = await world(60);
  const job = await admin.call(api.startBulkJob, { body: { selection: these(ids), act: addTags('A') } });
  const task = { jobId: job.id, partnerId };
  let crashes = 0;
  const dies = {
    ...hub.installation,
    clock: {
      ...hub.clock,
      now: () => {
        crashes += 1;
        if (crashes % 3 === 0) throw new Error('The machine stopped.');
        return hub.clock.now();
      },
    },
  };
  const outcomes: string[] = [];
  const worker = async (): Promise<void> => {
    for (let at = 0; at < 60; at += 1) {
      const outcome = await runBatch(at % 2 === 0 ? dies : hub.installation, task, { atMost: 5 }).catch(() => 'crash');
      outcomes.push(outcome);
      if (outcome === 'ended') return;
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  expect(outcomes).toContain('crash');
  expect(await ended(admin, job.id)).toMatchObject({ state: 'done', changed: 60, unchanged: 0, failed: 0 });
  const events = await hub.asOwner<{ n: number; customers: number }>(
    "select count(*)::int as n, count(distinct customer_id)::int as customers from audit_event where partner_id = $1 and action = 'tags.assign'",
    [partnerId],
  );
  expect(events).toEqual([{ n: 60, customers: 60 }]);
});

test('a customer that fails for reasons of ours is refused alone, and the others go on', async () => {
  const { hub, admin, partnerId, ids } = await world(4);
  const bad = ids[2] as CustomerId;
  await hub.asOwner(`create function tenant.refuse_bad() returns trigger language plpgsql as $$ begin
    if new.customer_id = '${bad}' then raise 'broken'; end if; return new; end $$;
    create trigger refuse_bad before insert on tenant.customer_tag for each row execute function tenant.refuse_bad()`);
  try {
    run(hub);
    const job = await admin.call(api.startBulkJob, { body: { selection: these(ids), act: addTags('A') } });
    expect(await ended(admin, job.id)).toMatchObject({ state: 'done', changed: 3, failed: 1 });
    const { items } = await admin.call(api.listBulkResults, { params: { bulkJobId: job.id } });
    expect(items[0]).toMatchObject({ customerId: bad, code: 'internal' });
    expect(hub.logged.some(({ msg }) => msg === 'a batch of a bulk job stumbled')).toBe(true);
  } finally {
    await hub.asOwner('drop trigger refuse_bad on tenant.customer_tag; drop function tenant.refuse_bad()');
  }
  expect(partnerId).toBeDefined();
}, 40_000);

test('what can be done to nobody is refused before it begins', async () => {
  const { hub, admin, ids } = await world();
  const other = await hub.partner();
  const nobody = hub.clock.id();
  const filtered = await admin.call(createCustomerGroup, { body: { name: 'By filter', filter: 'x' } });
  const theirs = await other.admin.call(createCustomerGroup, { body: { name: 'Theirs' } });
  const refusals = [
    [{ act: 'add_tags', tags: [{ id: nobody as TagId }] }, 'tag_not_found'],
    [{ act: 'add_to_group', groupId: filtered.id }, 'group_by_filter'],
    [{ act: 'add_to_group', groupId: theirs.id }, 'group_not_found'],
    [{ act: 'assign_administrator', personId: other.adminId }, 'administrator_not_found'],
  ] as const;
  for (const [act, code] of refusals)
    for (const endpoint of [api.previewBulkJob, api.startBulkJob])
      expect(await admin.refusal(endpoint, { body: { selection: these(ids), act: act as never } })).toMatchObject({
        code,
      });
  for (const [selection, code] of [
    [{ filter: 'status:' }, 'filter_invalid'],
    [{ filter: 'nobody-is-called-so' }, 'bulk_empty'],
    [these([nobody as CustomerId]), 'bulk_empty'],
  ] as const)
    for (const endpoint of [api.previewBulkJob, api.startBulkJob])
      expect(await admin.refusal(endpoint, { body: { selection, act: addTags('A') } })).toMatchObject({ code });
  expect((await admin.call(api.listBulkJobs)).items).toEqual([]);
  expect(
    await admin.refusal(api.listBulkResults, { params: { bulkJobId: nobody }, query: { after: 'x' } }),
  ).toMatchObject({ code: 'cursor_invalid' });
});

test('a selection by filter is fixed when the job begins', async () => {
  const { hub, admin } = await world(2);
  const job = await admin.call(api.startBulkJob, { body: { selection: { filter: 'customer' }, act: addTags('A') } });
  await admin.call(createCustomer, { body: { name: 'Customer late', country: 'US' } });
  run(hub);
  expect(await ended(admin, job.id)).toMatchObject({ total: 2, changed: 2 });
});

test('the latest jobs are kept and no more', async () => {
  const { hub, admin, partnerId, ids } = await world(1);
  run(hub);
  for (let at = 0; at < 23; at += 1) {
    const { id } = await admin.call(api.startBulkJob, { body: { selection: these(ids), act: addTags('A') } });
    await ended(admin, id);
  }
  expect((await admin.call(api.listBulkJobs)).items).toHaveLength(20);
  expect((await hub.asOwner('select 1 from bulk_job where partner_id = $1', [partnerId])).length).toBeLessThan(23);
}, 60_000);

test('10,000 customers are tagged and taken back, and others are not held up', async () => {
  const { hub, admin, partnerId } = await world(10_000);
  const other = await world(1);
  run(hub);
  const asked = { body: { selection: { filter: 'customer' }, act: addTags('North', 'VIP') } };
  expect(await admin.call(api.previewBulkJob, asked)).toMatchObject({ changed: 10_000 });
  const job = await admin.call(api.startBulkJob, asked);
  const small = await other.admin.call(api.startBulkJob, { body: { selection: these(other.ids), act: addTags('A') } });
  await ended(other.admin, small.id);
  expect((await admin.call(api.getBulkJob, { params: { bulkJobId: job.id } })).looked).toBeLessThan(10_000);
  await untilLong(async () => (await admin.call(api.getBulkJob, { params: { bulkJobId: job.id } })).endedAt !== null);
  expect((await admin.call(listTags)).items.map(({ holders }) => holders)).toEqual([10_000, 10_000]);
  const undo = await admin.call(api.undoBulkJob, { params: { bulkJobId: job.id } });
  await untilLong(async () => (await admin.call(api.getBulkJob, { params: { bulkJobId: undo.id } })).endedAt !== null);
  expect(await hub.asOwner('select 1 from tag where partner_id = $1', [partnerId])).toEqual([]);
}, 240_000);

async function untilLong(isSo: () => Promise<boolean>): Promise<void> {
  for (let at = 0; at < 20; at += 1) {
    const isDone = await until(isSo).then(
      () => true,
      () => false,
    );
    if (isDone) return;
  }
  throw new Error('It took too long.');
}

test('the dry run names the tags that would be given or taken, to how many, and which would be new', async () => {
  const { hub, admin, ids } = await world(3);
  const [one, two, full] = ids as [CustomerId, CustomerId, CustomerId];
  await admin.call(setCustomerTags, { params: { customerId: one }, body: { tags: [{ name: 'North' }] } });
  const five = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
  await admin.call(setCustomerTags, { params: { customerId: full }, body: { tags: five } });
  const preview = (act: ReturnType<typeof addTags> | ReturnType<typeof removeTags>) =>
    admin.call(api.previewBulkJob, { body: { selection: these([one, two, full]), act } });
  expect(await preview(addTags('NORTH', 'Fresh'))).toMatchObject({
    changed: 2,
    failed: 1,
    tags: [
      { name: 'Fresh', isNew: true, customers: 2 },
      { name: 'North', isNew: false, customers: 1 },
    ],
  });
  expect((await preview(removeTags('north', 'A'))).tags).toEqual([
    { name: 'North', isNew: false, customers: 1 },
    { name: 'a', isNew: false, customers: 1 },
  ]);
  expect((await preview(addTags('north'))).tags).toEqual([{ name: 'North', isNew: false, customers: 1 }]);
  expect(await tagsOf(hub, two)).toEqual([]);
});
