import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { getLicenseTrend, getSubscriptionAnalytics, listSubscriptionRows } from '@hub/contract/subscription-analytics';
import { ask } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { fillLicenses, licensed } from './support/licensed-customers.ts';
import { lookAtPlaces } from './support/pictures.ts';

test.use({ person: 'administrator' });
test.beforeEach(async ({ page }) => fillLicenses(page.request));

const address = '/analytics/subscriptions';
const calling = `${address}?region=eu&product=calling`;
const asked = { region: 'eu', product: 'calling' };
const count = new Intl.NumberFormat('en-US');

const shown = (value: number | null | undefined): string => count.format(value ?? Number.NaN);

test('from a number to its customers, and from a section to the subscription on its customer’s page', async ({
  page,
}) => {
  await page.goto(calling);
  const truth = await ask(page.request, getSubscriptionAnalytics, asked);
  const cards = page.getByRole('region', { name: 'Key performance indicators (KPIs)' });
  const ending = truth.header.find(({ key }) => key === 'nearingExpiration');
  await cards.getByRole('link', { name: `Nearing expiration: ${shown(ending?.value)}. Show what is counted` }).click();
  const panel = page.getByRole('complementary', { name: 'Nearing expiration' });
  await expect(panel.getByRole('link', { name: licensed[0].name })).toBeVisible();
  await expect(panel.getByRole('link', { name: licensed[0].reference })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();

  const rows = await ask(page.request, listSubscriptionRows, { ...asked, section: 'over_limit' });
  const over = page.getByRole('grid', { name: 'Subscriptions with license overages' });
  await over.scrollIntoViewIfNeeded();
  await expect(over.locator('tbody tr[aria-rowindex]')).toHaveCount(rows.sums.rows);
  await over.getByRole('link', { name: 'Sub-e2e-over', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Dunmore Assurance' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Sub-e2e-over' })).toBeFocused();
});

test('a week of the trend is opened by keys, read as a table, and saved as both files', async ({ page }) => {
  await page.goto(`${calling}&weeks=13`);
  const truth = await ask(page.request, getLicenseTrend, { ...asked, weeks: 13 });
  const chart = page.getByRole('region', { name: 'License distribution trend' });
  await chart.locator('[data-bucket="12"]').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(chart.locator('.chart-tip')).toContainText(`Assigned: ${shown(truth.points[11]?.assigned)}`);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: /^Who moved Nov 15/ });
  await expect(panel.getByRole('link', { name: licensed[0].name })).toBeVisible();
  await expect(page).toHaveURL(/moved=2026-11-15/);
  await panel.getByRole('button', { name: 'Close' }).click();

  await page.keyboard.press('Escape');
  for (const kind of ['PNG', 'CSV'] as const) {
    await chart.getByRole('button', { name: /^Download: / }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: kind, exact: true }).click(),
    ]);
    const bytes = await readFile(await download.path());
    expect(download.suggestedFilename()).toMatch(/^license-trend-calling-eu-2026-08-30-2026-11-\d\d\.(png|csv)$/);
    if (kind === 'PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    else expect(bytes.toString().trimEnd().split('\r\n')).toHaveLength(14);
  }
  await chart.getByRole('button', { name: 'View as table' }).click();
  const gap = truth.points.findIndex(({ assigned }, index) => assigned === null && index > 2);
  expect(gap).toBeGreaterThan(0);
  await expect(
    chart
      .getByRole('row')
      .nth(gap + 1)
      .getByRole('cell'),
  ).toHaveText(['', '', '', '']);
});

test('what a table shows stands in the address, a reload shows the same, and its file has it', async ({ page }) => {
  await page.goto(calling);
  const section = page.getByRole('region', { name: 'Upcoming renewal in the next 90 days' });
  const grid = section.getByRole('grid');
  await grid
    .getByRole('columnheader', { name: /^Total licenses/ })
    .getByRole('button')
    .click();
  await section.getByRole('combobox', { name: 'Group rows by' }).selectOption('end');
  await expect(page).toHaveURL(/renewing=sort%3Atotal\+order%3Adesc\+group%3Aend/);
  await page.reload();
  await expect(grid.getByRole('row', { name: /^Jan 2027 1/ })).toBeVisible();
  await expect(grid.getByRole('columnheader', { name: /^Total licenses/ })).toHaveAttribute('aria-sort', 'descending');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('link', { name: /^Export / }).click(),
  ]);
  expect((await readFile(await download.path())).toString()).toContain('Sub-e2e-renewing');
});

test('the rule of low assignment is looked at before it is saved, and the section follows', async ({ page }) => {
  const low = async (): Promise<string[]> =>
    (await ask(page.request, listSubscriptionRows, { ...asked, section: 'low_assignment' })).rows.map(
      ({ reference }) => reference,
    );
  expect(await low()).toContain('Sub-e2e-low');
  await page.goto('/settings');
  const rule = page.getByRole('region', { name: 'Low license assignment' });
  const fallback = rule.getByLabel('With fewer peers: below (% assigned)');
  await fallback.fill('10');
  await rule.getByRole('button', { name: 'Preview' }).click();
  const preview = rule.getByRole('region', { name: 'Who would be flagged' });
  await preview.getByRole('combobox', { name: 'Show data for' }).selectOption('calling');
  await expect(preview.getByRole('listitem').filter({ hasText: 'Eastmoor Schools' })).toContainText(
    'No longer flagged',
  );
  await rule.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(low).not.toContain('Sub-e2e-low');
  await rule.getByRole('button', { name: 'Fill in the defaults' }).click();
  await rule.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(low).toContain('Sub-e2e-low');
});

test('by keys alone: the toggle, a card, a row', async ({ page }) => {
  await page.goto(`${address}?region=eu`);
  await expect(page.getByText('Everything below counts Webex Meetings.')).toBeVisible();
  await page.getByRole('radio', { name: 'Meetings' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page).toHaveURL(/product=calling/);
  const card = page.getByRole('link', { name: /^Over license limit: / });
  await card.focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Over license limit' });
  await expect(panel.locator('.focus-place')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(card).toBeFocused();

  const grid = page.getByRole('grid', { name: 'Recently added subscriptions' });
  await grid.getByRole('link', { name: 'Cordwain Mills' }).focus();
  for (let column = 0; column < 4; column += 1) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tooltip')).toContainText('Used in 7 days: ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Cordwain Mills' })).toBeVisible();
});

async function expectDrawn(page: Page): Promise<void> {
  await expect(page.locator('.trend-legend, .analytics .empty').first()).toBeVisible();
  await expect(page.locator('.analytics .skeleton')).toHaveCount(0);
}

const places = [
  ['region', calling],
  ['counted', `${calling}&counted=totalCustomers`],
  ['all', `${address}?region=all&product=calling`],
] as const;

test('the page is accessible and speaks its language, light and dark, wide and on a phone', async ({ page }) => {
  test.setTimeout(300_000);
  await lookAtPlaces(page, 'analytics', places, () => expectDrawn(page));
});
