import { assignCustomers } from '@hub/contract/administrators';
import { previewBulkJob, startBulkJob } from '@hub/contract/bulk-jobs';
import { createCustomer, type Customer } from '@hub/contract/customers';
import type { CustomerId } from '@hub/contract/ids';
import { importRecords } from '@hub/contract/record-imports';
import * as api from '@hub/contract/trials';
import { beforeAll, expect, test } from 'vitest';
import type { TestClient } from '../../testing/test-client.ts';
import { type TestHub, type TestPartner, testHub } from '../../testing/test-hub.ts';
import { startTrial } from './start-trial.ts';

const today = '2026-12-01';
let hub: TestHub;
let partner: TestPartner;

beforeAll(async () => {
  hub = await testHub({ now: `${today}T10:00:00.000Z` });
  partner = await hub.partner();
});

let made = 0;
const newCustomer = (as: TestClient = partner.admin): Promise<Customer> =>
  as.call(createCustomer, { body: { name: `Customer ${(made += 1)}`, country: 'US' } });
const terms = (over: Partial<api.TrialTerms> = {}): api.TrialTerms => ({
  startsOn: '2026-11-20',
  endsOn: '2027-01-31',
  lines: [{ product: 'calling', ordered: 25, assigned: null }],
  ...over,
});
const start = (
  { id: customerId }: { id: CustomerId },
  body: api.TrialTerms & { reference?: string },
  as = partner.admin,
): Promise<api.Trial> => as.call(api.startTrial, { params: { customerId }, body });
const messaging: api.TrialTerms['lines'] = [{ product: 'messaging', ordered: 1, assigned: null }];
/** One that is over: such come in with files of records. */
async function recordPast(
  { id: customerId }: { id: CustomerId },
  { startsOn, endsOn }: { startsOn: string; endsOn: string },
): Promise<api.Trial> {
  const reference = `Past-${(made += 1)}`;
  const [row] = await hub.asOwner<{ external_id: string }>(
    'update customer set external_id = id::text where id = $1 returning external_id',
    [customerId],
  );
  const text = `Trial ID,External ID,Product,Ordered,Start,End\n${reference},${row?.external_id},Webex Calling,25,${startsOn},${endsOn}\n`;
  const told = await partner.admin.upload(importRecords, { query: { fileName: 'trials.csv' }, body: text });
  expect(told).toMatchObject({ created: 1, rejected: 0 });
  const { items } = await partner.admin.call(api.listTrials, { params: { customerId } });
  return items.find((trial) => trial.reference === reference) as api.Trial;
}
const statusesOf = async ({ id }: { id: string }): Promise<string[]> =>
  (
    await hub.asOwner<{ status: string }>('select status from customer_status where customer_id = $1 order by 1', [id])
  ).map(({ status }) => status);

test('a trial gets a reference, is audited, and tells of its customer at once', async () => {
  const customer = await newCustomer();
  const trial = await start(customer, terms());
  expect(trial).toEqual({ ...terms(), id: trial.id, customerId: customer.id, reference: trial.reference, version: 1 });
  expect(trial.reference).toMatch(/^Trial-[2-9A-HJKMNP-TV-Z]{6}$/);
  expect(await partner.readOnly.call(api.listTrials, { params: { customerId: customer.id } })).toEqual({
    items: [trial],
  });
  expect(await statusesOf(customer)).toEqual(['trial']);
  expect(await hub.auditOf(trial.id)).toMatchObject([
    { action: 'trials.start', target_kind: 'trial', customer_id: customer.id, before: null, after: trial },
  ]);
});

test('a made reference that is taken is made anew', async () => {
  const customer = await newCustomer();
  const { reference: taken } = await start(customer, terms());
  const references = [taken, taken, 'Trial-FREE22'];
  const again = await startTrial(
    hub.ctx(partner.partnerId),
    { ...terms({ lines: [{ product: 'meetings', ordered: 1, assigned: null }] }), customerId: customer.id },
    { makeReference: () => references.shift() ?? '' },
  );
  expect(again.reference).toBe('Trial-FREE22');
  expect((await partner.admin.call(api.listTrials, { params: { customerId: customer.id } })).items).toHaveLength(2);
});

test('one trial of a product at a time; what has ended is in nobody’s way', async () => {
  const customer = await newCustomer();
  const first = await start(customer, terms());
  const params = { customerId: customer.id };
  const refused = { code: 'trial_of_product_open', data: { product: 'Webex Calling', reference: first.reference } };
  expect(await partner.admin.refusal(api.startTrial, { params, body: terms() })).toMatchObject(refused);
  const future = terms({ startsOn: '2027-02-01', endsOn: '2027-03-01' });
  expect(await partner.admin.refusal(api.startTrial, { params, body: future })).toMatchObject(refused);
  const meetings = await start(customer, terms({ lines: [{ product: 'meetings', ordered: 5, assigned: 2 }] }));
  await recordPast(customer, { startsOn: '2026-01-01', endsOn: '2026-02-01' });
  const change = { params: { trialId: meetings.id }, body: { ...terms(), version: 1 } };
  expect(await partner.admin.refusal(api.changeTrial, change)).toMatchObject(refused);
  // Two at once: the one that comes second is refused.
  const body = terms({ lines: [{ product: 'messaging', ordered: 5, assigned: null }] });
  const both = await Promise.allSettled([start(customer, body), start(customer, body)]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('a trial of nothing, of no licenses, or in days that are over is refused with what to do, one or many', async () => {
  const customer = await newCustomer();
  const past = { startsOn: '2026-11-01', endsOn: '2026-11-30' };
  const faults: [Partial<api.TrialTerms>, object][] = [
    [{ lines: [] }, { code: 'invalid_request', issues: 'lines: A trial needs a product: name at least one.' }],
    [
      { lines: [{ product: 'calling', ordered: 0, assigned: null }] },
      {
        code: 'invalid_request',
        issues: 'lines.0.ordered: A trial needs licenses: give Webex Calling at least 1, or leave it out.',
      },
    ],
    [
      { startsOn: '2027-01-02', endsOn: '2027-01-01' },
      { code: 'invalid_request', issues: 'endsOn: It must not end before it starts.' },
    ],
    [past, { code: 'trial_in_past', endsOn: '2026-11-30', today }],
  ];
  const open = await start(customer, terms({ lines: messaging }));
  const params = { customerId: customer.id };
  const selection = { customerIds: [customer.id] };
  for (const [fault, expected] of faults) {
    const body = terms(fault);
    const act = { act: 'start_trial' as const, ...body };
    for (const refusal of [
      await partner.admin.refusal(api.startTrial, { params, body }),
      await partner.admin.refusal(previewBulkJob, { body: { selection, act } }),
      await partner.admin.refusal(startBulkJob, { body: { selection, act } }),
      await partner.admin.refusal(api.changeTrial, { params: { trialId: open.id }, body: { ...body, version: 1 } }),
    ]) {
      const { issues = '', field, why, limit: _limit, ...data } = refusal.data;
      const told = String(issues).replace('body.', '').replace('act.', '');
      expect(field === undefined).toBe(why === undefined);
      expect({ code: refusal.code, ...data, ...(issues === '' ? {} : { issues: told }) }).toEqual(expected);
    }
  }
  expect((await partner.admin.call(api.listTrials, { params })).items).toEqual([open]);
  // Its last day is today's at the earliest; of what is over all but its end can be put right.
  await start(
    customer,
    terms({ startsOn: '2026-11-01', endsOn: today, lines: [{ product: 'devices', ordered: 1, assigned: null }] }),
  );
  const over = await recordPast(customer, past);
  const right = {
    params: { trialId: over.id },
    body: { ...terms({ ...past, startsOn: '2026-11-02' }), version: over.version },
  };
  expect(await partner.admin.call(api.changeTrial, right)).toMatchObject({
    startsOn: '2026-11-02',
    endsOn: past.endsOn,
  });
});

test('a change counts the version; of two who edit at once the second is refused', async () => {
  const customer = await newCustomer();
  const before = await start(customer, terms());
  const change = (over: Partial<api.TrialTerms>, version: number) => ({
    params: { trialId: before.id },
    body: { ...terms(over), version },
  });
  const after = await partner.admin.call(api.changeTrial, change({ endsOn: '2026-12-05' }, 1));
  expect(after).toEqual({ ...before, endsOn: '2026-12-05', version: 2 });
  expect(await statusesOf(customer)).toEqual(['expires_soon', 'trial']);
  expect(await partner.admin.refusal(api.changeTrial, change({}, 1))).toMatchObject({ code: 'changed_meanwhile' });
  const tooLong = change({ startsOn: '2026-01-01', endsOn: '2026-07-01' }, 2);
  expect(await partner.admin.refusal(api.changeTrial, tooLong)).toMatchObject({ code: 'invalid_request' });
  expect((await hub.auditOf(before.id))[1]).toMatchObject({
    action: 'trials.change',
    before,
    after,
    customer_id: customer.id,
  });
});

test('what was recorded by mistake goes; what has ended is kept', async () => {
  const customer = await newCustomer();
  const ended = await recordPast(customer, { startsOn: '2026-11-01', endsOn: '2026-11-30' });
  const open = await start(customer, terms());
  expect(await partner.admin.refusal(api.removeTrial, { params: { trialId: ended.id } })).toMatchObject({
    code: 'contract_ended',
    data: { reference: ended.reference },
  });
  await partner.admin.call(api.removeTrial, { params: { trialId: open.id } });
  expect(await statusesOf(customer)).toEqual(['expired']);
  expect((await hub.auditOf(open.id))[1]).toMatchObject({ action: 'trials.remove', before: open, after: null });
});

test('the partner’s own organization cannot be tried with', async () => {
  const [own] = await hub.asOwner<{ id: CustomerId }>(
    "select id from customer where partner_id = $1 and kind = 'own'",
    [partner.partnerId],
  );
  const params = { customerId: own?.id as CustomerId };
  expect(await partner.admin.refusal(api.startTrial, { params, body: terms() })).toMatchObject({
    code: 'customer_own',
  });
});

test('each sees and writes what their role and scope hold', async () => {
  const [inside, outside] = [await newCustomer(), await newCustomer()];
  const own = await start(inside, terms());
  const hidden = await start(outside, terms());
  const narrow = await hub.person(partner.partnerId, 'partner_admin');
  await partner.admin.call(assignCustomers, { params: { personId: narrow.personId }, body: { add: [inside.id] } });
  const foreign = await hub.partner();
  for (const as of [narrow.client, foreign.admin]) {
    const params = { trialId: hidden.id };
    const gone = { code: 'trial_not_found', status: 404 };
    expect(await as.refusal(api.changeTrial, { params, body: { ...terms(), version: 1 } })).toMatchObject(gone);
    expect(await as.refusal(api.removeTrial, { params })).toMatchObject(gone);
    const asked = { params: { customerId: outside.id } };
    expect(await as.refusal(api.listTrials, asked)).toMatchObject({ code: 'customer_not_found' });
    expect(await as.refusal(api.startTrial, { ...asked, body: terms() })).toMatchObject({ code: 'customer_not_found' });
  }
  const taken = {
    params: { customerId: inside.id },
    body: { ...terms({ lines: messaging }), reference: hidden.reference },
  };
  expect(await narrow.client.refusal(api.startTrial, taken)).toMatchObject({ code: 'contract_reference_not_yours' });
  const change = { params: { trialId: own.id }, body: { ...terms(), version: 1 } };
  expect(await narrow.client.call(api.changeTrial, change)).toMatchObject({ version: 2 });
  for (const role of ['partner_read_only', 'help_desk_basic', 'help_desk_advanced'] as const) {
    const { client } = await hub.person(partner.partnerId, role);
    expect(await client.refusal(api.changeTrial, change)).toMatchObject({ code: 'permission_denied' });
    expect(await client.refusal(api.startTrial, taken)).toMatchObject({ code: 'permission_denied' });
  }
});
