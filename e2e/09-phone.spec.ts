import { expect, type Page } from '@playwright/test';
import { fillEveryRegion } from './support/call-history.ts';
import { refusedRequests, test } from './support/journey.ts';
import { everyPage } from './support/pages.ts';

test.use({ person: 'administrator', expectedNoise: refusedRequests, hasTouch: true });

/** How far the page, or what scrolls in it, reaches beyond the window. */
const beyond = (page: Page): Promise<number> =>
  page.evaluate<number>(
    `Math.max(...[document.documentElement, document.getElementById('content')].map((it) => it === null ? 0 : it.scrollWidth - it.clientWidth))`,
  );

test('at 390 and at 360 px nothing scrolls sideways', async ({ page }) => {
  await fillEveryRegion(page.request);
  const check = async (name: string): Promise<void> => {
    for (const width of [360, 390]) {
      await page.setViewportSize({ width, height: 844 });
      expect.soft(await beyond(page), `${name} at ${width}`).toBe(0);
    }
  };
  await page.setViewportSize({ width: 390, height: 844 });
  for (const { name, address, ready } of await everyPage(page.request)) {
    await page.goto(address);
    await expect(page.locator(ready).first()).toBeVisible();
    await check(name);
  }
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await check('sign-in');
});

test('a phone has a drawer for navigation and rows of a few lines', async ({ page }) => {
  await fillEveryRegion(page.request);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/imports');
  await page.getByRole('button', { name: 'Open navigation' }).click();
  const drawer = page.getByRole('dialog', { name: 'Partner Hub' });
  await drawer.getByRole('link', { name: 'Calling usage' }).click();
  await expect(page).toHaveURL(/calling-usage/);
  await expect(drawer).toBeHidden();
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: 'Call minutes' });
  await expect(page).toHaveURL(/sort=callMinutes&order=desc/);
  await page.getByRole('button', { name: 'Descending' }).click();
  await expect(page).toHaveURL(/sort=callMinutes&order=asc/);
  await expect(page.getByText('Not imported: media quality and call queue statistics')).toBeVisible();
  const row = page.getByRole('list', { name: 'Calling usage by customer and location' }).getByRole('listitem').first();
  await expect(row.locator('dt')).toHaveCount(3);
  await row.getByRole('button', { name: /^All numbers: / }).press('Enter');
  await expect(row.locator('dt')).toHaveCount(17);
  await row.getByRole('link', { name: /^Total call legs: / }).click();
  await expect(page).toHaveURL(/calling-usage\/legs\?.*measure=callLegs/);
  const leg = page.getByRole('list', { name: 'Call legs, newest first' }).getByRole('listitem').first();
  await expect(leg.locator('a > div')).toHaveCount(3);
  await leg.getByRole('link').click();
  const record = page.getByRole('dialog', { name: 'Call leg' });
  await expect(record.getByText('Report ID', { exact: true })).toBeVisible();
  await record.getByRole('button', { name: 'Close' }).click();
  await expect(record).toBeHidden();
});
