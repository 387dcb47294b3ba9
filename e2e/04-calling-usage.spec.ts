import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { getCallingUsage, getCallingUsageByRegion } from '@hub/contract/calling-usage';
import { fillEveryRegion } from './support/call-history.ts';
import { ask } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { chooseLanguage, languages } from './support/languages.ts';

test.use({ person: 'administrator' });
test.beforeEach(async ({ page }) => fillEveryRegion(page.request));

const week = { from: '2026-11-17', to: '2026-11-23' };
const link = `/analytics/calling-usage?region=eu&from=${week.from}&to=${week.to}`;
const count = new Intl.NumberFormat('en-US');

const table = (page: Page): Locator => page.getByRole('grid', { name: 'Calling usage by customer and location' });

/** Customer, location and calls of the first rows: virtual scrolling draws only those near the window. */
const firstRows = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('tbody tr[aria-rowindex]')].slice(0, 12)
      .map((row) => [...row.children].slice(0, 3).map((cell) => cell.textContent).join(' | '))`,
  );

const asShown = (row: Awaited<ReturnType<typeof usageOf>>['items'][number]): string =>
  [row.customerName, row.location, row.cells.calls === null ? '' : count.format(row.cells.calls)].join(' | ');

const usageOf = (page: Page, more: Record<string, string> = {}) =>
  ask(page.request, getCallingUsage, { region: 'eu', ...week, sort: 'calls', order: 'desc', ...more });

async function showsRows(page: Page, more: Record<string, string>): Promise<void> {
  const expected = (await usageOf(page, more)).items.slice(0, 12).map(asShown);
  await expect.poll(() => firstRows(page)).toEqual(expected);
}

test('the table shows customers and locations, sorts, searches and keeps all of it in the address', async ({
  page,
  context,
}) => {
  await page.goto(link);
  const whole = await usageOf(page);
  await showsRows(page, {});
  await expect(page.getByText(`${whole.rows} rows`, { exact: true })).toBeVisible();
  await expect(page.getByText('EU, data as of Nov 24, 09:00 UTC')).toBeVisible();

  const totals = table(page).locator('tfoot');
  await expect(totals).toContainText(`All ${whole.customers} customers in EU`);
  await expect(totals.getByRole('gridcell').nth(2)).toHaveText(count.format(whole.totals.calls ?? -1));

  const head = table(page).getByRole('columnheader', { name: /^Total calls/ });
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await table(page).getByRole('columnheader', { name: 'Customer' }).getByRole('button').click();
  await expect(page).toHaveURL(`${link}&sort=customerName&order=asc`);
  await showsRows(page, { sort: 'customerName', order: 'asc' });
  await head.getByRole('button').click();
  await expect(page).toHaveURL(`${link}&sort=calls&order=desc`);
  await showsRows(page, {});
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await showsRows(page, { sort: 'calls', order: 'asc' });

  const q = whole.items[1]?.location.slice(0, 4).toUpperCase() ?? '';
  await page.getByRole('searchbox', { name: 'Search customer or location' }).fill(q);
  await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(q);
  const filtered = await usageOf(page, { q });
  await expect(page.getByText(`${filtered.rows} of ${whole.rows}`, { exact: true })).toBeVisible();
  await showsRows(page, { q, sort: 'calls', order: 'asc' });
  await expect(totals.getByRole('gridcell').nth(2)).toHaveText(count.format(filtered.totals.calls ?? -1));

  const shown = await firstRows(page);
  await page.reload();
  await expect.poll(() => firstRows(page)).toEqual(shown);
  const colleague = await context.newPage();
  await colleague.goto(page.url());
  await expect.poll(() => firstRows(colleague)).toEqual(shown);
});

test('a column whose feed is missing is empty, named, and can be hidden', async ({ page }) => {
  await page.goto(link);
  const sentence = page.getByRole('listitem').filter({ hasText: 'Media quality has not been imported' });
  await expect(sentence).toContainText('so these columns are empty: “Total poor quality call legs”');
  const column = table(page).getByRole('columnheader', { name: 'Total poor quality call legs' });
  await expect(column).toBeVisible();
  await sentence.getByRole('button', { name: 'Hide these columns' }).click();
  await expect(sentence).toBeHidden();
  await expect(column).toHaveCount(0);
});

test('the region selector changes the rows, and all regions show totals only', async ({ page }) => {
  await page.goto(link);
  const regions = page.getByRole('radiogroup', { name: 'Region selector' });
  await regions.getByRole('radio', { name: 'United States (US)' }).check();
  await expect(page).toHaveURL(/region=us/);
  const us = await usageOf(page, { region: 'us' });
  await expect.poll(() => firstRows(page)).toEqual(us.items.slice(0, 12).map(asShown));

  await regions.getByRole('radio', { name: 'All regions' }).check();
  await expect(page).toHaveURL(/region=all/);
  await expect(page.getByText('4 of 4 regions answered')).toBeVisible();
  const { items, totals } = await ask(page.request, getCallingUsageByRegion, week);
  const grid = page.getByRole('grid', { name: 'Regions' });
  const cells = (row: Locator): Promise<string[]> => row.getByRole('gridcell').allInnerTexts();
  for (const { region, customers, cells: numbers } of items) {
    const row = grid.getByRole('row').filter({ hasText: `(${region.toUpperCase()})` });
    expect((await cells(row)).slice(1, 3)).toEqual([count.format(customers), count.format(numbers.calls ?? -1)]);
  }
  await expect(page.getByText('Media quality has not been imported')).toBeVisible();
  expect((await cells(grid.locator('tfoot tr')))[2]).toBe(count.format(totals.calls ?? -1));
  await grid.getByRole('link', { name: 'European Union (EU)' }).click();
  await expect(page).toHaveURL(/region=eu/);
  await showsRows(page, {});
});

test('a number leads to its call legs, and a call leg to its whole record', async ({ page }) => {
  const address = `${link}&sort=callLegs&order=desc`;
  await page.goto(address);
  const [top] = (await usageOf(page, { sort: 'callLegs', order: 'desc' })).items;
  const legs = top?.cells.callLegs ?? 0;
  const number = table(page)
    .getByRole('link', { name: `Total call legs: ${count.format(legs)}. Show the call legs of` })
    .first();
  await number.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Total call legs: ${count.format(legs)}`);
  await expect(page.getByText(`${top?.customerName} · ${top?.location} · EU`)).toBeVisible();
  const list = page.getByRole('grid', { name: 'Call legs, newest first' });
  await expect(list).toHaveAttribute('aria-rowcount', String(legs + 1));
  await page.goBack();
  await expect(page).toHaveURL(address);

  await number.click();
  await list
    .getByRole('link', { name: /^Open the call leg of/ })
    .first()
    .click();
  const panel = page.getByRole('complementary', { name: 'Call leg' });
  await expect(panel.getByText('Report ID', { exact: true })).toBeVisible();
  await expect(panel.locator('dt')).toHaveCount(83);
  const empty = panel.getByText(/^\d+ empty fields$/);
  await empty.click();
  await expect(panel.locator('details dt').first()).toBeVisible();
  await page.reload(); // the record has its address
  await expect(panel.getByText('Report ID', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Close the panel' }).click();
  await expect(panel).toBeHidden();
  await page.getByRole('main').getByRole('link', { name: 'Calling usage' }).click();
  await expect(page).toHaveURL(link);
});

test('a link that cannot be shown says so, and its address is mended', async ({ page }) => {
  await page.goto('/analytics/calling-usage?region=mars&from=2025-11-10&to=2026-11-01');
  await expect(page.getByText('The region “mars” in the link is not one of yours.')).toContainText(
    'The range in the link has 357 days; at most 92 can be shown. Shown instead: EU, Oct 25 – Nov 24, 2026.',
  );
  await expect(page).toHaveURL('/analytics/calling-usage?region=eu&from=2026-10-25&to=2026-11-24');
});

test('no head of any language has more than two lines', async ({ page }) => {
  await page.goto(link);
  // English last: the choice stays with the person.
  for (const language of languages.toReversed()) {
    await chooseLanguage(page, language);
    const head = page.getByRole('grid').locator('thead');
    expect.soft((await head.boundingBox())?.height, language.code).toBeLessThan(52);
  }
});

test('the export is the file of the API, of exactly what is filtered', async ({ page }) => {
  const query = { q: 'gmbh', sort: 'calls', order: 'desc' };
  await page.goto(`${link}&q=gmbh&sort=calls&order=desc`);
  const { rows } = await usageOf(page, query);
  const button = page.getByRole('link', { name: `Export ${rows}` });
  const saving = page.waitForEvent('download');
  await button.click();
  const file = await saving;
  expect(file.suggestedFilename()).toMatch(/^Calling usage details_[a-z0-9]{8}_2026-11-24\.csv$/);
  const asked = await page.request.get('/api/calling-usage/export', { params: { region: 'eu', ...week, ...query } });
  const bytes = await readFile(await file.path());
  expect(bytes.equals(await asked.body())).toBe(true);
  expect(bytes.toString().trimEnd().split('\r\n')).toHaveLength(rows + 1);
});
