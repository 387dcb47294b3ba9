import { readFile } from 'node:fs/promises';
import { type APIRequestContext, expect } from '@playwright/test';
import { getReconciliation } from '@hub/contract/reconciliation';
import { listHealthScores } from '@hub/contract/health-score';
import { importRecords } from '@hub/contract/record-imports';
import { expectNoViolations } from './support/axe.ts';
import { ask, sessionOf } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { chooseLanguage, expectNoEnglish, languages } from './support/languages.ts';
import { fillLicenses, licensed } from './support/licensed-customers.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator' });
test.beforeEach(async ({ page }) => {
  await fillLicenses(page.request);
  await fillInvoices(page.request);
});

const address = '/reconciliation?region=eu';

const row = (reference: string, quantity: number, amount: string, currency = 'EUR'): string =>
  `Inv-${reference},${reference},Webex Calling,${quantity},2026-11-01,2026-11-30,${amount},${currency},open,2026-11-01,2026-11-15`;

/** Of each of the five customers another finding; the new one has no invoice. */
async function fillInvoices(request: APIRequestContext): Promise<void> {
  const told = await ask(request, getReconciliation, { region: 'eu' });
  if (told.findings.some(({ finding, lines }) => finding === 'billed_less' && lines > 0)) return;
  const lines = [
    'Invoice ID,Subscription ID,Product,Quantity,Period from,Period to,Amount,Currency,State,Issued on,Due on',
    row('Sub-e2e-ending', 100, '1450.00'),
    row('Sub-e2e-renewing', 84, '1218.00', 'USD'),
    row('Sub-e2e-over', 20, '290.00'),
    row('Sub-e2e-low', 200, '2900.00'),
  ];
  const { csrfToken } = await sessionOf(request);
  const response = await request.post(importRecords.path, {
    params: { fileName: 'invoices.csv' },
    data: Buffer.from(`${lines.join('\r\n')}\r\n`),
    headers: { 'x-hub-csrf': csrfToken, 'content-type': 'application/octet-stream' },
  });
  expect(await response.json()).toMatchObject({ created: 4, rejected: 0 });
}

test('from a finding to its lines, to the subscription and to the invoices of the customer', async ({ page }) => {
  await page.goto(address);
  const truth = await ask(page.request, getReconciliation, { region: 'eu' });
  const less = truth.findings.find(({ finding }) => finding === 'billed_less');
  expect(less?.money).toEqual([{ currency: 'EUR', amount: '-290' }]);
  const strip = page.getByRole('region', { name: 'Findings' });
  await expect(strip.getByText('−€290.00 a month')).toBeVisible();
  await strip.getByRole('link', { name: /^Billed less than purchased: / }).click();
  const grid = page.getByRole('grid', { name: 'Lines' });
  await expect(grid.locator('tbody tr[aria-rowindex]')).toHaveCount(less?.lines ?? 0);
  await expect(page).toHaveURL(/finding=billed_less/);
  await page.reload();
  await grid.getByRole('link', { name: 'Sub-e2e-ending' }).click();
  await expect(page.getByRole('heading', { level: 1, name: licensed[0].name })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Sub-e2e-ending' })).toBeFocused();
  await page.goBack();
  await grid.getByRole('link', { name: '100', exact: true }).click();
  await expect(page.getByRole('region', { name: /invoice line/ })).toBeFocused();
});

test('the customer filter narrows findings and lines, and the file has what is shown', async ({ page }) => {
  await page.goto(address);
  const grid = page.getByRole('grid', { name: 'Lines' });
  await expect(grid.getByRole('link', { name: 'Sub-e2e-over' })).toBeVisible();
  const filter = page.getByRole('combobox', { name: 'Filters' });
  await filter.fill(`name:"${licensed[3].name}"`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(grid.locator('tbody tr[aria-rowindex]')).toHaveCount(1);
  await expect(grid.getByText('Assigned beyond billed')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export 1' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Reconciliation_eu_2026-11-24.csv');
  const text = (await readFile(await download.path())).toString();
  expect(text).toContain('Sub-e2e-over,Webex Calling,assigned_beyond_billed,,20,license snapshot,26,');
  expect(text.trimEnd().split('\r\n')).toHaveLength(2);
});

test('a customer’s score is explained on its page, and the weights are looked at before they are saved', async ({
  page,
}) => {
  const scores = async () => (await ask(page.request, listHealthScores, { region: 'eu' })).items;
  await page.goto('/customer-health?region=eu');
  const grid = page.getByRole('grid', { name: 'Customer health' });
  const [worst] = await scores();
  await grid.getByRole('link', { name: worst?.customerName ?? '' }).click();
  const panel = page.getByRole('region', { name: 'Health score' });
  await expect(panel.getByText(`${worst?.score} of 100`)).toBeVisible();
  await expect(panel.getByText('No sign-ins are known; left out')).toBeVisible();

  await page.goto('/settings');
  const section = page.getByRole('region', { name: 'Health score' });
  await section.getByRole('textbox', { name: 'Overage' }).fill('0');
  await section.getByRole('button', { name: 'Preview' }).click();
  await expect(section.getByRole('region', { name: 'Whose place would change' })).toBeVisible();
  await shoot(page, 'health-settings-1440-light-en');
  await section.getByRole('button', { name: 'Save', exact: true }).click();
  const counted = async () => (await scores())[0]?.counted;
  await expect.poll(counted).toBe(5);
  await section.getByRole('button', { name: 'Fill in the defaults' }).click();
  await section.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(counted).toBe(6);
});

const places = [
  ['reconciliation', address],
  ['reconciliation-all', '/reconciliation?region=all'],
  ['health', '/customer-health?region=eu'],
  ['customer-health', ''],
] as const;

test('the pages are accessible and speak their language, light and dark, wide and on a phone', async ({ page }) => {
  test.setTimeout(300_000);
  for (const [name, place] of places) {
    const [first] = (await ask(page.request, listHealthScores, { region: 'eu' })).items;
    await page.goto(place === '' ? `/customers/${first?.customerId}` : place);
    const drawn = async (): Promise<void> => {
      await expect(
        page.locator('tbody tr, .reconciliation-list li, .health-list li, .regions-list li').first(),
      ).toBeVisible();
      await expect(page.locator('.page .skeleton')).toHaveCount(0);
    };
    for (const language of languages) {
      await chooseLanguage(page, language);
      await drawn();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const picture = `${name}-1440-${colorScheme}-${language.code}`;
        await shoot(page, picture);
        if (language.code === 'en') await expectNoViolations(page, picture);
      }
      await expectNoEnglish(page, language.words, `${name}-${language.code}`);
    }
    for (const language of languages) {
      await chooseLanguage(page, language);
      await page.setViewportSize({ width: 390, height: 844 });
      await drawn();
      await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme });
        await shoot(page, `${name}-390-${colorScheme}-${language.code}`);
      }
      if (language.code === 'en') await expectNoViolations(page, `${name}-390`);
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    await chooseLanguage(page, languages[0]);
  }
});
