import { type APIRequestContext, expect, type Page } from '@playwright/test';
import { listCustomers } from '@hub/contract/customers';
import { expectNoViolations } from './support/axe.ts';
import { fileOf, fillEveryRegion, sampleReport } from './support/call-history.ts';
import { addCustomer, ask, importsSettle, uploadFile } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { chooseLanguage, expectNoEnglish, languages } from './support/languages.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator' });

const name = 'Quietening Harbor';
const orgUuid = 'c0a1f000-0000-4000-8000-0000000000a1';
const firstDay = Date.parse('2026-09-20T09:00:00Z'); // a Sunday; the ninth week is the one before today's
const legsADay = 12;

/** Twelve legs a workday, and in the last week one. */
async function fill(request: APIRequestContext): Promise<string> {
  await fillEveryRegion(request);
  const known = await ask(request, listCustomers, { filter: `name:"${name}"` });
  if (known.items[0] !== undefined) return known.items[0].id;
  await addCustomer(request, { name, country: 'BG', orgUuid });
  const { head, rows } = await sampleReport(request);
  const columns = head.replace('\uFEFF', '').split(',');
  const sample = (rows.find((row) => !row.includes('"')) ?? '').split(',');
  const days = Array.from({ length: 9 * 7 }, (_, day) => day).filter((day) => day % 7 !== 0 && day % 7 !== 6);
  const lines = days.flatMap((day) =>
    Array.from({ length: day < 56 ? legsADay : 1 }, (_, leg) => {
      const started = new Date(firstDay + day * 86_400_000 + leg * 60_000).toISOString();
      const own: Record<string, string> = {
        'Start time': started,
        'Answer time': started,
        'Release time': started,
        'Report time': started,
        'Report ID': `c0a1f001-${String(day).padStart(4, '0')}-4000-8000-${String(leg).padStart(12, '0')}`,
        'Org UUID': orgUuid,
        'User type': 'User',
        Location: 'Quay office',
      };
      return columns.map((column, at) => own[column] ?? sample[at] ?? '').join(',');
    }),
  );
  await uploadFile(request, { name: 'quietening.csv', region: 'eu', body: fileOf({ head, rows: lines }) });
  await importsSettle(request);
  const { items } = await ask(request, listCustomers, { filter: `name:"${name}"` });
  return items[0]?.id ?? '';
}

const rule = (page: Page) => page.getByRole('region', { name: 'Falling use' });

test('from the overview and the list to the reason of falling use, its days, a location and the call legs', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await fill(page.request);
  const found = async () => (await ask(page.request, listCustomers, { filter: 'anomaly:falling-use' })).items;
  await expect.poll(async () => (await found()).map((row) => row.name), { timeout: 60_000 }).toContain(name);
  await page.goto('/overview');
  const falling = page.getByRole('region', { name: /^Falling use/ });
  await expect(falling.getByRole('link', { name: `See the use: ${name}` })).toBeVisible();
  await page.goto(`/customers?q=${encodeURIComponent('anomaly:falling-use')}`);
  await page.getByRole('grid', { name: 'Customers' }).getByRole('link', { name, exact: true }).click();
  await expect(
    page.getByText(/^5 call legs in the week of Nov 15.*, usually 60; 5 of 5 weekdays were low$/),
  ).toBeVisible();
  await page.getByRole('link', { name: 'See the use' }).click();
  await expect(rule(page).getByText(/^5 call legs, usually 60\. 5 of 5 weekdays/)).toBeVisible();
  await expect(rule(page).getByRole('row', { name: /^Mon Nov 16 low: 1 12/ })).toBeVisible();
  await page.getByRole('grid', { name: 'Locations' }).getByRole('link', { name: 'Quay office', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Users' })).toBeVisible();
  await expect(page).toHaveURL(/\/customers\/.*location=Quay/);
  await page.getByRole('link', { name: 'Show the call legs' }).click();
  await expect(page.getByRole('heading', { name: 'Total call legs: 5' })).toBeVisible();
});

test('the tab is accessible and speaks its language, light and dark, wide and on a phone', async ({ page }) => {
  test.setTimeout(300_000);
  const id = await fill(page.request);
  await page.goto(`/customers/${id}?tab=calling`);
  for (const language of languages) {
    await chooseLanguage(page, language);
    await expect(page.locator('.anomaly-days')).toBeVisible();
    await expect(page.locator('.engagement-rows tbody tr').first()).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await shoot(page, `customer-calling-1440-${colorScheme}-${language.code}`);
      if (language.code === 'en') await expectNoViolations(page, `customer-calling-1440-${colorScheme}`);
    }
    await expectNoEnglish(page, language.words, `customer-calling-${language.code}`);
  }
  await chooseLanguage(page, languages[0]);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  await shoot(page, 'customer-calling-390-dark-en');
  await expectNoViolations(page, 'customer-calling-390');
});
