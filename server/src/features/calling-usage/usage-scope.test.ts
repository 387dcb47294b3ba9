import { assignCustomers } from '@hub/contract/administrators';
import * as api from '@hub/contract/calling-usage';
import type { OrgUuid } from '@hub/contract/ids';
import { discardHeldOrganizations, discardHeldRows, listHeldOrganizations, listImports } from '@hub/contract/imports';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { legRecord, madeUuid } from '../../testing/leg-record.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { type LinkedCustomer, usageHub } from '../../testing/usage-hub.ts';

const range = { from: '2026-11-01', to: '2026-11-30' };
const region = 'us';

async function partnerWithLegs() {
  const usage = await usageHub();
  const { hub } = usage;
  const partner = await hub.partner();
  const pia = await hub.person(partner.partnerId, 'partner_admin');
  const customers: LinkedCustomer[] = [];
  for (const name of ['Alder', 'Birch', 'Cedar', 'Dogwood'])
    customers.push(await usage.customer(partner.admin, name, region));
  const legs = customers.flatMap(({ orgUuid }, index) =>
    Array.from({ length: index + 2 }, (_, number) =>
      legRecord({ org_uuid: orgUuid, location: number % 2 === 0 ? 'Sofia' : 'Varna', duration: 31 * (index + number) }),
    ),
  );
  await usage.load(partner.admin, region, legs);
  const assign = (wanted: readonly { id: string }[]) => {
    const ids = wanted.map((customer) => customer.id);
    return partner.admin.call(assignCustomers, {
      params: { personId: pia.personId },
      body: { add: ids, remove: customers.map((customer) => customer.id).filter((id) => !ids.includes(id)) },
    });
  };
  return { ...usage, ...partner, pia, customers, legs, assign };
}

const usageOf = (as: TestClient) => as.call(api.getCallingUsage, { query: { ...range, region, limit: 200 } });
const legsOf = (as: TestClient) => as.call(api.listCallLegs, { query: { ...range, region, limit: 200 } });

test('the numbers of a scope are those of everything, filtered to what is assigned, at every change of it', async () => {
  const { admin, pia, customers, assign } = await partnerWithLegs();
  await fc.assert(
    fc.asyncProperty(fc.subarray(customers), async (assigned) => {
      await assign(assigned);
      const ids = new Set<string>(assigned.map((customer) => customer.id));
      const all = await usageOf(admin);
      const mine = await usageOf(pia.client);
      expect(mine.items).toEqual(all.items.filter((row) => ids.has(row.customerId)));
      expect([mine.rows, mine.rowsUnfiltered, mine.customers]).toEqual([
        mine.items.length,
        mine.items.length,
        ids.size,
      ]);
      const one = await Promise.all(
        assigned.map(({ id }) =>
          admin.call(api.getCallingUsage, { query: { ...range, region, customerId: id, limit: 200 } }),
        ),
      );
      const legs = one.map((answer) => answer.totals.callLegs ?? 0).reduce((sum, count) => sum + count, 0);
      expect(mine.totals.callLegs ?? 0).toBe(legs);
      const byRegion = await pia.client.call(api.getCallingUsageByRegion, { query: range });
      expect(byRegion.totals.callLegs ?? 0).toBe(legs);
      const list = await legsOf(pia.client);
      expect([list.legs, list.items.length]).toEqual([legs, legs]);
      const everything = await legsOf(admin);
      expect(list.items).toEqual(everything.items.filter((leg) => ids.has(leg.customerId)));
      const csv = await pia.client.download(api.exportCallingUsage, { query: { ...range, region } });
      expect(csv.text.trim().split('\r\n')).toHaveLength(mine.rows + 1);
      expect(mine.missingFeeds).toEqual(ids.size === 0 ? ['call_history', ...all.missingFeeds] : all.missingFeeds);
    }),
    { numRuns: 8, seed: 7 },
  );
});

test('a leg of a customer that was taken away is gone with the next request, also by its ID', async () => {
  const { pia, customers, legs, assign } = await partnerWithLegs();
  const [alder, birch] = customers;
  if (!alder || !birch) throw new Error('No customers.');
  await assign([alder, birch]);
  const leg = legs.find((record) => record.org_uuid === birch.orgUuid);
  const ask = { params: { reportId: leg?.report_id ?? '' }, query: { region, startDate: '2026-11-02' } } as const;
  expect(await pia.client.call(api.getCallLeg, ask)).toMatchObject({ importFileName: '' }); // whose file it was is not theirs to see
  await assign([alder]);
  const gone = await pia.client.refusal(api.getCallLeg, ask);
  const never = await pia.client.refusal(api.getCallLeg, { ...ask, params: { reportId: madeUuid() } });
  expect({ ...gone, trackingId: '' }).toEqual({ ...never, trackingId: '' });
  const query = { ...range, region, customerId: birch.id, limit: 50 } as const;
  expect((await pia.client.call(api.getCallingUsage, { query })).items).toEqual([]);
  expect(await pia.client.refusal(api.listCallLegs, { query })).toMatchObject({ code: 'customer_not_found' });
});

test('rows outside the uploader’s scope wait, name nobody, replace nothing, and enter when they come into it', async () => {
  const { admin, pia, customers, legs, assign, load, settle } = await partnerWithLegs();
  const [alder, birch] = customers;
  if (!alder || !birch) throw new Error('No customers.');
  await assign([alder]);
  const before = await usageOf(admin);
  const theirs = legs.find((record) => record.org_uuid === birch.orgUuid);
  const later = '2026-12-01T00:00:00.000Z';
  const stranger = madeUuid();
  const batch = await load(pia.client, region, [
    legRecord({ org_uuid: alder.orgUuid }),
    legRecord({ org_uuid: birch.orgUuid }), // out of scope
    legRecord({ ...theirs, org_uuid: birch.orgUuid, report_time: later, duration: 9000 }), // known there, newer: waits all the same
    legRecord({ org_uuid: stranger }),
  ]);
  expect(batch.counts).toMatchObject({ read: 4, new: 1, replaced: 0, held: 3 });
  // The ID of somebody else's leg under an own organization: nothing is replaced.
  const forged = legRecord({ ...theirs, org_uuid: alder.orgUuid, report_time: later, duration: 9000 });
  expect((await load(pia.client, region, [forged])).counts).toMatchObject({
    read: 1,
    new: 0,
    replaced: 0,
    duplicate: 1,
  });
  const after = await usageOf(admin);
  const ofBirch = (page: typeof after) => page.items.filter((row) => row.customerId === birch.id);
  expect(ofBirch(after)).toEqual(ofBirch(before));

  const held = await pia.client.call(listHeldOrganizations, { query: { region } });
  expect(held.items.map(({ orgUuid, rows, reason, customer }) => ({ orgUuid, rows, reason, customer }))).toEqual([
    { orgUuid: birch.orgUuid, rows: 2, reason: 'unknown', customer: null },
    { orgUuid: stranger, rows: 1, reason: 'unknown', customer: null },
  ]);
  await assign([alder, birch]);
  await settle(admin);
  expect((await pia.client.call(listHeldOrganizations, { query: { region } })).items).toHaveLength(1);
  const released = (await admin.call(listImports)).items[0];
  expect(released).toMatchObject({ source: 'release', counts: { read: 2, new: 1, replaced: 1 } });
});

test('what others had held is neither listed nor discarded', async () => {
  const { admin, pia, load } = await partnerWithLegs();
  const [theirs, mine] = [madeUuid(), madeUuid()];
  await load(admin, region, [legRecord({ org_uuid: theirs }), legRecord({ org_uuid: mine })]);
  await load(pia.client, region, [legRecord({ org_uuid: mine })]);
  const held = async (as: TestClient) =>
    new Map(
      (await as.call(listHeldOrganizations, { query: { region } })).items.map((item) => [item.orgUuid, item.rows]),
    );
  expect(await held(pia.client)).toEqual(new Map([[mine, 1]]));
  const discard = (as: TestClient, orgUuid: string) => as.call(discardHeldRows, { params: { region, orgUuid } });
  expect(await pia.client.refusal(discardHeldRows, { params: { region, orgUuid: theirs } })).toMatchObject({
    code: 'held_not_found',
  });
  const many = (organizations: 'matching' | [{ region: typeof region; orgUuid: OrgUuid }]) =>
    pia.client.call(discardHeldOrganizations, { body: { organizations } });
  expect(await many([{ region, orgUuid: theirs as OrgUuid }])).toMatchObject({ organizations: 0, rows: 0 });
  expect(await many('matching')).toMatchObject({ organizations: 1, rows: 1 });
  await load(pia.client, region, [legRecord({ org_uuid: mine })]);
  expect(await discard(pia.client, mine)).toEqual({ rows: 1 });
  expect(await held(admin)).toEqual(
    new Map([
      [theirs, 1],
      [mine, 1],
    ]),
  );
});
