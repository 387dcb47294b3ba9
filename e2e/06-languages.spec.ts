import { expect, type Page } from '@playwright/test';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { fillEveryRegion } from './support/call-history.ts';
import { ask, enter } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { everyPage } from './support/pages.ts';
import { bg } from '../web/src/locales/bg.ts';
import { en } from '../web/src/locales/en.ts';
import { ko } from '../web/src/locales/ko.ts';

test.use({ person: 'administrator', expectedNoise: /Failed to load resource.*404/ });

const languages = [
  { code: 'bg', name: 'Български', words: bg, settings: 'Настройки', light: 'Светла', allRegions: 'Всички региони' },
  { code: 'ko', name: '한국어', words: ko, settings: '설정', light: '라이트', allRegions: '모든 지역' },
] as const;

/** English messages without places to fill that this language says otherwise. */
function englishOnly(words: Record<keyof typeof en, string>): string[] {
  const own = new Set(Object.values(words));
  return Object.entries(en).flatMap(([, text]) =>
    text.includes('{') || own.has(text) || text.length < 4 ? [] : [text],
  );
}

/** Texts and spoken names of the page, but for what says itself that it is of another language. */
const textsOfPage = `(() => {
  const texts = [document.title.split(' · ')[0]];
  const isForeign = (element) => element.closest('[lang]') !== document.documentElement;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement?.closest('script,style,noscript,.fields dd')) continue; // a record's values stay as they came
    if (!isForeign(walker.currentNode.parentElement)) texts.push(walker.currentNode.data.trim());
  }
  for (const element of document.body.querySelectorAll('[aria-label],[title],[placeholder]')) {
    if (isForeign(element)) continue;
    for (const name of ['aria-label', 'title', 'placeholder']) texts.push(element.getAttribute(name) ?? '');
  }
  return texts;
})()`;

async function chooseLanguage(page: Page, name: string): Promise<void> {
  await page
    .locator('header')
    .getByRole('button', { name: /^(Language|Език|언어): / })
    .click();
  await page.getByRole('menuitemradio', { name }).click();
}

for (const { code, name, words, settings, light, allRegions } of languages) {
  test(`${name}: no English is left, numbers and dates follow the language, the choice stays`, async ({
    page,
    browser,
  }) => {
    await fillEveryRegion(page.request);
    await page.goto('/settings');
    await chooseLanguage(page, name);
    await expect(page.locator('html')).toHaveAttribute('lang', code);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(settings);
    await expect(page.getByRole('radio', { name: light })).toBeAttached();

    const english = new Set(englishOnly(words));
    for (const { name: pageName, address, ready } of await everyPage(page.request)) {
      await page.goto(address); // a reload each time
      await expect(page.locator(ready).first()).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', code);
      const texts = await page.evaluate<string[]>(textsOfPage);
      expect
        .soft(
          texts.filter((text) => english.has(text)),
          pageName,
        )
        .toEqual([]);
    }

    const week = { from: '2026-11-17', to: '2026-11-23' };
    const { totals } = await ask(page.request, getCallingUsage, { region: 'eu', ...week });
    await page.goto(`/analytics/calling-usage?region=eu&from=${week.from}&to=${week.to}`);
    await expect(page.getByText(allRegions)).toBeVisible();
    const number = await page.evaluate<string>(`new Intl.NumberFormat('${code}').format(${totals.calls ?? 0})`);
    await expect(page.locator('tfoot td').nth(2)).toHaveText(number);
    const range = await page.evaluate<string>(
      `new Intl.DateTimeFormat('${code}', { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(new Date('${week.from}'), new Date('${week.to}'))`,
    );
    await expect(page.getByText(range, { exact: true })).toBeVisible();

    // It is kept with the person: another browser speaks it from the sign-in on.
    const other = await browser.newContext({ locale: 'en-US' });
    await enter(other.request);
    const there = await other.newPage();
    await there.goto('/settings');
    await expect(there.getByRole('heading', { level: 1 })).toHaveText(settings);
    await other.close();
    await chooseLanguage(page, 'English');
    await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible();
  });
}
