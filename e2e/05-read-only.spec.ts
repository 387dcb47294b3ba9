import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { fillEveryRegion, sampleReport, fileOf } from './support/call-history.ts';
import { enter, partnerName, reader, sessionOf, uploadFile } from './support/hub-client.ts';
import { refusedRequests, test } from './support/journey.ts';

const hub = join(import.meta.dirname, '../server/src/hub.ts');

test.use({ expectedNoise: refusedRequests });

test('a read-only administrator, added on the command line, sees everything and changes nothing', async ({
  page,
  browser,
}) => {
  const other = await browser.newContext();
  await enter(other.request);
  await fillEveryRegion(other.request);
  // Rows that wait, so that there is something not to be done.
  const strange = fileOf(await sampleReport(other.request)).toString();
  const organization = /[0-9a-f-]{36}(?=,[0-9a-f-]{36},)/;
  await uploadFile(other.request, {
    name: 'a-stranger.csv',
    region: 'eu',
    body: Buffer.from(strange.replace(new RegExp(organization, 'g'), 'b7c1a7de-11aa-4c3e-9e53-0a4f6f1de001')),
  });

  const words = ['user', 'add', '--email', reader.email, '--name', reader.name, '--role', 'partner_read_only'];
  // HUB_DATA_DIR leads the command to the running product.
  const told = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', hub, ...words, '--partner', partnerName, '--password-stdin'],
    { input: `${reader.password}\n`, encoding: 'utf8' },
  );
  expect(told.status, `${told.stdout}${told.stderr}`).toBe(0);

  await page.goto('/imports');
  await page.getByLabel('Email').fill(reader.email);
  await page.getByLabel('Password', { exact: true }).fill(reader.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL('/imports');
  await expect(page.getByText(/Your role, Partner read-only administrator, sees everything here/)).toBeVisible();
  const batch = page.getByRole('grid', { name: 'Batches' }).getByRole('link').first();
  await expect(batch).toBeVisible();
  for (const name of ['choose files', 'Create customer', 'Link to a customer', 'Discard', 'Cancel import']) {
    await expect(page.getByRole('button', { name })).toHaveCount(0);
  }
  await expect(page.getByText('A partner full administrator can create or link the customer.')).toBeVisible();
  await batch.click();
  const panel = page.getByRole('complementary');
  await expect(panel.getByText('Rows read')).toBeVisible();
  await expect(panel.getByRole('button')).toHaveCount(1); // the one that closes it

  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search customers and pages' }).fill('call history');
  await expect(page.getByText('Nothing found for “call history”')).toBeVisible();
  await page.keyboard.press('Escape');

  await page.goto('/analytics/calling-usage?region=eu');
  await expect(page.getByRole('grid', { name: 'Calling usage by customer and location' })).toBeVisible();
  await page.goto('/settings');
  await expect(page.getByText('Partner read-only administrator')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Demo data' })).toHaveCount(0);

  const { csrfToken } = await sessionOf(page.request);
  const forced = await page.request.post('/api/imports?region=eu&fileName=forced.csv', {
    data: Buffer.from('x'),
    headers: { 'x-hub-csrf': csrfToken, 'content-type': 'application/octet-stream' },
  });
  expect(forced.status()).toBe(403);
  await other.close();
});
