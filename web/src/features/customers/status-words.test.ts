import { CustomerStatus, type StatusEntry, type StatusReason } from '@hub/contract/customer-statuses';
import { expect, test } from 'vitest';
import { formatFor } from '../../lib/format.ts';
import { speak, translate as t, withWords } from '../../lib/i18n.ts';
import { briefReason, reasonText, reasonTexts, statusWord } from './status-words.ts';

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
