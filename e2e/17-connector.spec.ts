import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';
import { listCustomers } from '@hub/contract/customers';
import { expectNoViolations } from './support/axe.ts';
import { addCustomer, allImports, ask } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { today } from './support/product.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator' });

const orgUuid = '3d6a1c52-8a3c-4b57-9f5e-6c1d2b7a9e10';
const token = 'a-token-of-this-journey';
const program = join(import.meta.dirname, 'support/mock-provider.ts');
const running: ChildProcess[] = [];

test.afterAll(() => {
  for (const child of running) child.kill();
});

/** Its address. */
async function provider(): Promise<string> {
  const words = [`${today}T09:00:00.000Z`, orgUuid, token];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  running.push(child);
  const [address] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return address;
}

test('a connector is added, tested, and brings its first import by itself', async ({ page }) => {
  const known = await ask(page.request, listCustomers, { filter: 'name:"Connected Works"', sort: 'name', limit: 1 });
  if (known.items.length === 0) await addCustomer(page.request, { name: 'Connected Works', country: 'BG', orgUuid });
  const address = await provider();
  await page.goto('/settings');
  await page.getByRole('button', { name: 'New connector' }).click();
  const dialog = page.getByRole('dialog', { name: 'New connector' });
  await dialog.getByLabel('Name').fill('Journey');
  await dialog.getByLabel('Credential').selectOption({ label: 'Access token' });
  await dialog.getByLabel('Access token', { exact: true }).last().fill(token);
  await dialog.getByLabel('Days of history').fill('0');
  for (const kind of ['License snapshots', 'Locations', 'Phone numbers', 'Devices']) {
    await dialog.getByRole('checkbox', { name: kind }).uncheck();
  }
  await dialog.getByLabel('API address').fill(address);
  await dialog.getByLabel('Address of the call records').fill(address);
  await shoot(page, 'connector-new');
  await expectNoViolations(page, 'connector-new');
  await dialog.getByRole('button', { name: 'Create connector' }).click();
  await expect(dialog).toBeHidden();

  const card = page.getByRole('list', { name: 'Import sources' }).getByRole('listitem').filter({ hasText: 'Journey' });
  await expect(card.getByText('1 of 1 fetched')).toBeVisible();
  await card.getByRole('button', { name: 'Test connection' }).click();
  const tested = page.getByRole('dialog', { name: 'Connection of Journey' });
  await expect(tested.getByText('The connection works')).toBeVisible();
  await shoot(page, 'connector-tested');
  await page.keyboard.press('Escape');
  await shoot(page, 'connector-card');

  // What it brought stands among the imports, and its calls are those of the customer.
  await expect
    .poll(async () => (await allImports(page.request)).find(({ source }) => source === 'connector')?.state)
    .toBe('committed');
  const brought = (await allImports(page.request)).find(({ source }) => source === 'connector');
  expect(brought?.counts).toMatchObject({ new: 3, rejected: 0, held: 0 }); // windows overlap: one may come twice
  await page.goto('/imports');
  await page
    .getByRole('link', { name: `B-${brought?.number}` })
    .first()
    .click();
  const panel = page.getByRole('complementary', { name: `Import B-${brought?.number}` });
  await expect(panel.getByText('Complete')).toBeVisible();
  await shoot(page, 'connector-import');
  // Nobody asks it any further in the journeys that follow.
  await page.goto('/settings');
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card.getByText('Paused')).toBeVisible();
});
