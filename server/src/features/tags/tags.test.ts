import { assignCustomers } from '@hub/contract/administrators';
import * as api from '@hub/contract/customer-tags';
import { createCustomer, mergeCustomer } from '@hub/contract/customers';
import type { CustomerId, PartnerId, TagId } from '@hub/contract/ids';
import { createSubscription } from '@hub/contract/subscriptions';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { testHub } from '../../testing/test-hub.ts';
import { restoreTag } from './restore-tag.ts';
import { judgeTagChange, type TagData } from './tag-rules.ts';

async function partnerWithCustomers(count = 2) {
  const hub = await testHub();
  const partner = await hub.partner();
  const customers: CustomerId[] = [];
  for (let at = 0; at < count; at += 1)
    customers.push((await partner.admin.call(createCustomer, { body: { name: `Customer ${at}`, country: 'US' } })).id);
  const pia = await hub.person(partner.partnerId, 'partner_admin');
  const assign = (ids: CustomerId[]) =>
    partner.admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: ids } });
  return { hub, ...partner, customers: customers as [CustomerId, CustomerId, ...CustomerId[]], pia, assign };
}

const set = (client: TestClient, customerId: CustomerId, tags: (string | { id: string })[]) =>
  client.call(api.setCustomerTags, {
    params: { customerId },
    body: { tags: tags.map((tag) => (typeof tag === 'string' ? { name: tag } : { id: tag.id as TagId })) },
  });
const names = async (client: TestClient) => (await client.call(api.listTags)).items.map(({ name }) => name);

test('a tag is created by naming it, found whatever its case, and disappears with its last holder; giving it again undoes that', async () => {
  const { hub, admin, customers } = await partnerWithCustomers();
  const [one, two] = customers;
  const first = await admin.call(api.setCustomerTags, {
    params: { customerId: one },
    body: { tags: [{ name: '  Север \u200b  юг ', color: 'red', description: ' \u202EBo\u200Bth' }, { name: 'VIP' }] },
  });
  expect(first.tags.map(({ name, color }) => [name, color])).toEqual([
    ['VIP', 'gray'],
    ['Север юг', 'red'],
  ]);
  expect((await set(admin, two, ['СЕВЕР ЮГ', 'север юг'])).tags).toEqual([first.tags[1]]);
  expect((await set(admin, one, [])).gone).toMatchObject([{ name: 'VIP', kind: 'customer' }]);
  const { gone } = await set(admin, two, []);
  expect(gone).toMatchObject([{ name: 'Север юг', color: 'red', description: 'Both', kind: 'customer', holders: 1 }]);
  expect(await names(admin)).toEqual([]);
  const [again] = gone;
  if (!again) throw new Error('Nothing is gone.');
  const { name, color, description } = again;
  await admin.call(api.setCustomerTags, {
    params: { customerId: two },
    body: { tags: [{ name, color, description }] },
  });
  expect((await admin.call(api.listTags)).items).toMatchObject([{ name, color, description, holders: 1 }]);
  const events = (await hub.auditOf(two)).filter(({ action }) => action === 'tags.assign');
  expect(events.map(({ before, after, customer_id }) => [before, after, customer_id])).toEqual([
    [{ tags: [] }, { tags: ['Север юг'] }, two],
    [{ tags: ['Север юг'] }, { tags: [] }, two],
    [{ tags: [] }, { tags: ['Север юг'] }, two],
  ]);
});

test('what is so already is not written, and not audited', async () => {
  const { hub, admin, customers } = await partnerWithCustomers();
  await set(admin, customers[0], ['A', 'B']);
  await set(admin, customers[0], ['b', 'a']);
  expect((await hub.auditOf(customers[0])).filter(({ action }) => action === 'tags.assign')).toHaveLength(1);
});

test('five tags and no more; a name of 25 characters and no more, as people count', async () => {
  const { admin, customers } = await partnerWithCustomers();
  const [one] = customers;
  await set(admin, one, ['1', '2', '3', '4', '5']);
  const six = { params: { customerId: one }, body: { tags: ['1', '2', '3', '4', '5', '6'].map((name) => ({ name })) } };
  expect(await admin.refusal(api.setCustomerTags, six)).toMatchObject({ code: 'tag_limit', data: { limit: 5 } });
  expect(await names(admin)).toEqual(['1', '2', '3', '4', '5']);
  expect((await set(admin, one, ['👩🏽'.repeat(6), '한'.repeat(25)])).tags).toHaveLength(2);
  for (const name of ['x'.repeat(26), '\u202e', ' ', 'x'.repeat(5000)])
    expect(
      await admin.refusal(api.setCustomerTags, { params: { customerId: one }, body: { tags: [{ name }] } }),
    ).toMatchObject({ code: 'invalid_request' });
  expect((await set(admin, one, ["'; drop table tag; --"])).tags).toHaveLength(1);
});

test('two people change the tags of one customer at once, and nothing of either is lost', async () => {
  const { admin, customers, pia, assign } = await partnerWithCustomers();
  const [one] = customers;
  await assign([one]);
  const [first] = (await set(admin, one, ['First'])).tags;
  const params = { customerId: one };
  const give = (client: TestClient, name: string) =>
    client.call(api.changeCustomerTags, { params, body: { add: [{ name }] } });
  // Neither page knows of the other's tag.
  await Promise.all([give(admin, 'Of admin'), give(pia.client, 'Of Pia')]);
  const taken = await admin.call(api.changeCustomerTags, { params, body: { remove: [first?.id as TagId] } });
  expect(taken.tags.map(({ name }) => name)).toEqual(['Of admin', 'Of Pia']);
  expect(taken.gone.map(({ name }) => name)).toEqual(['First']);
  // Taken twice changes nothing more.
  expect((await admin.call(api.changeCustomerTags, { params, body: { remove: [first?.id as TagId] } })).gone).toEqual(
    [],
  );
  for (const name of ['Three', 'Four', 'Five']) await give(pia.client, name);
  const sixth = { params, body: { add: [{ name: 'Six' }] } };
  expect(await admin.refusal(api.changeCustomerTags, sixth)).toMatchObject({ code: 'tag_limit', data: { limit: 5 } });
  expect((await give(admin, 'five')).tags).toHaveLength(5);
});

test('tags of customers and of subscriptions are two lists', async () => {
  const { hub, admin, customers, pia } = await partnerWithCustomers();
  const [one] = customers;
  const { id } = await admin.call(createSubscription, {
    params: { customerId: one },
    body: {
      reference: 'Sub-1',
      startsOn: '2026-01-01',
      endsOn: null,
      termMonths: null,
      autoRenews: false,
      paymentState: 'current',
      setupState: 'provisioned',
      setupNote: null,
      lines: [],
    },
  });
  const params = { subscriptionId: id };
  await set(admin, one, ['North']);
  const { tags } = await admin.call(api.setSubscriptionTags, { params, body: { tags: [{ name: 'north' }] } });
  const { items } = await admin.call(api.listTags, { query: { kind: 'subscription' } });
  expect(items).toMatchObject([{ name: 'north', kind: 'subscription', holders: 1 }]);
  const ofCustomers = (await admin.call(api.listTags)).items[0];
  expect(ofCustomers).toMatchObject({ name: 'North', holders: 1 });
  const mixed = { params: { customerId: one }, body: { tags: [{ id: tags[0]?.id as TagId }] } };
  expect(await admin.refusal(api.setCustomerTags, mixed)).toMatchObject({ code: 'tag_not_found' });
  const merge = { params: { tagId: tags[0]?.id as TagId }, body: { intoTagId: ofCustomers?.id as TagId } };
  expect(await admin.refusal(api.mergeTag, merge)).toMatchObject({ code: 'tag_not_found' });
  expect(await pia.client.refusal(api.setSubscriptionTags, { params, body: { tags: [] } })).toMatchObject({
    code: 'subscription_not_found',
  });
  expect((await hub.auditOf(id)).map(({ action, customer_id }) => [action, customer_id])).toContainEqual([
    'tags.assign',
    one,
  ]);
  // With the subscription goes its tag, and its name is free again.
  await hub.asOwner('delete from subscription where id = $1', [id]);
  expect((await admin.call(api.listTags, { query: { kind: 'subscription' } })).items).toEqual([]);
});

test('a tag given by its ID stays the same one though somebody renames it in between', async () => {
  const { hub, admin, customers } = await partnerWithCustomers();
  const [one, two] = customers;
  const [tag] = (await set(admin, one, ['Nroth'])).tags;
  if (!tag) throw new Error('No tag.');
  const renamed = await admin.call(api.changeTag, {
    params: { tagId: tag.id },
    body: { name: 'North', color: 'blue' },
  });
  expect(renamed).toMatchObject({ name: 'North', color: 'blue', holders: 1 });
  expect((await set(admin, two, [{ id: tag.id }])).tags).toEqual([{ id: tag.id, name: 'North', color: 'blue' }]);
  // Another case of its own name is no other tag's.
  await admin.call(api.changeTag, { params: { tagId: tag.id }, body: { name: 'NORTH' } });
  await set(admin, one, [{ id: tag.id }, 'South']);
  expect(await admin.refusal(api.changeTag, { params: { tagId: tag.id }, body: { name: 'SOUTH' } })).toMatchObject({
    code: 'tag_name_taken',
    data: { name: 'South' },
  });
  const changes = (await hub.auditOf(tag.id)).map(({ action, before, after }) => [action, before, after]);
  expect(changes[0]).toEqual([
    'tags.change',
    { name: 'Nroth', color: 'gray', description: '' },
    { name: 'North', color: 'blue', description: '' },
  ]);
  expect(changes).toHaveLength(2);
});

test('merging leaves one tag to whoever had either, removing takes it from all', async () => {
  const { hub, admin, customers } = await partnerWithCustomers(3);
  const [one, two, three] = customers as [CustomerId, CustomerId, CustomerId];
  const [from, into] = (await set(admin, one, ['a-from', 'b-into'])).tags;
  if (!from || !into) throw new Error('No tags.');
  await set(admin, two, ['a-from']);
  await set(admin, three, ['b-into']);
  expect(await admin.call(api.mergeTag, { params: { tagId: from.id }, body: { intoTagId: into.id } })).toMatchObject({
    id: into.id,
    holders: 3,
  });
  expect(await names(admin)).toEqual(['b-into']);
  expect(await admin.refusal(api.removeTag, { params: { tagId: from.id } })).toMatchObject({ code: 'tag_not_found' });
  await admin.call(api.removeTag, { params: { tagId: into.id } });
  expect(await names(admin)).toEqual([]);
  expect(await hub.asOwner('select * from customer_tag where customer_id = any($1)', [customers])).toEqual([]);
  expect((await hub.auditOf(from.id)).map(({ action }) => action)).toEqual(['tags.merge']);
  expect((await hub.auditOf(into.id)).map(({ action }) => action)).toEqual(['tags.remove']);
});

describe('in a scope', () => {
  test('every tag is seen, holders of one’s own are counted, and others’ holders keep a tag alive', async () => {
    const { admin, customers, pia, assign } = await partnerWithCustomers();
    const [mine, hidden] = customers;
    await assign([mine]);
    await set(admin, hidden, ['Shared', 'Elsewhere']);
    const { tags } = await set(pia.client, mine, ['shared']);
    expect((await pia.client.call(api.listTags)).items.map(({ name, holders }) => [name, holders])).toEqual([
      ['Elsewhere', 0],
      ['Shared', 1],
    ]);
    expect(await set(pia.client, mine, [])).toEqual({ tags: [], gone: [] });
    expect(await names(admin)).toEqual(['Elsewhere', 'Shared']);
    await set(pia.client, mine, ['shared']);
    const tagId = tags[0]?.id as TagId;
    // It stays the same tag of the same holders.
    await pia.client.call(api.changeTag, { params: { tagId }, body: { name: 'Common' } });
    for (const refused of [
      await pia.client.refusal(api.removeTag, { params: { tagId } }),
      await pia.client.refusal(api.mergeTag, { params: { tagId }, body: { intoTagId: tagId } }).catch(() => undefined),
    ].slice(0, 1))
      expect(refused).toMatchObject({ status: 409, code: 'tag_held_elsewhere', data: { name: 'Common' } });
    const own = (await set(pia.client, mine, ['Own', { id: tagId }])).tags.find(({ name }) => name === 'Own');
    const merge = (from: TagId, into: TagId) => ({ params: { tagId: from }, body: { intoTagId: into } });
    expect(await pia.client.refusal(api.mergeTag, merge(tagId, own?.id as TagId))).toMatchObject({
      code: 'tag_held_elsewhere',
    });
    expect(await pia.client.call(api.mergeTag, merge(own?.id as TagId, tagId))).toMatchObject({ holders: 1 });
    expect((await admin.call(api.listTags)).items).toMatchObject([
      { name: 'Common', holders: 2 },
      { name: 'Elsewhere', holders: 1 },
    ]);
  });

  test('a customer outside it is not there, nor is anything of another partner', async () => {
    const { hub, admin, customers, pia } = await partnerWithCustomers();
    const [tag] = (await set(admin, customers[0], ['Mine'])).tags;
    const tagId = tag?.id as TagId;
    const give = { params: { customerId: customers[0] }, body: { tags: [] } };
    expect(await pia.client.refusal(api.setCustomerTags, give)).toMatchObject({ code: 'customer_not_found' });
    const other = await hub.partner();
    expect(await other.admin.refusal(api.setCustomerTags, give)).toMatchObject({ code: 'customer_not_found' });
    expect(await other.admin.refusal(api.removeTag, { params: { tagId } })).toMatchObject({ code: 'tag_not_found' });
    expect(await other.admin.refusal(api.changeTag, { params: { tagId }, body: { name: 'Theirs' } })).toMatchObject({
      code: 'tag_not_found',
    });
    const theirs = await other.admin.call(createCustomer, { body: { name: 'Theirs', country: 'US' } });
    expect(
      await other.admin.refusal(api.setCustomerTags, {
        params: { customerId: theirs.id },
        body: { tags: [{ id: tagId }] },
      }),
    ).toMatchObject({ code: 'tag_not_found' });
    expect(await names(other.admin)).toEqual([]);
  });

  test('help desks and readers see tags and write none', async () => {
    const { hub, partnerId, readOnly, customers, admin } = await partnerWithCustomers();
    await set(admin, customers[0], ['Seen']);
    for (const client of [readOnly, (await hub.person(partnerId, 'help_desk_basic')).client]) {
      expect(await names(client)).toEqual(['Seen']);
      const give = { params: { customerId: customers[0] }, body: { tags: [] } };
      expect(await client.refusal(api.setCustomerTags, give)).toMatchObject({ code: 'permission_denied' });
    }
  });
});

test('many at once, giving, taking, renaming and merging, leave no name twice, no orphan and nobody with too many', async () => {
  const { hub, partnerId, admin, customers } = await partnerWithCustomers(6);
  const words = ['a', 'A', 'b', 'B', 'c', 'C', 'd', 'e', 'f', 'g'];
  let seed = 7;
  const next = (below: number): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const acts = Array.from({ length: 120 }, (_, at) => async () => {
    const { items } = await admin.call(api.listTags);
    const [one, other] = [items[next(items.length || 1)], items[next(items.length || 1)]];
    if (at % 6 === 4 && one)
      return admin.call(api.changeTag, { params: { tagId: one.id }, body: { name: `${words[next(words.length)]}` } });
    if (at % 6 === 5 && one && other)
      return admin.call(api.mergeTag, { params: { tagId: one.id }, body: { intoTagId: other.id } });
    const some = Array.from({ length: next(5) }, () => `${words[next(words.length)]}`);
    return set(admin, customers[next(customers.length)] as CustomerId, some);
  });
  for (let at = 0; at < acts.length; at += 12) {
    const done = await Promise.allSettled(acts.slice(at, at + 12).map((act) => act()));
    const refused = done.flatMap((result) =>
      result.status === 'rejected' ? [(result.reason as { problem?: { code: string } }).problem?.code] : [],
    );
    expect(refused.filter((code) => !['tag_not_found', 'tag_name_taken', 'tag_limit'].includes(String(code)))).toEqual(
      [],
    );
    const orphans = await hub.asOwner(
      'select name from tag where partner_id = $1 and not exists (select from customer_tag h where h.tag_id = tag.id)',
      [partnerId],
    );
    expect(orphans).toEqual([]);
    const tooMany = await hub.asOwner(
      'select customer_id from customer_tag where partner_id = $1 group by 1 having count(*) > 5',
      [partnerId],
    );
    expect(tooMany).toEqual([]);
  }
});

test('a change is judged as a set would be: property', () => {
  const tag = fc
    .integer({ min: 0, max: 9 })
    .map((n): TagData => ({ id: `t${n}`, name: `t${n}`, color: 'gray', description: '' }));
  const tags = fc.uniqueArray(tag, { maxLength: 5, selector: ({ id }) => id });
  fc.assert(
    fc.property(tags, fc.array(tag, { maxLength: 8 }), fc.array(tag, { maxLength: 8 }), (held, add, remove) => {
      const verdict = judgeTagChange(held, { holderId: 'h', customerId: 'h', add, remove: remove.map(({ id }) => id) });
      const before = new Set(held.map(({ id }) => id));
      const after = new Set([
        ...[...before].filter((id) => !remove.some((one) => one.id === id)),
        ...add.map(({ id }) => id),
      ]);
      const isSame = before.size === after.size && [...before].every((id) => after.has(id));
      const adds = [...after].some((id) => !before.has(id));
      const expected = isSame ? 'unchanged' : adds && after.size > 5 ? 'failed' : 'changed';
      expect(verdict.outcome).toBe(expected);
      const [added, removed] = verdict.outcome === 'changed' ? [verdict.added, verdict.removed] : [[], []];
      const reached = new Set([...before, ...added.map(({ id }) => id)]);
      for (const { id } of removed) reached.delete(id);
      expect(reached).toEqual(verdict.outcome === 'changed' ? after : before);
    }),
  );
});

describe('a removal and a merge can be taken back', () => {
  const tagOf = async (client: TestClient, name: string, kind: 'customer' | 'subscription' = 'customer') => {
    const tag = (await client.call(api.listTags, { query: { kind } })).items.find((one) => one.name === name);
    if (!tag) throw new Error(`There is no tag ${name}.`);
    return tag;
  };
  const restore = (client: TestClient, { id }: { id: TagId }) => client.call(api.restoreTag, { params: { tagId: id } });
  const holdersOf = async (client: TestClient) =>
    Object.fromEntries((await client.call(api.listTags)).items.map(({ name, holders }) => [name, holders]));

  test('who had the removed tag has the same one again, once, and for a day', async () => {
    const { hub, admin, customers } = await partnerWithCustomers(3);
    const [one, two] = customers;
    for (const id of [one, two]) await set(admin, id, ['Край', 'Other']);
    const tag = await tagOf(admin, 'Край');
    await admin.call(api.changeTag, { params: { tagId: tag.id }, body: { color: 'red', description: 'Far' } });
    const remove = () => admin.call(api.removeTag, { params: { tagId: tag.id } });
    await remove();
    expect(await restore(admin, tag)).toEqual({ restored: 2, left: 0 });
    expect(await tagOf(admin, 'Край')).toEqual({ ...tag, color: 'red', description: 'Far' });
    const gone = { status: 404, code: 'tag_not_found' };
    expect(await admin.refusal(api.restoreTag, { params: { tagId: tag.id } })).toMatchObject(gone);
    expect((await hub.auditOf(tag.id)).at(-1)).toMatchObject({
      action: 'tags.restore',
      after: { restored: 2, left: 0 },
    });
    await remove();
    hub.clock.advance(24 * 3_600_000);
    const { client } = await hub.person((await hub.partner()).partnerId, 'partner_full');
    expect(await client.refusal(api.restoreTag, { params: { tagId: tag.id } })).toMatchObject(gone);
    const late = hub.ctx(
      (await hub.asOwner<{ partner_id: PartnerId }>('select partner_id from customer where id = $1', [one]))[0]!
        .partner_id,
    );
    await expect(restoreTag(late, tag.id)).rejects.toMatchObject({ code: 'tag_not_found' });
  });

  test('who is gone, or has no room, is left and counted; a tag that has the name by now stands for it', async () => {
    const { hub, admin, customers } = await partnerWithCustomers(4);
    const [one, two, three, four] = customers as [CustomerId, CustomerId, CustomerId, CustomerId];
    for (const id of [one, two, three]) await set(admin, id, ['Key']);
    const tag = await tagOf(admin, 'Key');
    await admin.call(api.removeTag, { params: { tagId: tag.id } });
    await set(admin, one, ['a', 'b', 'c', 'd', 'e']);
    await hub.asOwner('delete from customer where id = $1', [two]);
    await set(admin, four, ['KEY']);
    expect(await restore(admin, tag)).toEqual({ restored: 1, left: 2 });
    expect(await holdersOf(admin)).toMatchObject({ KEY: 2, a: 1 });
    expect(await names(admin)).not.toContain('Key');
    // Nobody at all can have it: nothing is made.
    await set(admin, one, ['a', 'b', 'c', 'd', 'Last']);
    const last = await tagOf(admin, 'Last');
    await admin.call(api.removeTag, { params: { tagId: last.id } });
    await set(admin, one, ['a', 'b', 'c', 'd', 'e']);
    expect(await restore(admin, last)).toEqual({ restored: 0, left: 1 });
    expect(await names(admin)).not.toContain('Last');
  });

  test('a merge gives back the one and takes the other, but from those who had both', async () => {
    const { admin, customers } = await partnerWithCustomers(5);
    const [both, only, full, own] = customers as [CustomerId, CustomerId, CustomerId, CustomerId];
    await set(admin, both, ['From', 'Into']);
    await set(admin, only, ['From']);
    await set(admin, full, ['From', 'w', 'x', 'y', 'z']);
    await set(admin, own, ['Into']);
    const [from, into] = [await tagOf(admin, 'From'), await tagOf(admin, 'Into')];
    await admin.call(api.mergeTag, { params: { tagId: from.id }, body: { intoTagId: into.id } });
    expect(await holdersOf(admin)).toMatchObject({ Into: 4 });
    expect(await restore(admin, from)).toEqual({ restored: 3, left: 0 });
    expect(await holdersOf(admin)).toMatchObject({ From: 3, Into: 2 });
    // One after the other, also where what took its place is gone itself.
    await admin.call(api.mergeTag, { params: { tagId: from.id }, body: { intoTagId: into.id } });
    await admin.call(api.removeTag, { params: { tagId: into.id } });
    expect(await admin.refusal(api.restoreTag, { params: { tagId: from.id } })).toMatchObject({
      status: 409,
      code: 'undo_later_tag',
      data: { name: 'Into' },
    });
    expect(await restore(admin, into)).toEqual({ restored: 4, left: 0 });
    expect(await restore(admin, from)).toEqual({ restored: 3, left: 0 });
    expect(await holdersOf(admin)).toMatchObject({ From: 3, Into: 2 });
  });

  test('a merge into what has its name by now is refused, and can be taken back once that is called otherwise', async () => {
    const { admin, customers } = await partnerWithCustomers(2);
    const [one, two] = customers;
    await set(admin, one, ['Alpha']);
    await set(admin, two, ['Alpha', 'Beta']);
    const [alpha, beta] = [await tagOf(admin, 'Alpha'), await tagOf(admin, 'Beta')];
    await admin.call(api.mergeTag, { params: { tagId: alpha.id }, body: { intoTagId: beta.id } });
    const rename = (name: string) => admin.call(api.changeTag, { params: { tagId: beta.id }, body: { name } });
    await rename('alpha');
    expect(await admin.refusal(api.restoreTag, { params: { tagId: alpha.id } })).toMatchObject({
      status: 409,
      code: 'tag_merged_has_name',
      data: { name: 'alpha' },
    });
    expect(await holdersOf(admin)).toEqual({ alpha: 2 });
    await rename('Beta');
    expect(await restore(admin, alpha)).toEqual({ restored: 2, left: 0 });
    expect(await holdersOf(admin)).toEqual({ Alpha: 2, Beta: 1 });
  });

  test('of subscriptions as of customers, also after their customer was merged into another', async () => {
    const { admin, customers } = await partnerWithCustomers(2);
    const [kept, gone] = customers;
    const made = await admin.call(createSubscription, {
      params: { customerId: gone },
      body: {
        reference: 'Sub-1',
        startsOn: '2026-01-01',
        endsOn: null,
        termMonths: null,
        autoRenews: false,
        paymentState: 'current',
        setupState: 'provisioned',
        setupNote: null,
        lines: [],
      },
    });
    const params = { subscriptionId: made.id };
    await admin.call(api.setSubscriptionTags, { params, body: { tags: [{ name: 'Price' }] } });
    const tag = await tagOf(admin, 'Price', 'subscription');
    await set(admin, gone, ['Of it']);
    const own = await tagOf(admin, 'Of it');
    for (const { id } of [tag, own]) await admin.call(api.removeTag, { params: { tagId: id } });
    await admin.call(mergeCustomer, { params: { customerId: kept }, body: { otherCustomerId: gone } });
    expect(await restore(admin, tag)).toEqual({ restored: 1, left: 0 });
    expect(await restore(admin, own)).toEqual({ restored: 1, left: 0 });
    expect(await tagOf(admin, 'Price', 'subscription')).toMatchObject({ id: tag.id, holders: 1 });
    expect(await tagOf(admin, 'Of it')).toMatchObject({ holders: 1 });
  });

  test('in a scope one takes back one’s own, for whom one still sees; others have no right or no such tag', async () => {
    const { hub, partnerId, admin, customers, pia, assign } = await partnerWithCustomers();
    const [mine, lost] = customers;
    await assign([mine, lost]);
    for (const id of [mine, lost]) await set(admin, id, ['Ours', 'Theirs']);
    const [ours, theirs] = [await tagOf(admin, 'Ours'), await tagOf(admin, 'Theirs')];
    await pia.client.call(api.removeTag, { params: { tagId: ours.id } });
    await admin.call(api.removeTag, { params: { tagId: theirs.id } });
    const gone = { status: 404, code: 'tag_not_found' };
    expect(await pia.client.refusal(api.restoreTag, { params: { tagId: theirs.id } })).toMatchObject(gone);
    expect(await (await hub.partner()).admin.refusal(api.restoreTag, { params: { tagId: ours.id } })).toMatchObject(
      gone,
    );
    const desk = (await hub.person(partnerId, 'help_desk_advanced')).client;
    expect(await desk.refusal(api.restoreTag, { params: { tagId: ours.id } })).toMatchObject({
      code: 'permission_denied',
    });
    await admin.call(assignCustomers, { params: { personId: pia.personId }, body: { add: [], remove: [lost] } });
    expect(await restore(pia.client, ours)).toEqual({ restored: 1, left: 1 });
    expect(await restore(admin, theirs)).toEqual({ restored: 2, left: 0 });
    expect(await holdersOf(admin)).toEqual({ Ours: 1, Theirs: 2 });
  });
});
