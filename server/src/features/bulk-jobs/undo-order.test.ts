/* oxlint-disable vitest/no-conditional-expect -- whether an undoing is refused hangs on the chain of acts that was drawn */
import * as api from '@hub/contract/bulk-jobs';
import { listTags, mergeTag, removeTag, restoreTag } from '@hub/contract/customer-tags';
import type { BulkJobId, CustomerId, PartnerId, TagId } from '@hub/contract/ids';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { type TestHub, testHub } from '../../testing/test-hub.ts';
import { runBatch } from './run-batch.ts';

const names = ['a', 'b', 'c', 'd']; // fewer than a customer has room for
const customerCount = 4;

/** "2 b": the second customer has the tag b. */
type Held = ReadonlySet<string>;

interface World {
  hub: TestHub;
  partnerId: PartnerId;
  client: TestClient;
  ids: CustomerId[];
}

async function world(hub: TestHub): Promise<World> {
  const { admin, partnerId } = await hub.partner();
  const rows = await hub.asOwner<{ id: CustomerId }>(
    `insert into customer (id, partner_id, name, country, region, created_at, search_text, name_key)
     select gen_random_uuid(), $1, 'Customer ' || n, 'US', 'us', $3, 'customer ' || n, 'customer ' || n
     from generate_series(1, $2::int) as n returning id`,
    [partnerId, customerCount, hub.clock.now()],
  );
  return { hub, partnerId, client: admin, ids: rows.map(({ id }) => id) };
}

async function heldIn({ hub, ids }: World): Promise<Held> {
  const rows = await hub.asOwner<{ id: CustomerId; name: string }>(
    'select h.customer_id as id, tag.name from customer_tag h join tag on tag.id = h.tag_id where h.customer_id = any($1)',
    [ids],
  );
  return new Set(rows.map(({ id, name }) => `${ids.indexOf(id)} ${name}`));
}

/** To its end, in batches of two. */
async function finish({ hub, partnerId }: World, jobId: BulkJobId): Promise<void> {
  while ((await runBatch(hub.installation, { jobId, partnerId }, { atMost: 2 })) === 'more');
}

async function job(there: World, act: 'add_tags' | 'remove_tags', tags: string[], whom: number[]) {
  const { client, ids } = there;
  const customerIds = whom.flatMap((at) => ids[at] ?? []);
  const { id } = await client.call(api.startBulkJob, {
    body: { selection: { customerIds }, act: { act, tags: tags.map((name) => ({ name })) } },
  });
  await finish(there, id);
  return id;
}

const idOf = async (client: TestClient, name: string): Promise<TagId | undefined> =>
  (await client.call(listTags)).items.find((tag) => tag.name === name)?.id;

type Step =
  | { kind: 'add' | 'take'; name: string; whom: number[] }
  | { kind: 'remove'; name: string }
  | { kind: 'merge'; name: string; into: string }
  | { kind: 'undo'; which: number };

const name = fc.constantFrom(...names);
const whom = fc.uniqueArray(fc.integer({ min: 0, max: customerCount - 1 }), { minLength: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('add' as const), name, whom }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const), name, whom }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), name }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('merge' as const), name, into: name }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('undo' as const), which: fc.nat(20) }) },
);

/** What was done, with what it gave and took, and how it is taken back. */
interface Done {
  words: string;
  gave: string[];
  took: string[];
  undo: () => Promise<void>;
}

/** Does one step; undefined where there was nothing to do. */
async function act(there: World, given: Exclude<Step, { kind: 'undo' }>): Promise<Done | undefined> {
  const { client } = there;
  const before = await heldIn(there);
  let undo: Done['undo'];
  if (given.kind === 'add' || given.kind === 'take') {
    if (given.kind === 'take' && (await idOf(client, given.name)) === undefined) return undefined;
    const id = await job(there, given.kind === 'add' ? 'add_tags' : 'remove_tags', [given.name], given.whom);
    undo = async () => finish(there, (await client.call(api.undoBulkJob, { params: { bulkJobId: id } })).id);
  } else {
    const tagId = await idOf(client, given.name);
    const intoTagId = given.kind === 'merge' ? await idOf(client, given.into) : undefined;
    if (tagId === undefined || tagId === intoTagId || (given.kind === 'merge' && intoTagId === undefined))
      return undefined;
    if (intoTagId === undefined) await client.call(removeTag, { params: { tagId } });
    else await client.call(mergeTag, { params: { tagId }, body: { intoTagId } });
    undo = async () => void (await client.call(restoreTag, { params: { tagId } }));
  }
  const after = await heldIn(there);
  const [gave, took] = [[...after].filter((one) => !before.has(one)), [...before].filter((one) => !after.has(one))];
  // A job that changed nothing has nothing to take back.
  return gave.length + took.length === 0 ? undefined : { words: JSON.stringify(given), gave, took, undo };
}

const reversed = (now: Held, { gave, took }: Done): string[] =>
  [...[...now].filter((one) => !gave.includes(one)), ...took].toSorted();

test('whatever is undone, and in whichever order: it leaves what was before, with what came later', async () => {
  const hub = await testHub();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), async (steps) => {
      const there = await world(hub);
      const log: Done[] = [];
      for (const given of steps) {
        if (given.kind !== 'undo') {
          const done = await act(there, given);
          if (done) log.push(done);
          continue;
        }
        const done = log[given.which % Math.max(1, log.length)];
        if (!done) continue;
        const now = await heldIn(there);
        const refused = await done.undo().then(
          () => undefined,
          (error: unknown) => (error as { problem?: { code: string } }).problem?.code ?? error,
        );
        if (refused === undefined) {
          expect([...(await heldIn(there))].toSorted()).toEqual(reversed(now, done));
          log.splice(log.indexOf(done), 1);
        } else {
          expect(['undo_later_tag', 'undo_later_job']).toContain(refused);
          expect([...(await heldIn(there))].toSorted()).toEqual([...now].toSorted());
          // The last one is never refused.
          expect(log.indexOf(done)).toBeLessThan(log.length - 1);
        }
      }
      for (const done of log.toReversed()) {
        const now = await heldIn(there);
        await done.undo();
        expect([done.words, ...[...(await heldIn(there))].toSorted()]).toEqual([done.words, ...reversed(now, done)]);
      }
      expect([...(await heldIn(there))]).toEqual([]);
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 120_000);

test('of merges in a chain the last one is undone first, and named', async () => {
  const there = await world(await testHub());
  const { client } = there;
  await job(there, 'add_tags', ['a'], [0]);
  await job(there, 'add_tags', ['b'], [1]);
  await job(there, 'add_tags', ['c'], [2]);
  const [a, b, c] = [await idOf(client, 'a'), await idOf(client, 'b'), await idOf(client, 'c')];
  if (!a || !b || !c) throw new Error('The jobs gave no tags.');
  await client.call(mergeTag, { params: { tagId: a }, body: { intoTagId: b } });
  await client.call(mergeTag, { params: { tagId: b }, body: { intoTagId: c } });
  expect(await client.refusal(restoreTag, { params: { tagId: a } })).toMatchObject({
    status: 409,
    code: 'undo_later_tag',
    data: { name: 'b' },
  });
  await client.call(restoreTag, { params: { tagId: b } });
  await client.call(restoreTag, { params: { tagId: a } });
  expect([...(await heldIn(there))].toSorted()).toEqual(['0 a', '1 b', '2 c']);
});

test('a job is not undone past a later job, or a merge, on the same tags of the same customers; past others it is', async () => {
  const there = await world(await testHub());
  const { client } = there;
  const first = await job(there, 'add_tags', ['a'], [0, 1]);
  const aside = await job(there, 'add_tags', ['a'], [2]);
  const second = await job(there, 'remove_tags', ['a'], [1]);
  const other = await job(there, 'add_tags', ['b'], [0]);
  const undo = (bulkJobId: BulkJobId) => client.call(api.undoBulkJob, { params: { bulkJobId } });
  const refusal = (bulkJobId: BulkJobId) => client.refusal(api.undoBulkJob, { params: { bulkJobId } });
  expect(await refusal(first)).toMatchObject({
    status: 409,
    code: 'undo_later_job',
    data: { name: expect.stringContaining('Ada') as string },
  });
  await finish(there, (await undo(aside)).id);
  await finish(there, (await undo(second)).id);
  const [a, b] = [await idOf(client, 'a'), await idOf(client, 'b')];
  if (!a || !b) throw new Error('The jobs gave no tags.');
  await client.call(mergeTag, { params: { tagId: a }, body: { intoTagId: b } });
  expect(await refusal(first)).toMatchObject({ code: 'undo_later_tag', data: { name: 'a' } });
  expect(await refusal(other)).toMatchObject({ code: 'undo_later_tag', data: { name: 'a' } });
  await client.call(restoreTag, { params: { tagId: a } });
  await finish(there, (await undo(first)).id);
  expect([...(await heldIn(there))]).toEqual(['0 b']);
});

test('while a job is undone a later one stops it at the customers of that one, and not for those whose turn is over', async () => {
  const there = await world(await testHub());
  const { client, hub, partnerId } = there;
  const undone = async (between: number): Promise<string[]> => {
    const first = await job(there, 'add_tags', ['a'], [0, 1, 2, 3]);
    const undo = await client.call(api.undoBulkJob, { params: { bulkJobId: first } });
    expect(await runBatch(hub.installation, { jobId: undo.id, partnerId }, { atMost: 2 })).toBe('more');
    const held = await heldIn(there);
    const whom = [0, 1, 2, 3].filter((at) => held.has(`${at} a`) === (between === 1)).slice(0, 1);
    await job(there, between === 1 ? 'remove_tags' : 'add_tags', ['a'], whom);
    await finish(there, undo.id);
    return [...(await heldIn(there))];
  };
  expect(await undone(0)).toHaveLength(1); // the one that got it again
  await job(there, 'remove_tags', ['a'], [0, 1, 2, 3]);
  expect(await undone(1)).toHaveLength(1); // the one beside the one that lost it
});
