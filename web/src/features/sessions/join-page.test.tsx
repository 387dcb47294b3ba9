import { acceptInvitation, readInvitation } from '@hub/contract/administrators';
import { listImports, listHeldOrganizations } from '@hub/contract/imports';
import { getSession } from '@hub/contract/sessions';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { speak } from '../../lib/i18n.ts';
import { FakeHub } from '../../testing/fake-hub.ts';
import { aHeldPage, aSession } from '../../testing/fixtures.ts';
import { renderHub } from '../../testing/render-hub.tsx';

let hub: FakeHub;
const invitation = {
  partnerName: 'Halyard Communications',
  email: 'newcomer@halyard.example',
  role: 'partner_admin',
  hasAccount: false,
};

beforeEach(() => {
  hub = new FakeHub()
    .on(readInvitation, invitation)
    .on(getSession, aSession({ hasCallLegs: false }, 'partner_admin'))
    .on(acceptInvitation, aSession({ hasCallLegs: false }, 'partner_admin'))
    .on(listImports, { items: [], next: null, total: 0 })
    .on(listHeldOrganizations, aHeldPage([]));
});

test('a new person gives name and password and goes on signed in; the secret leaves the address', async () => {
  const { router } = renderHub('/join#a-secret');
  expect(await screen.findByRole('heading', { name: 'Join Halyard Communications' })).toBeTruthy();
  expect(screen.getByText('Partner administrator')).toBeTruthy();
  await waitFor(() => expect(router.state.location.href).toBe('/join'));
  await userEvent.type(screen.getByLabelText('Your name'), 'Ina Verenitsova');
  await userEvent.type(screen.getByLabelText('Password'), 'short');
  await userEvent.click(screen.getByRole('button', { name: 'Join and sign in' }));
  expect(await screen.findByText(/7 more are needed/)).toBeTruthy();
  await userEvent.type(screen.getByLabelText('Password'), ' boats at the quay');
  await userEvent.click(screen.getByRole('button', { name: 'Join and sign in' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/imports'));
  expect(hub.asked(acceptInvitation)[0]?.body).toEqual({
    secret: 'a-secret',
    name: 'Ina Verenitsova',
    password: 'short boats at the quay',
    language: 'en',
  });
});

test('who has an account gives its password only', async () => {
  hub.on(readInvitation, { ...invitation, hasAccount: true }).refuse(acceptInvitation, 'sign_in_failed');
  renderHub('/join#a-secret');
  expect(await screen.findByText('You have an account here already. Confirm with its password.')).toBeTruthy();
  expect(screen.queryByLabelText('Your name')).toBeNull();
  await userEvent.type(screen.getByLabelText('Password'), 'wrong');
  await userEvent.click(screen.getByRole('button', { name: 'Join and sign in' }));
  expect(await screen.findByText('The password is wrong.')).toBeTruthy();
});

test.each([
  ['en', 'This invitation was used, withdrawn or has expired. Ask for a new one.'],
  ['bg', 'Тази покана е използвана, оттеглена или изтекла. Поискайте нова.'],
  ['ko', '초대가 이미 사용되었거나 철회 또는 만료되었습니다. 새 초대를 요청하십시오.'],
] as const)('a link that is over says so in %s', async (language, sentence) => {
  await speak(language);
  hub.refuse(readInvitation, 'invitation_invalid');
  renderHub('/join#a-secret');
  expect((await screen.findByRole('alert')).textContent).toContain(sentence);
});

test('a link without its secret asks nothing', async () => {
  renderHub('/join');
  expect((await screen.findByRole('alert')).textContent).toContain('The link is not complete.');
  expect(hub.requests).toEqual([]);
});
