import { expect } from '@playwright/test';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { fillEveryRegion } from './support/call-history.ts';
import { ask } from './support/hub-client.ts';
import { refusedRequests, test } from './support/journey.ts';

test.describe('before signing in', () => {
  test.use({ expectedNoise: refusedRequests });

  test('Tab walks through the sign-in in reading order', async ({ page }) => {
    await page.goto('/sign-in');
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    const order = [
      page.getByRole('button', { name: /^Language: / }),
      page.getByLabel('Email'),
      page.getByLabel('Password', { exact: true }),
      page.getByRole('button', { name: 'Show the password' }),
      page.getByRole('button', { name: 'Continue' }),
    ];
    for (const stop of order) {
      await page.keyboard.press('Tab');
      await expect(stop).toBeFocused();
    }
  });
});

test.describe('signed in', () => {
  test.use({ person: 'administrator' });
  test.beforeEach(async ({ page }) => fillEveryRegion(page.request));

  test('the first Tab offers the way to the content', async ({ page }) => {
    await page.goto('/settings');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });

  test('Ctrl-K finds a page and a customer, and Escape gives the focus back', async ({ page }) => {
    await page.goto('/imports');
    const search = page.getByRole('textbox', { name: 'Search customers and pages' });
    const opener = page.getByRole('button', { name: /^Your account/ });
    await opener.focus();
    await page.keyboard.press('Control+k');
    await expect(search).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(search).toBeHidden();
    await expect(opener).toBeFocused();

    await page.keyboard.press('Control+k');
    await search.fill('setti');
    await expect(page.getByRole('dialog').getByText('Settings')).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/settings');

    const [row] = (await ask(page.request, getCallingUsage, { region: 'eu', from: '2026-11-17', to: '2026-11-23' }))
      .items;
    const name = row?.customerName ?? '';
    await page.keyboard.press('Control+k');
    await search.fill(name.slice(0, 9));
    await expect(page.getByRole('dialog').getByText(name)).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(`/customers/${row?.customerId}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  });

  test('arrow keys move through the table, Enter sorts and opens', async ({ page }) => {
    await page.goto('/analytics/calling-usage?region=eu&from=2026-11-17&to=2026-11-23');
    const table = page.getByRole('grid');
    const place = (row: number, column: number) => table.locator(`[data-place="${row},${column}"]`);
    // A cell with something to press gives it the focus.
    await place(0, 0).getByRole('link').focus();
    await page.keyboard.press('ArrowDown');
    await expect(place(1, 0).getByRole('link')).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(place(1, 1)).toBeFocused();
    await page.keyboard.press('ArrowRight');
    await expect(place(1, 2).getByRole('link')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/legs\?.*measure=calls/);
    await page.goBack();

    await place(0, 2).getByRole('link').focus();
    await page.keyboard.press('ArrowUp');
    await expect(place(-1, 2).getByRole('button')).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/sort=calls&order=asc/);
    await place(0, 0).getByRole('link').focus();
    await page.keyboard.press('Control+End');
    const rows = Number(await table.getAttribute('aria-rowcount')) - 2;
    await expect(table.locator(`tr[aria-rowindex="${rows + 1}"] td`).last()).toBeInViewport();
    await page.keyboard.press('Control+Home');
    await expect(place(0, 0).getByRole('link')).toBeFocused();
  });

  test('Escape closes the panel beside the page and the drawer of a small window, and the focus returns', async ({
    page,
  }) => {
    await page.goto('/imports');
    const opener = page.getByRole('grid', { name: 'Batches' }).getByRole('link').first();
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('complementary')).toBeHidden();
    await expect(opener).toBeFocused();

    await page.setViewportSize({ width: 1000, height: 800 });
    await opener.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog');
    await expect(drawer.getByText('Rows read')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(drawer).toBeHidden();
    await expect(opener).toBeFocused();
  });
});
