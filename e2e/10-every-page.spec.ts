import { expect, type Page } from '@playwright/test';
import { expectAccessible, expectContrast } from './support/axe.ts';
import { fillEveryRegion } from './support/call-history.ts';
import { test } from './support/journey.ts';
import { chooseLanguage, expectNoEnglish, languages } from './support/languages.ts';
import { everyPage, type VisitedPage } from './support/pages.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator' });
test.describe.configure({ timeout: 600_000 });

/** The theme follows the system here, so that it turns in place. Dark differs in its colours only. */
async function lookAt(page: Page, picture: (scheme: string) => string, panel?: string): Promise<void> {
  await page.mouse.move(0, 0); // where it was left, it may hold a tooltip open
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await shoot(page, picture(colorScheme));
    const expectGood = colorScheme === 'light' ? expectAccessible : expectContrast;
    const size = page.viewportSize();
    if (panel !== undefined && size !== null) await page.setViewportSize({ ...size, height: 3600 });
    await expectGood(page, picture(colorScheme), panel);
    if (panel !== undefined && size !== null) await page.setViewportSize(size);
  }
}

async function open(page: Page, { address, ready }: VisitedPage): Promise<void> {
  await page.goto(address);
  await expect(page.locator(ready).first()).toBeVisible();
}

test('every page is accessible and speaks its language, light and dark', async ({ page }) => {
  await fillEveryRegion(page.request);
  for (const visited of await everyPage(page.request)) {
    await open(page, visited);
    const { name, panel, isBare = false } = visited;
    for (const language of languages) {
      if (isBare) {
        await page.evaluate(`localStorage.setItem('hub.language', '${language.code}')`);
        await page.reload();
      } else await chooseLanguage(page, language);
      await lookAt(page, (scheme) => `${name}-1440-${scheme}-${language.code}`, panel);
      await expectNoEnglish(page, language.words, `${name}-${language.code}`);
    }
    if (!isBare) await chooseLanguage(page, languages[0]);
  }
});

const onPhone = {
  en: ['imports', 'batch', 'usage', 'all-regions', 'legs', 'settings'],
  bg: ['imports', 'usage'],
  ko: ['usage', 'legs'],
} as const;

for (const { code } of languages) {
  test(`pages in ${code} are accessible on a phone, light and dark`, async ({ page }) => {
    await fillEveryRegion(page.request);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.addInitScript(`localStorage.setItem('hub.language', '${code}')`);
    for (const visited of await everyPage(page.request)) {
      if (!onPhone[code].some((name) => name === visited.name)) continue;
      await open(page, visited);
      await lookAt(page, (scheme) => `${visited.name}-390-${scheme}-${code}`);
    }
  });
}

test.describe('nobody signed in', () => {
  test.use({ person: 'nobody' });

  test('the sign-in is accessible and speaks its language, light and dark', async ({ page }) => {
    await page.goto('/'); // nothing is refused on the way to the sign-in
    await expect(page).toHaveURL('/sign-in');
    for (const language of languages) {
      await chooseLanguage(page, language);
      await lookAt(page, (scheme) => `sign-in-1440-${scheme}-${language.code}`);
      await expectNoEnglish(page, language.words, `sign-in-${language.code}`);
    }
  });
});
