import {
  CustomerStatus,
  type SetupFailure,
  type StatusEntry,
  type StatusReason,
} from '@hub/contract/customer-statuses';
import type { CustomerRow } from '@hub/contract/customers';
import { expect, test } from 'vitest';
import { formatFor } from '../../lib/format.ts';
import { speak, translate as t, withWords } from '../../lib/i18n.ts';
import { briefReason, nextAct, reasonText, reasonTexts, type Sign, signsOf, statusWord } from './status-words.ts';

const today = '2026-11-24';
const of = { kind: 'subscription', reference: 'Sub-4711' } as const;
const trial = { kind: 'trial', reference: 'T-9' } as const;
const f = formatFor('en');

const entry = (status: CustomerStatus, ...reasons: StatusReason[]): StatusEntry => ({
  status,
  since: reasons[0]?.since ?? today,
  reasons,
});
const over: StatusReason = { code: 'over', of, product: 'calling', over: 3, since: '2026-11-12' };
const ends: StatusReason = { code: 'ends', of, on: '2026-12-03', since: '2026-11-19' };
const active: StatusReason = { code: 'active', of, until: '2026-12-06', since: '2026-01-01' };

test('each reason is a sentence that names the contract and counts the days', async () => {
  await withWords(['customers'], Promise.resolve());
  expect(reasonText(over, today, t, f)).toBe('3 licenses over for Webex Calling on Sub-4711 for 12 days');
  expect(reasonText({ ...over, over: 1, since: today }, today, t, f)).toBe(
    '1 license over for Webex Calling on Sub-4711 since today',
  );
  expect(reasonText(ends, today, t, f)).toBe('Subscription Sub-4711 ends in 9 days');
  expect(reasonText({ ...ends, of: trial, on: today }, today, t, f)).toBe('Trial T-9 ends today');
  expect(reasonText({ code: 'payment', of, state: 'past_due', since: '2026-11-23' }, today, t, f)).toBe(
    'Payment has been overdue on Sub-4711 for 1 day',
  );
  expect(reasonText({ code: 'setup', of, state: 'pending_setup', since: '2026-11-20' }, today, t, f)).toBe(
    'Sub-4711 waits to be set up for 4 days now',
  );
  expect(reasonText({ code: 'inactive', last: null, since: '2026-11-20' }, today, t, f)).toBe(
    'No administrator of this customer has ever signed in',
  );
});

test('beside the badge stands the shortest form', async () => {
  await withWords(['customers'], Promise.resolve());
  expect(briefReason(entry('license_overage', over, { ...over, product: 'meetings', over: 11 }), today, t)).toBe('+14');
  const sooner: StatusReason = { ...ends, of: trial, on: '2026-11-26' };
  expect(briefReason(entry('expires_soon', ends, sooner), today, t)).toBe('trial, 2 d left');
  expect(briefReason(entry('subscription', active), today, t)).toBeNull();
});

test('a renewal is told of within 30 days and is no expiry', async () => {
  await withWords(['customers'], Promise.resolve());
  const next = { on: '2026-12-06', verb: 'renews', reference: 'Sub-4711' } as const;
  expect(briefReason(entry('subscription', active), today, t, next)).toBe('renews in 12 d');
  expect(reasonTexts(entry('subscription', active), today, t, f, next)).toContain('Sub-4711 renews in 12 days');
  expect(briefReason(entry('subscription', active), today, t, { ...next, on: '2026-12-25' })).toBeNull();
});

test.each([
  ['bg', '3 лиценза над закупените за Webex Calling по Sub-4711 от 12 дни', 'Абонаментът Sub-4711 изтича след 9 дни'],
  ['ko', 'Sub-4711의 Webex Calling 라이선스 3개 초과, 12일째', '구독 Sub-4711, 9일 후 만료'],
] as const)('in %s', async (language, overText, endsText) => {
  await withWords(['customers'], Promise.resolve());
  await speak(language);
  const format = formatFor(language);
  expect(reasonText(over, today, t, format)).toBe(overText);
  expect(reasonText(ends, today, t, format)).toBe(endsText);
  for (const status of CustomerStatus.options) expect(statusWord(status, t)).not.toContain('status.');
});

test('a failed setup is told with what the provider says, before an order that waits', async () => {
  await speak('en');
  await withWords(['customers'], Promise.resolve());
  const failed: SetupFailure = { code: 'setup_failed', of, state: 'error', note: 'No carrier', since: '2026-11-21' };
  expect(reasonText(failed, today, t, f)).toBe('The setup of Sub-4711 failed 3 days ago. Provider: “No carrier”');
  expect(reasonText({ ...failed, state: 'provisioned_with_errors', note: null, since: today }, today, t, f)).toBe(
    'The setup of Sub-4711 left errors, the first today',
  );
  const waits: StatusReason = { code: 'setup', of, state: 'pending_setup', since: today };
  const failedSetup = { since: '2026-11-21', reasons: [failed] };
  const statuses = [
    entry('license_overage', over),
    entry('ready_for_order_setup', waits),
    entry('subscription', active),
  ];
  const signs = signsOf({ statuses, failedSetup, anomalies: null });
  expect(signs.map(({ status }) => status)).toEqual([
    'license_overage',
    'failed_setup',
    'ready_for_order_setup',
    'subscription',
  ]);
  expect(signsOf({ statuses: [], failedSetup, anomalies: null })).toHaveLength(1);
  expect(signsOf({ statuses, failedSetup: null, anomalies: null })).toEqual(statuses);
  expect(nextAct(signs[1] ?? entry('trial', active), t)).toEqual({
    label: 'See what went wrong',
    place: 'subscriptions',
  });
});

test('who may not see subscriptions reads the same reasons without IDs and numbers, each once', async () => {
  await speak('en');
  await withWords(['customers'], Promise.resolve());
  const hidden = { kind: 'subscription', reference: null } as const;
  const texts = (given: Sign, next: CustomerRow['next'] = null) => reasonTexts(given, today, t, f, next);
  expect(texts(entry('license_overage', { ...over, of: hidden, over: null }))).toEqual([
    'Licenses over for Webex Calling for 12 days',
  ]);
  expect(briefReason(entry('license_overage', { ...over, of: hidden, over: null }), today, t)).toBeNull();
  expect(texts(entry('expires_soon', { ...ends, of: hidden }, { ...ends, of: hidden }))).toEqual([
    'Subscription ends in 9 days',
  ]);
  const unpaid: StatusReason = { code: 'payment', of: hidden, state: 'suspended', since: '2026-11-23' };
  expect(texts(entry('suspended', unpaid, { ...unpaid, state: 'past_due' }))).toEqual([
    'A subscription is suspended, with a payment overdue for 1 day',
    'Payment has been overdue on a subscription for 1 day',
  ]);
  const next = { on: '2026-12-06', verb: 'renews', reference: null } as const;
  expect(texts(entry('subscription', { ...active, of: hidden }), next)).toEqual(['A subscription renews in 12 days']);
  for (const [language, text] of [
    ['bg', 'Абонаментът изтича след 9 дни'],
    ['ko', '구독, 9일 후 만료'],
  ] as const) {
    await speak(language);
    expect(reasonText({ ...ends, of: hidden }, today, t, formatFor(language))).toBe(text);
  }
  await speak('en');
});

test('anomalies of calling stand behind orders, before those who do not sign in, with their numbers', async () => {
  await withWords(['customers'], Promise.resolve());
  const anomalies = [
    {
      kind: 'quality_spike',
      since: '2026-11-08',
      week: '2026-11-15',
      poorShare: 8.2471,
      limit: 3.5,
      knownLegs: 1240,
      policy: 'documented',
    },
    { kind: 'falling_use', since: '2026-11-15', week: '2026-11-15', legs: 5, usualLegs: 70, lowDays: 4, usedDays: 5 },
  ] as const;
  const inactive: StatusReason = { code: 'inactive', last: null, since: '2026-11-20' };
  const statuses = [entry('suspended', over), entry('no_recent_activity', inactive)];
  const signs = signsOf({ statuses, failedSetup: null, anomalies: [...anomalies] });
  expect(signs.map(({ status }) => status)).toEqual([
    'suspended',
    'quality_spike',
    'falling_use',
    'no_recent_activity',
  ]);
  expect(signsOf({ statuses, failedSetup: null, anomalies: null })).toHaveLength(2);
  const [, spike, fall] = signs;
  if (!spike || !fall) throw new Error('There are no anomalies.');
  expect([briefReason(spike, today, t), briefReason(fall, today, t)]).toEqual(['8.25% poor', '\u221293%']);
  expect(reasonTexts(spike, today, t, f)[0]).toMatch(
    /^8\.25% of 1,240 legs of known quality were poor in the week of Nov 15.*21, above the alert at 3\.5%$/,
  );
  expect(reasonTexts(fall, today, t, f)[0]).toMatch(
    /^5 call legs in the week of .*, usually 70; 4 of 5 weekdays were low$/,
  );
  expect(nextAct(spike, t)).toEqual({ label: 'See call quality', place: 'calling' });
});
