import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';
import { askMetrics, askMetricsByRegion } from '@hub/contract/metrics';
import { fillEveryRegion } from './support/call-history.ts';
import { ask } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { lookAtPlaces } from './support/pictures.ts';

test.use({ person: 'administrator' });
test.beforeEach(async ({ page }) => fillEveryRegion(page.request));

const address = '/analytics/calling-engagement';
// The legs of these journeys lie from November 19 on.
const week = { from: '2026-11-15', to: '2026-11-21' };
const weeks = { from: '2026-09-27', to: week.to, bucket: 'week' };
const count = new Intl.NumberFormat('en-US');

const last = (values: readonly (number | string | null)[] | undefined): number => Number(values?.at(-1));

const rowNames = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(
    `[...document.querySelectorAll('.engagement-rows tbody tr[aria-rowindex]')].slice(0, 8).map((row) => row.children[0].textContent)`,
  );

test('from the partner to a customer, its location and the call legs, and back', async ({ page }) => {
  await page.goto(`${address}?region=eu`);
  const asked = {
    region: 'eu',
    ...weeks,
    metrics: 'activeUsers,callLegs',
    by: 'customer',
    sort: 'callLegs',
    order: 'desc',
  };
  const truth = await ask(page.request, askMetrics, asked);
  const strip = page.getByRole('region', { name: 'Key numbers' });
  const users = count.format(last(truth.totals.activeUsers));
  await expect(strip.getByRole('link', { name: `Active users: ${users}. Show the rows` })).toBeVisible();

  const table = page.getByRole('grid', { name: 'Customers and usage' });
  await table
    .getByRole('columnheader', { name: /^Call legs/ })
    .getByRole('button')
    .click();
  await expect.poll(() => rowNames(page)).toEqual(truth.rows.slice(0, 8).map(({ name }) => name));
  await expect(table.locator('tfoot')).toContainText(`All ${truth.count} customers in EU`);

  const customer = truth.rows[0];
  await table.getByRole('link', { name: customer?.name ?? '', exact: true }).click();
  await expect(page.getByRole('heading', { name: customer?.name ?? '' })).toBeVisible();
  const locations = await ask(page.request, askMetrics, {
    ...asked,
    by: 'location',
    customerId: customer?.customerId ?? '',
  });
  await expect.poll(() => rowNames(page)).toEqual(locations.rows.slice(0, 8).map(({ name }) => name));
  const location = locations.rows[0];
  await page
    .getByRole('grid', { name: 'Locations' })
    .getByRole('link', { name: location?.name ?? '', exact: true })
    .click();
  await expect(page.getByRole('grid', { name: 'Users' })).toBeVisible();
  await page.getByRole('link', { name: 'Show the call legs' }).click();
  const legs = count.format(last(location?.values.callLegs));
  await expect(page.getByRole('heading', { name: `Total call legs: ${legs}` })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'All customers in EU' }).click();
  await expect(page.getByRole('grid', { name: 'Customers and usage' })).toBeVisible();
});

test('weeks, policy and views stand in the address, and a reload shows the same', async ({ page }) => {
  await page.goto(`${address}?region=eu`);
  await page.getByRole('button', { name: /^Later: / }).click();
  await expect(page).toHaveURL(/from=2026-11-22&to=2026-11-24/);
  await expect(page.getByText('This week so far')).toBeVisible();
  await page.getByRole('link', { name: 'Quality', exact: true }).click();
  const chart = page.getByRole('region', { name: 'Call quality', exact: true });
  await chart.getByRole('button', { name: /^Quality policy: / }).click();
  await page.getByText('Any threshold reached', { exact: true }).click();
  await expect(page).toHaveURL(/policy=any_threshold/);
  await page.reload();
  await expect(chart.getByRole('button', { name: /Any threshold reached/ })).toBeVisible();
});

test('a chart is read by keys, as a table, and saved as both files', async ({ page }) => {
  await page.goto(`${address}?region=eu`);
  const chart = page.getByRole('region', { name: 'Calling users by usage volume' });
  const first = chart.locator('[data-bucket="7"]');
  await first.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(chart.locator('[data-bucket="6"]')).toBeFocused();
  await expect(chart.locator('.chart-tip')).toContainText('Nov 8');
  for (const kind of ['PNG', 'CSV'] as const) {
    await chart.getByRole('button', { name: /^Download: / }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: kind, exact: true }).click(),
    ]);
    const bytes = await readFile(await download.path());
    expect(download.suggestedFilename()).toBe(`calling-users-${week.from}-${week.to}.${kind.toLowerCase()}`);
    if (kind === 'PNG') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    else expect(bytes.toString().trimEnd().split('\r\n')).toHaveLength(9);
  }
  await chart.getByRole('button', { name: 'View as table' }).click();
  await expect(chart.getByRole('row')).toHaveCount(9);
  // A number of the table, and a point of the picture, lead to the rows of their week.
  await chart
    .getByRole('row', { name: /^Nov 15/ })
    .getByRole('link', { name: /^Regular: / })
    .click();
  await expect(page).toHaveURL(/sort=usersRegular.*from=2026-11-15&to=2026-11-21#rows$/);
  await chart.getByRole('button', { name: 'View as table' }).click();
  await chart.locator('[data-bucket="6"]').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/from=2026-11-08&to=2026-11-14/);
  await expect(page).toHaveURL(/sort=activeUsers/);
  await expect(page.getByRole('grid', { name: 'Customers and usage' })).toBeVisible();
});

test('all regions are rows with their sums, without a customer', async ({ page }) => {
  await page.goto(`${address}?region=all`);
  const truth = await ask(page.request, askMetricsByRegion, { ...weeks, metrics: 'callLegs' });
  const table = page.getByRole('grid', { name: 'Regions and usage' });
  await expect(table.locator('tfoot')).toContainText(count.format(last(truth.totals.callLegs)));
  await expect(table.getByRole('row')).toHaveCount(truth.regions.length + 2);
});

const places = [
  ['usage', `${address}?region=eu`],
  ['quality', `${address}?region=eu&view=quality`],
  ['features', `${address}?region=eu&view=features`],
  ['all', `${address}?region=all`],
] as const;

test('every view is accessible and speaks its language, light and dark, wide and on a phone', async ({ page }) => {
  test.setTimeout(300_000);
  await lookAtPlaces(page, 'engagement', places, () =>
    expect(
      page.locator('.engagement-rows').locator('tbody tr, .row-list li, .region-list li, .empty').first(),
    ).toBeVisible(),
  );
});

test('the tab of a customer, opened by its address, looks as it does on the way from the page', async ({ page }) => {
  const asked = { region: 'eu', ...weeks, metrics: 'callLegs', by: 'customer', sort: 'callLegs', order: 'desc' };
  const [customer] = (await ask(page.request, askMetrics, asked)).rows;
  await page.goto(`/customers/${customer?.customerId}?tab=calling`);
  const strip = page.getByRole('region', { name: 'Key numbers' });
  await expect(strip).toHaveCSS('display', 'grid');
});

test('from a number of an endpoint type and of a user to their call legs', async ({ page }) => {
  const asked = { region: 'eu', ...week, metrics: 'callLegs', by: 'customer', sort: 'callLegs', order: 'desc' };
  const [customer] = (await ask(page.request, askMetrics, asked)).rows;
  await page.goto(`${address}?region=eu&customerId=${customer?.customerId}&rows=user`);
  const users = await ask(page.request, askMetrics, {
    ...asked,
    by: 'user',
    customerId: customer?.customerId ?? '',
  });
  const user = users.rows[0];
  await page
    .getByRole('grid', { name: 'Users' })
    .getByRole('link', { name: `Call legs: ${count.format(last(user?.values.callLegs))}. Open ${user?.name}` })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`user=.*${user?.userKey}`));
  await expect(
    page.getByRole('heading', { name: new RegExp(`^${count.format(last(user?.values.callLegs))} call legs?$`) }),
  ).toBeVisible();
});

test('from a feature to the legs that used it, in the days of another zone, and back', async ({ page }) => {
  const zone = 'Asia/Seoul';
  const asked = { region: 'eu', ...week, zone, hasQueues: 'true' };
  const { totals } = await ask(page.request, askMetrics, { ...asked, metrics: 'huntGroupCalls,queueCalls' });
  const queueCalls = last(totals.queueCalls);
  expect(queueCalls).toBeGreaterThan(0);
  await page.goto(`${address}?region=eu&view=features&zone=${zone}`);
  const bars = page.getByRole('region', { name: 'Feature usage by calls' });
  await bars.getByRole('link', { name: `Call queue calls: ${count.format(queueCalls)}. Show the call legs` }).click();
  await expect(
    page.getByRole('heading', { name: new RegExp(`^Call queue - Total calls: ${count.format(queueCalls)}( |$)`) }),
  ).toBeVisible();
  await expect(page.getByText(/Only customers with Call Queue enabled .* Asia\/Seoul$/)).toBeVisible();
  await page.locator('a.back').click();
  await expect(page).toHaveURL(/calling-engagement\?.*view=features.*zone=Asia%2FSeoul/);
});
