import { expect, test } from 'vitest';
import { inTenant } from '../access/index.ts';
import { testHub } from '../../testing/test-hub.ts';
import { audit } from './index.ts';

test('who did what stands with the tracking ID of the request', async () => {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  const ctx = hub.ctx(partnerId);
  const target = { kind: 'thing', id: hub.clock.id() };
  await inTenant(ctx, (tx) =>
    audit(tx, ctx, { action: 'things.change', target, before: { colour: 'red' }, after: { colour: 'blue' } }),
  );
  expect(await hub.auditOf(target.id)).toMatchObject([
    {
      partner_id: partnerId,
      at: hub.clock.now(),
      actor_kind: 'operator',
      actor_person_id: null,
      action: 'things.change',
      target_kind: 'thing',
      before: { colour: 'red' },
      after: { colour: 'blue' },
      tracking_id: ctx.trackingId,
    },
  ]);
});

test('a write that is undone leaves no entry', async () => {
  const hub = await testHub();
  const { partnerId } = await hub.partner();
  const ctx = hub.ctx(partnerId);
  const target = { kind: 'thing', id: hub.clock.id() };
  const undone = inTenant(ctx, async (tx) => {
    await audit(tx, ctx, { action: 'things.change', target });
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');
  expect(await hub.auditOf(target.id)).toEqual([]);
});

test('nobody writes into another partner’s log', async () => {
  const hub = await testHub();
  const [one, two] = [await hub.partner(), await hub.partner()];
  const target = { kind: 'thing', id: hub.clock.id() };
  const across = inTenant(hub.ctx(one.partnerId), (tx) =>
    audit(tx, hub.ctx(two.partnerId), { action: 'things.change', target }),
  );
  await expect(across).rejects.toThrow(/row-level security/);
  expect(await hub.auditOf(target.id)).toEqual([]);
});
