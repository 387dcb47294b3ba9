import { expect, type Page } from '@playwright/test';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { fillEveryRegion } from './support/call-history.ts';
import { ask, enter } from './support/hub-client.ts';
import { refusedRequests, test, watchNoise } from './support/journey.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator', expectedNoise: refusedRequests });

const newcomer = {
  name: 'Todor Stoyanov',
  email: 'todor@halyard.example',
  password: 'a kettle on the landing',
};
const usage = '/analytics/calling-usage?region=eu&from=2026-11-17&to=2026-11-23';

async function invite(page: Page): Promise<string> {
  await page.goto('/administrators');
  await page.getByRole('button', { name: 'Invite administrator' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Email').fill(newcomer.email);
  await dialog.getByRole('radio', { name: 'Partner administrator' }).check();
  await dialog.getByRole('button', { name: 'Invite' }).click();
  const link = await page.getByLabel('Invitation link').inputValue();
  await shoot(page, 'invitation-link');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('region', { name: 'Open invitations' })).toContainText(newcomer.email);
  return link;
}

async function join(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Join Halyard Communications' })).toBeVisible();
  expect(new URL(page.url()).hash).toBe('');
  await page.getByLabel('Your name').fill(newcomer.name);
  await page.getByLabel('Password', { exact: true }).fill(newcomer.password);
  await page.getByRole('button', { name: 'Join and sign in' }).click();
  await expect(page.getByRole('navigation', { name: 'Main navigation' })).toBeVisible();
}

test('who is invited joins, sees the assigned customers only, and is told so when removed', async ({
  page,
  browser,
  baseURL,
}) => {
  await fillEveryRegion(page.request);
  const { items } = await ask(page.request, getCallingUsage, {
    region: 'eu',
    from: '2026-11-17',
    to: '2026-11-23',
    sort: 'calls',
    order: 'desc',
  });
  const names = [...new Set(items.map(({ customerName }) => customerName))];
  const [theirs = ''] = names;
  expect(names.length).toBeGreaterThan(1);

  const link = await invite(page);
  const other = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }), locale: 'en-US' });
  const theirPage = await other.newPage();
  const noise = watchNoise(theirPage);
  await join(theirPage, link);
  await theirPage.goto(usage);
  await expect(theirPage.getByRole('grid')).toHaveCount(0);
  await expect(theirPage.locator('.empty')).toBeVisible();

  // The same link does not work twice.
  const third = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }), locale: 'en-US' });
  const thirdPage = await third.newPage();
  await thirdPage.goto(link);
  await expect(thirdPage.getByText('This invitation was used, withdrawn or has expired.')).toBeVisible();
  await third.close();

  await page.goto('/administrators');
  await page.getByRole('button', { name: `Actions for ${newcomer.name}` }).click();
  await page.getByRole('menuitem', { name: 'Assign customers' }).click();
  const panel = page.getByRole('complementary', { name: `Customers of ${newcomer.name}` });
  await panel.getByLabel('Search customers').fill(theirs);
  await panel.getByRole('checkbox', { name: theirs, exact: true }).check();
  await panel.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(panel.getByText('1 customer assigned')).toBeVisible();
  await shoot(page, 'assigned');

  await theirPage.reload();
  const grid = theirPage.getByRole('grid', { name: 'Calling usage by customer and location' });
  await expect(grid).toBeVisible();
  const seen = await ask(theirPage.request, getCallingUsage, { region: 'eu', from: '2026-11-17', to: '2026-11-23' });
  expect([...new Set(seen.items.map(({ customerName }) => customerName))]).toEqual([theirs]);
  await expect(grid.getByText(theirs).first()).toBeVisible();
  await expect(theirPage.getByRole('link', { name: 'Administrators' })).toHaveCount(0);
  await theirPage.goto('/administrators');
  await expect(theirPage.getByRole('heading', { name: 'Your role does not include this page' })).toBeVisible();
  await theirPage.goto(usage);
  await expect(grid).toBeVisible();

  await page.getByRole('button', { name: `Actions for ${newcomer.name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove administrator' }).click();
  const dialog = page.getByRole('dialog', { name: `Remove ${newcomer.name}?` });
  await expect(dialog).toContainText(newcomer.email);
  await shoot(page, 'remove-administrator');
  await dialog.getByRole('button', { name: 'Remove administrator' }).click();
  await expect(page.getByText(`${newcomer.name} no longer has access.`)).toBeVisible();

  await theirPage
    .getByRole('columnheader', { name: /^Total calls/ })
    .getByRole('button')
    .click();
  await expect(theirPage.getByText('Your session has ended. Sign in again.')).toBeVisible();
  await expect(theirPage.getByText(theirs)).toHaveCount(0);
  await theirPage.getByLabel('Email').fill(newcomer.email);
  await theirPage.getByLabel('Password', { exact: true }).fill(newcomer.password);
  await theirPage.getByRole('button', { name: 'Continue' }).click();
  await expect(theirPage.getByRole('alert')).toContainText('Email or password is wrong.');
  expect(noise.filter((text) => !refusedRequests.test(text))).toEqual([]);
  await other.close();

  await page.goto('/audit-log?action=administrators.remove');
  await page
    .getByRole('button', { name: /^Details: Administrator removed/ })
    .first()
    .click();
  await expect(page.getByRole('table', { name: 'Values before and after' })).toContainText(newcomer.email);
  await shoot(page, 'audit-log-removed');
});

test('a token works as its person within its scopes, until it is revoked', async ({ page, request }) => {
  await enter(page.request);
  await page.goto('/settings');
  await page.getByRole('button', { name: 'New access token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill('nightly export');
  await dialog.getByRole('checkbox', { name: 'See the audit log' }).check();
  await dialog.getByRole('button', { name: 'Create token' }).click();
  const secret = await page.getByLabel('nightly export', { exact: true }).inputValue();
  await expect(page.getByText(`curl -H 'Authorization: Bearer ${secret}'`)).toBeVisible();
  await shoot(page, 'token-secret');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText(secret)).toHaveCount(0);

  const headers = { authorization: `Bearer ${secret}` };
  expect((await request.get('/api/audit-events', { headers })).status()).toBe(200);
  expect((await request.get('/api/customers', { headers })).status()).toBe(403);
  await page.getByRole('button', { name: 'Revoke nightly export' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('nightly export is revoked.')).toBeVisible();
  expect((await request.get('/api/audit-events', { headers })).status()).toBe(401);
});
