import { expect, type Page } from '@playwright/test';
import { expectNoViolations } from './axe.ts';
import { chooseLanguage, expectNoEnglish, languages } from './languages.ts';
import { shoot } from './shots.ts';

/** Looks at each place in every language, light and dark, and on a phone: accessible, in its own words, no wider than the screen. */
export async function lookAtPlaces(
  page: Page,
  name: string,
  places: readonly (readonly [string, string])[],
  expectDrawn: () => Promise<void>,
): Promise<void> {
  for (const [place, address] of places) {
    await page.goto(address);
    for (const language of languages) {
      await chooseLanguage(page, language);
      await expectDrawn();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const picture = `${name}-${place}-1440-${colorScheme}-${language.code}`;
        await shoot(page, picture);
        if (language.code === 'en') await expectNoViolations(page, picture);
      }
      await expectNoEnglish(page, language.words, `${name}-${place}-${language.code}`);
    }
    await chooseLanguage(page, languages[0]);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectDrawn();
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await shoot(page, `${name}-${place}-390-dark-en`);
    await expectNoViolations(page, `${name}-${place}-390`);
    await page.setViewportSize({ width: 1440, height: 900 });
  }
}
