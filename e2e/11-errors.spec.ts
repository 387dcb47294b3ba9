import { expect } from '@playwright/test';
import type { getCallingUsageByRegion } from '@hub/contract/calling-usage';
import type { ReplyOf } from '@hub/contract/endpoint';
import type { Problem } from '@hub/contract/errors';
import { fileOf, fillEveryRegion, sampleReport } from './support/call-history.ts';
import { administrator } from './support/hub-client.ts';
import { refusedRequests, test } from './support/journey.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator', expectedNoise: refusedRequests });
test.beforeEach(async ({ page }) => fillEveryRegion(page.request));

const link = '/analytics/calling-usage?region=eu&from=2026-11-17&to=2026-11-23';
const questions = '**/api/calling-usage?*';
const trackingId = 'HUB_1f0c-journey';

const refusals: { problem: Pick<Problem, 'status' | 'code' | 'data'>; sentence: string }[] = [
  { problem: { status: 500, code: 'internal', data: {} }, sentence: 'Something failed on our side.' },
  {
    problem: { status: 503, code: 'region_unavailable', data: { region: 'eu' } },
    sentence: 'The region EU is not answering.',
  },
];

for (const { problem, sentence } of refusals) {
  test(`a ${problem.status} tells its tracking ID and can be tried again`, async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.route(questions, (route) =>
      route.fulfill({
        status: problem.status,
        contentType: 'application/problem+json',
        json: { type: 'about:blank', title: 'Refused', trackingId, ...problem },
      }),
    );
    await page.goto(link);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('The data could not be loaded.');
    await expect(alert).toContainText(sentence);
    await expect(alert).toContainText(`Tracking ID: ${trackingId}`);
    await shoot(page, `error-${problem.status}`);
    await alert.getByRole('button', { name: 'Copy ID' }).click();
    await expect(alert.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(trackingId);
    await page.unroute(questions);
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('grid')).toBeVisible();
    await expect(alert).toBeHidden();
  });
}

test('a region that does not answer is named, and the others are shown', async ({ page }) => {
  await page.route('**/api/calling-usage/regions?*', async (route) => {
    const response = await route.fetch();
    const reply = (await response.json()) as ReplyOf<typeof getCallingUsageByRegion>;
    const items = reply.items.map((item) => (item.region === 'ca' ? { ...item, hasAnswered: false } : item));
    await route.fulfill({ response, json: { ...reply, items } });
  });
  await page.goto(`${link}&region=all`.replace('region=eu&', ''));
  await expect(page.getByText('3 of 4 regions answered')).toBeVisible();
  await expect(page.getByText('No answer from CA.')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Canada (CA)' })).toContainText('No answer');
});

test('an ended session leads to the sign-in and back', async ({ page, context }) => {
  await page.goto(link);
  await expect(page.getByRole('grid')).toBeVisible();
  await page.waitForLoadState('networkidle'); // what is still asked would end the session's page before the click
  await context.clearCookies();
  await page
    .getByRole('columnheader', { name: /^Total calls/ })
    .getByRole('button')
    .click();
  await expect(page.getByText('Your session has ended. Sign in again.')).toBeVisible();
  await page.getByLabel('Email').fill(administrator.email);
  await page.getByLabel('Password', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(`${link}&sort=calls&order=asc`);
  await expect(page.getByRole('grid')).toBeVisible();
});

test('a slow answer shows rows to come, then the data', async ({ page }) => {
  const gate = Promise.withResolvers<void>();
  await page.route(questions, async (route) => {
    await gate.promise;
    await route.continue();
  });
  await page.goto(link);
  await expect(page.getByRole('status', { name: 'Loading…' })).toBeVisible();
  await shoot(page, 'skeleton');
  gate.resolve();
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(page.getByRole('status', { name: 'Loading…' })).toBeHidden();
});

test('an upload without a network says so and is tried again', async ({ page, context }) => {
  await page.goto('/imports');
  const buffer = fileOf(await sampleReport(page.request));
  await expect(page.getByRole('grid', { name: 'Batches' })).toBeVisible();
  await context.setOffline(true);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'choose files' }).click();
  await (await chooser).setFiles({ name: 'on-the-train.csv', mimeType: 'text/csv', buffer });
  await expect(page.getByText('Not uploaded')).toBeVisible();
  await expect(page.getByText('The server did not answer. Check your connection and try again.')).toBeVisible();
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('on-the-train.csv is imported')).toBeVisible();
});
