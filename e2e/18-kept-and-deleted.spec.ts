import { readFile } from 'node:fs/promises';
import { type APIRequestContext, expect } from '@playwright/test';
import { listCustomers } from '@hub/contract/customers';
import { expectNoViolations } from './support/axe.ts';
import { sampleReport } from './support/call-history.ts';
import { addCustomer, allImports, ask, importsSettle, uploadFile } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator' });
test.describe.configure({ mode: 'serial' });

const orgUuid = '9b1f7d30-24c6-4f0e-8d7a-51e0c7f3a2b4';
const name = 'Parting Works';

/** Calls of a customer of these journeys: two of last week, one of half a year ago. */
async function withCalls(request: APIRequestContext): Promise<string> {
  const find = async (): Promise<string | undefined> =>
    (await ask(request, listCustomers, { filter: `name:"${name}"`, sort: 'name', limit: 1 })).items[0]?.id;
  const known = await find();
  if (known !== undefined) return known;
  await addCustomer(request, { name, country: 'BG', orgUuid });
  const { head } = await sampleReport(request);
  const heads = head.replace(/^\uFEFF/, '').split(',');
  const row = (number: number, at: string): string =>
    heads
      .map((column) => {
        const values: Record<string, string> = {
          'Start time': at,
          'Report time': at,
          'Release time': at,
          Duration: '60',
          Answered: 'true',
          Direction: 'ORIGINATING',
          'User type': 'User',
          Location: 'Sofia',
          'Call ID': `parting-${number}`,
          'Org UUID': orgUuid,
          'User UUID': `0000000${number}-5e50-4000-8000-000000000018`,
          'Report ID': `0000000${number}-18e2-4000-8000-000000000018`,
          'Correlation ID': `0000000${number}-c0de-4000-8000-000000000018`,
        };
        return values[column] ?? '';
      })
      .join(',');
  const rows = [
    row(1, '2026-11-20T09:00:00.000Z'),
    row(2, '2026-11-21T09:00:00.000Z'),
    row(3, '2026-05-20T09:00:00.000Z'),
  ];
  const body = Buffer.from(`${heads.join(',')}\r\n${rows.join('\r\n')}\r\n`);
  await uploadFile(request, { name: 'parting.csv', region: 'eu', body });
  await importsSettle(request);
  expect((await allImports(request))[0]?.counts).toMatchObject({ read: 3, new: 3 });
  return (await find()) ?? '';
}

test('a shorter limit says what it would remove before it is saved, and is changed back', async ({ page }) => {
  await withCalls(page.request);
  await page.goto('/settings');
  const field = page.getByRole('textbox', { name: 'Call history' });
  const before = await field.inputValue();
  await field.fill('100');
  const form = page.locator('form').filter({ has: field });
  await form.getByRole('button', { name: 'Save' }).click();
  const asked = page.getByRole('dialog', { name: 'Remove older records in European Union (EU)?' });
  await expect(asked.getByText(/Call history: 1 row before /)).toBeVisible();
  await shoot(page, 'retention-preview');
  await expectNoViolations(page, 'retention-preview');
  // Thought better of it: nothing has changed.
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await page.reload();
  await expect(field).toHaveValue(before);

  await field.fill('100');
  await form.getByRole('button', { name: 'Save' }).click();
  await asked.getByRole('button', { name: 'Save and remove' }).click();
  await expect(page.getByText('The limits apply from the next night on.')).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue('100');
  await field.fill(before);
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The limits apply from the next night on.').first()).toBeVisible();
});

test('one customer’s data is deleted, and the receipt says in numbers what went', async ({ page }) => {
  const id = await withCalls(page.request);
  await page.goto(`/customers/${id}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete data' }).click();
  const dialog = page.getByRole('dialog', { name: `Delete the data of ${name}` });
  await expect(dialog.getByText(/Call history: 3 /)).toBeVisible();
  const act = dialog.getByRole('button', { name: 'Delete data' });
  await expect(act).toBeDisabled();
  await dialog.getByLabel(/Type the name of the customer/).fill(name);
  await shoot(page, 'deletion-asked');
  await act.click();
  await expect(dialog).toBeHidden();

  await page.goto('/settings');
  const line = page.getByRole('list', { name: 'Deletions' }).getByRole('listitem').filter({ hasText: orgUuid });
  await expect(line.getByText('3 rows deleted')).toBeVisible();
  const download = page.waitForEvent('download');
  await line.getByRole('link', { name: 'Download the receipt' }).click();
  const text = await readFile(await (await download).path(), 'utf8');
  expect(text).toContain(orgUuid);
  expect(text).not.toContain(name);
  await shoot(page, 'deletion-receipt');
});
