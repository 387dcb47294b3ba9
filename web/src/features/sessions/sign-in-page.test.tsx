import { listHeldOrganizations, listImports } from '@hub/contract/imports';
import { getSession, getSetup, signIn } from '@hub/contract/sessions';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { speak } from '../../lib/i18n.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aHeldPage, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
beforeEach(() => {
  hub = new FakeHub()
    .on(getSetup, { isNeeded: false, regions: ['eu'], hasSession: false })
    .refuse(getSession, 'not_signed_in');
});

async function fillIn(): Promise<void> {
  await userEvent.type(await screen.findByRole('textbox'), 'jordan.vale@halyard.example');
  const password = document.querySelector<HTMLInputElement>('input[type=password]');
  if (password === null) throw new Error('no password field');
  await userEvent.type(password, 'not this one');
  const submit = document.querySelector<HTMLButtonElement>('button[type=submit]');
  if (submit === null) throw new Error('no submit button');
  await userEvent.click(submit);
}

test.each([
  ['en', 'Email or password is wrong.'],
  ['bg', 'Имейлът или паролата е грешна.'],
  ['ko', '이메일 또는 비밀번호가 올바르지 않습니다.'],
] as const)('a wrong password is said in %s, with the tracking ID', async (language, sentence) => {
  await speak(language);
  hub.refuse(signIn, 'sign_in_failed');
  renderHub('/sign-in');
  await fillIn();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain(sentence);
  expect(alert.textContent).toContain('ph-7c41-e09b');
});

test.each([
  ['en', 1, 'in 1 second.'],
  ['en', 30, 'in 30 seconds.'],
  ['bg', 1, 'след 1 секунда.'],
  ['bg', 30, 'след 30 секунди.'],
] as const)('throttling tells the seconds in the plural of %s (%i)', async (language, seconds, sentence) => {
  await speak(language);
  hub.refuse(signIn, 'sign_in_throttled', { seconds });
  renderHub('/sign-in');
  await fillIn();
  expect((await screen.findByRole('alert')).textContent).toContain(sentence);
});

test('an address that needs a session leads to sign-in and is kept', async () => {
  const { router } = renderHub('/imports?region=us');
  await screen.findByRole('heading', { name: 'Sign in' });
  expect(router.state.location.pathname).toBe('/sign-in');
  expect(router.state.location.search).toMatchObject({ next: '/imports?region=us' });
});

test('a browser that brings no session does not ask for one: a refusal would stand in its console', async () => {
  localStorage.removeItem('hub.session');
  const { router } = renderHub('/imports?region=us');
  await screen.findByRole('heading', { name: 'Sign in' });
  expect(router.state.location.search).toMatchObject({ next: '/imports?region=us' });
  expect(hub.asked(getSession)).toEqual([]);
});

test('a session whose browser has forgotten it is found', async () => {
  localStorage.removeItem('hub.session');
  hub.on(getSetup, { isNeeded: false, regions: ['eu'], hasSession: true }).on(getSession, aSession());
  renderHub('/settings');
  expect(await screen.findByRole('navigation', { name: 'Main navigation' })).toBeTruthy();
});

test('an empty installation asks for its first administrator instead', async () => {
  hub.on(getSetup, { isNeeded: true, regions: ['eu', 'us'], hasSession: false });
  renderHub('/sign-in');
  expect(await screen.findByRole('heading', { name: 'Set up Partner Hub' })).toBeTruthy();
  await userEvent.type(screen.getByLabelText('Password'), 'short');
  await userEvent.click(screen.getByRole('button', { name: 'Create and sign in' }));
  expect(await screen.findByText('At least 12 characters; 7 more are needed.')).toBeTruthy();
  expect(hub.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});

test.each([
  ['/nowhere?region=us', '/nowhere?region=us'],
  ['https://elsewhere.example/', '/imports'],
  ['//elsewhere.example/', '/imports'],
  ['javascript:alert(1)', '/imports'],
])('after signing in, next=%s leads to %s', async (next, address) => {
  hub
    .on(signIn, aSession({ hasCallLegs: false }))
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listHeldOrganizations, aHeldPage([]));
  const { router } = renderHub(`/sign-in?next=${encodeURIComponent(next)}`);
  await fillIn();
  await waitFor(() => expect(router.state.location.href).toBe(address));
  expect(hub.asked(signIn)[0]?.body).toEqual({ email: 'jordan.vale@halyard.example', password: 'not this one' });
});
