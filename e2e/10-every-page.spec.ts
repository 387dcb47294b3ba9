import { expect } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { fillEveryRegion } from './support/call-history.ts';
import { test } from './support/journey.ts';
import { everyPage } from './support/pages.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator' });
test.describe.configure({ timeout: 240_000 });

const sizes = [
  { width: 1440, height: 900, pages: null },
  { width: 390, height: 844, pages: ['imports', 'batch', 'usage', 'all-regions', 'settings'] },
] as const;

// The theme follows the system here, so that it turns in place.
const schemes = ['light', 'dark'] as const;

for (const language of ['en', 'bg', 'ko'] as const) {
  for (const { width, height, pages } of sizes) {
    test(`every page in ${language} at ${width} px is accessible and clean, light and dark`, async ({ page }) => {
      await fillEveryRegion(page.request);
      await page.setViewportSize({ width, height });
      await page.addInitScript(`localStorage.setItem('hub.language', '${language}')`);
      const wanted = (await everyPage(page.request)).filter(
        ({ name }) => pages === null || pages.some((known) => known === name),
      );
      for (const { name, address, ready, isHigh = false } of wanted) {
        await page.goto(address);
        await expect(page.locator(ready).first()).toBeVisible();
        for (const colorScheme of schemes) {
          await page.emulateMedia({ colorScheme });
          await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
          const picture = `${name}-${width}-${colorScheme}-${language}`;
          if (isHigh) await page.setViewportSize({ width, height: 4000 });
          await expectAccessible(page, picture);
          if (isHigh) await page.setViewportSize({ width, height });
          await shoot(page, picture);
        }
      }
    });
  }
}

test.describe('nobody signed in', () => {
  test.use({ person: 'nobody', expectedNoise: /status of 401/ });

  test('the sign-in is accessible and clean in every language, light and dark', async ({ page }) => {
    await page.goto('/sign-in');
    for (const { code, name } of [
      { code: 'en', name: 'English' },
      { code: 'bg', name: 'Български' },
      { code: 'ko', name: '한국어' },
    ]) {
      await page.getByRole('button', { name: /^(Language|Език|언어): / }).click();
      await page.getByRole('menuitemradio', { name }).click();
      await expect(page.locator('html')).toHaveAttribute('lang', code);
      await expect(page.getByRole('menu')).toBeHidden();
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
        await expectAccessible(page, `sign-in-${colorScheme}-${code}`);
        await shoot(page, `sign-in-1440-${colorScheme}-${code}`);
      }
    }
  });
});
