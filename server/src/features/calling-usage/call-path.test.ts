import { assignCustomers } from '@hub/contract/administrators';
import { getCallPath } from '@hub/contract/call-path';
import { expect, test } from 'vitest';
import { type LegRecord, legRecord, madeUuid } from '../../testing/leg-record.ts';
import type { TestClient } from '../../testing/test-client.ts';
import { usageHub } from '../../testing/usage-hub.ts';

const session = '0000c0de-0000-4000-8000-00000000ca11';
const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 2, 23, 59, 30 + seconds)).toISOString();

const pathOf = (as: TestClient, { report_id, start_time }: LegRecord) =>
  as.call(getCallPath, {
    params: { reportId: report_id },
    query: { region: 'us', startDate: start_time.slice(0, 10) },
  });

/** Attendant, queue, two agents, and the colleague that the second one transfers to, whose call has a session of its own. Past midnight. */
function callOf(org_uuid: string): LegRecord[] {
  const leg = (seconds: number, change: Partial<LegRecord>): LegRecord =>
    legRecord({ org_uuid, correlation_id: session, start_time: at(seconds), direction: 'TERMINATING', ...change });
  const consult = '0000c0de-0000-4000-8000-00000000ca12';
  return [
    leg(0, {
      user_type: 'AutomatedAttendantVideo',
      user: 'Menu',
      local_call_id: 'a:0',
      auto_attendant_key_pressed: '2',
    }),
    leg(20, { user_type: 'CallCenterStandard', user: 'Support', local_call_id: 'q:0', related_call_id: 'a:0' }),
    leg(40, {
      user: 'Ada',
      answered: 'false',
      answered_elsewhere: 'Yes',
      local_call_id: 'b:0',
      related_call_id: 'q:0',
    }),
    leg(50, {
      user: 'Boris',
      local_call_id: 'c:0',
      related_call_id: 'q:0',
      transfer_related_call_id: 'd:0',
      call_transfer_time: at(90),
    }),
    leg(80, {
      user: 'Boris',
      direction: 'ORIGINATING',
      correlation_id: consult,
      local_call_id: 'd:0',
      remote_call_id: 'e:0',
      transfer_related_call_id: 'c:0',
    }),
    leg(81, { user: 'Vera', correlation_id: consult, local_call_id: 'e:0', remote_call_id: 'd:0' }),
  ];
}

test('a path has the legs of the session and of its related calls, by start, each with what it came from', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Path', 'us');
  const call = callOf(orgUuid);
  const unrelated = legRecord({ org_uuid: orgUuid, start_time: at(5) });
  const daysLater = legRecord({ org_uuid: orgUuid, correlation_id: session, start_time: '2026-11-09T00:00:00.000Z' });
  await load(admin, 'us', [...call, unrelated, daysLater].toReversed());
  for (const leg of call) {
    const { legs, ...rest } = await pathOf(admin, leg);
    expect(rest).toEqual({ hasMore: false, hasSession: true });
    expect(legs.map(({ reportId }) => reportId)).toEqual(call.map(({ report_id }) => report_id));
  }
  const { legs } = await pathOf(admin, call[3]!);
  const nameOf = (id: string | null): string | undefined => legs.find(({ reportId }) => reportId === id)?.user;
  expect(legs.map(({ role, user, cameFrom, isOfSession }) => [role, user, nameOf(cameFrom), isOfSession])).toEqual([
    ['auto_attendant', 'Menu', undefined, true],
    ['queue', 'Support', 'Menu', true],
    ['person', 'Ada', 'Support', true],
    ['person', 'Boris', 'Support', true],
    ['person', 'Boris', 'Boris', false],
    ['person', 'Vera', 'Boris', false],
  ]);
  expect(legs[0]).toMatchObject({ keyPressed: '2', transferTime: null });
  expect(legs[2]).toMatchObject({ isAnswered: false, isAnsweredElsewhere: true });
  expect(legs[3]).toMatchObject({ transferTime: at(90) });
});

test('a record without a Correlation ID is joined by its related calls alone, and to no other record without one', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'No session', 'us');
  const alone = (change: Partial<LegRecord>): LegRecord =>
    legRecord({ org_uuid: orgUuid, correlation_id: '', ...change });
  const [lonely, service, offered] = [
    alone({}),
    alone({ local_call_id: 's:0', start_time: at(0), user_type: 'HuntGroup' }),
    alone({ related_call_id: 's:0', start_time: at(9) }),
  ];
  await load(admin, 'us', [lonely, service, offered, alone({ related_call_id: 'NA', local_call_id: 'NA' })]);
  expect(await pathOf(admin, lonely)).toMatchObject({ hasSession: false, legs: [{ reportId: lonely.report_id }] });
  for (const leg of [service, offered])
    expect((await pathOf(admin, leg)).legs.map(({ reportId }) => reportId)).toEqual([
      service.report_id,
      offered.report_id,
    ]);
});

test('another customer and another partner with the same IDs are in no path, and their legs are unknown', async () => {
  const { hub, load, customer } = await usageHub();
  const partner = await hub.partner();
  const stranger = (await hub.partner()).admin;
  const pia = await hub.person(partner.partnerId, 'partner_admin');
  const [one, two] = [await customer(partner.admin, 'One', 'us'), await customer(partner.admin, 'Two', 'us')];
  const theirs = await customer(stranger, 'Theirs', 'us');
  const [mine, others, foreign] = [callOf(one.orgUuid), callOf(two.orgUuid), callOf(theirs.orgUuid)];
  await load(partner.admin, 'us', [...mine, ...others]);
  await load(stranger, 'us', foreign);
  for (const [as, call] of [
    [partner.admin, mine],
    [partner.admin, others],
    [stranger, foreign],
  ] as const)
    expect((await pathOf(as, call[0]!)).legs.map(({ reportId }) => reportId)).toEqual(
      call.map(({ report_id }) => report_id),
    );
  // Assigned is only the one.
  await partner.admin.call(assignCustomers, {
    params: { personId: pia.personId },
    body: { add: [one.id], remove: [] },
  });
  expect((await pathOf(pia.client, mine[0]!)).legs).toHaveLength(mine.length);
  const refusal = (as: TestClient, leg: { report_id: string }) =>
    as.refusal(getCallPath, { params: { reportId: leg.report_id }, query: { region: 'us', startDate: '2026-11-02' } });
  for (const [as, leg] of [
    [pia.client, others[0]!],
    [partner.admin, foreign[0]!],
    [partner.admin, { report_id: madeUuid() }],
  ] as const)
    expect(await refusal(as, leg)).toMatchObject({ code: 'not_found' });
});

test('of a longer path the first 200 legs are told, and that there are more', async () => {
  const { hub, load, customer } = await usageHub();
  const { admin } = await hub.partner();
  const { orgUuid } = await customer(admin, 'Long', 'us');
  const legs = Array.from({ length: 203 }, (_, n) =>
    legRecord({ org_uuid: orgUuid, correlation_id: session, start_time: at(n) }),
  );
  await load(admin, 'us', legs.slice(0, 200));
  expect(await pathOf(admin, legs[0]!)).toMatchObject({ hasMore: false, legs: { length: 200 } });
  await load(admin, 'us', legs.slice(200));
  const answer = await pathOf(admin, legs[0]!);
  expect(answer.hasMore).toBe(true);
  expect(answer.legs.map(({ reportId }) => reportId)).toEqual(legs.slice(0, 200).map(({ report_id }) => report_id));
});
