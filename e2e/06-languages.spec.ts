import { expect } from '@playwright/test';
import { getCallingUsage } from '@hub/contract/calling-usage';
import { fillEveryRegion } from './support/call-history.ts';
import { ask, enter } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { chooseLanguage, languages } from './support/languages.ts';

test.use({ person: 'administrator' });

const [english, ...others] = languages;
const week = { from: '2026-11-17', to: '2026-11-23' };

// The reviewed wording, written out: a catalog that lost it would agree with itself.
const reviewed = {
  bg: { settings: 'Настройки', light: 'Светла', allRegions: 'Всички региони', totalCalls: 'Общо повиквания' },
  ko: { settings: '설정', light: '라이트', allRegions: '모든 지역', totalCalls: '총 통화' },
};

// That no English is left on any page is looked at where every page is (10-every-page.spec.ts).
for (const language of others) {
  test(`${language.name}: words, numbers and dates turn in place, and the choice stays`, async ({ page, browser }) => {
    const { code } = language;
    const { settings, light, allRegions, totalCalls } = reviewed[code];
    await fillEveryRegion(page.request);
    await page.goto('/settings');
    await chooseLanguage(page, language);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(settings);
    await expect(page.getByRole('radio', { name: light })).toBeAttached();

    const { totals } = await ask(page.request, getCallingUsage, { region: 'eu', ...week });
    await page.goto(`/analytics/calling-usage?region=eu&from=${week.from}&to=${week.to}`); // a reload
    await expect(page.locator('html')).toHaveAttribute('lang', code);
    await expect(page.getByText(allRegions)).toBeVisible();
    await expect(page.getByRole('columnheader', { name: totalCalls }).first()).toBeVisible();
    const number = await page.evaluate<string>(`new Intl.NumberFormat('${code}').format(${totals.callLegs ?? 0})`);
    await expect(page.locator('tfoot td').nth(3)).toHaveText(number);
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
    await chooseLanguage(page, english);
    await expect(page.getByRole('link', { name: 'Settings' })).toBeVisible();
  });
}
