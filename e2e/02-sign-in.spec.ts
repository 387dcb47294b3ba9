import { expect, type Page } from '@playwright/test';
import { administrator, enter } from './support/hub-client.ts';
import { refusedRequests, test } from './support/journey.ts';

test.use({ expectedNoise: refusedRequests });

async function signIn(page: Page, password: string): Promise<void> {
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Continue' }).click();
}

test.describe('signing in and out', () => {
  test.use({ person: 'administrator' });

  test('whoever signs out is asked again, and a wrong password is told', async ({ page }) => {
    await page.goto('/settings');
    await page.getByRole('button', { name: `Your account: ${administrator.name}` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page).toHaveURL('/sign-in');

    await signIn(page, 'not the password');
    await expect(page.getByRole('alert')).toContainText('Email or password is wrong.');
    const password = page.getByLabel('Password', { exact: true });
    await expect(password).toBeEmpty();
    await expect(password).toBeFocused();

    await signIn(page, administrator.password);
    await expect(page).toHaveURL('/imports');
  });

  test('signing out everywhere ends the other browser too', async ({ page, browser }) => {
    const other = await browser.newContext();
    const there = await other.newPage();
    await enter(other.request);
    await there.goto('/settings');
    await expect(there.getByRole('heading', { name: 'Settings' })).toBeVisible();

    await page.goto('/settings');
    const sessions = page.getByRole('region', { name: 'Open sessions' });
    await expect(sessions.getByText('this one')).toBeVisible();
    await sessions.getByRole('button', { name: 'Sign out everywhere' }).click();
    const question = page.getByRole('dialog', { name: 'Sign out everywhere?' });
    await question.getByRole('button', { name: 'Sign out everywhere' }).click();
    await expect(page).toHaveURL('/sign-in');

    await there.reload();
    await expect(there.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await other.close();
  });
});

test('a link to a page is kept through the sign-in', async ({ page }) => {
  const link = '/analytics/calling-usage?region=us&q=harbour&sort=calls&order=desc';
  await page.goto(link);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await signIn(page, administrator.password);
  await expect(page).toHaveURL(link);
});
