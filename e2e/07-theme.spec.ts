import { expect, type Page } from '@playwright/test';
import { test } from './support/journey.ts';

test.use({ person: 'administrator' });

async function chooseTheme(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Theme: / }).click();
  await page.getByRole('menuitemradio', { name }).click();
}

const paper = (page: Page): Promise<string> => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');

test('the theme is chosen, survives a reload, and follows the system where that is chosen', async ({ page }) => {
  const root = page.locator('html');
  const scheme = 'data-mantine-color-scheme';
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/settings');
  await expect(root).toHaveAttribute(scheme, 'light');
  const light = await paper(page);

  await chooseTheme(page, 'Dark');
  await expect(root).toHaveAttribute(scheme, 'dark');
  expect(await paper(page)).not.toBe(light);
  await page.reload();
  await expect(root).toHaveAttribute(scheme, 'dark');
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();

  await page.emulateMedia({ colorScheme: 'dark' });
  await chooseTheme(page, 'Light');
  await expect(root).toHaveAttribute(scheme, 'light');
  expect(await paper(page)).toBe(light);

  await page.getByRole('radio', { name: 'System' }).check();
  await expect(root).toHaveAttribute(scheme, 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(root).toHaveAttribute(scheme, 'light');
});
