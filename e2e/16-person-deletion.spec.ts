import { expect } from '@playwright/test';
import { listCustomers } from '@hub/contract/customers';
import { listDeletions } from '@hub/contract/deletions';
import { callHistoryCsv, legRecord } from '../server/src/testing/leg-record.ts';
import { expectNoViolations } from './support/axe.ts';
import { addCustomer, allImports, ask, importsSettle, uploadFile } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator' });
test.describe.configure({ timeout: 240_000 });

const orgUuid = '5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b77';
const userUuid = '5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b78';
const name = 'Larkspur Clinics';
const number = '+35929990077';
const report = (at: number): string => `5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1c0${at}`;
const body = Buffer.from(
  callHistoryCsv([
    ...[1, 2, 3].map((at) =>
      legRecord({
        org_uuid: orgUuid,
        report_id: report(at),
        user_uuid: userUuid,
        user: 'Orla Venn',
        start_time: '2026-11-20T09:30:00.000Z',
        report_time: '2026-11-20T10:30:00.000Z',
      }),
    ),
    legRecord({
      org_uuid: orgUuid,
      report_id: report(4),
      called_number: number,
      start_time: '2026-11-20T09:30:00.000Z',
      report_time: '2026-11-20T10:30:00.000Z',
    }),
  ]),
);

test('a person’s data are deleted with a receipt, and the same file does not bring them back', async ({ page }) => {
  await addCustomer(page.request, { name, country: 'BG', orgUuid });
  await uploadFile(page.request, { name: 'clinics.csv', region: 'eu', body });
  await importsSettle(page.request);
  const { items } = await ask(page.request, listCustomers, { filter: `name:"${name}"` });
  await page.goto(`/customers/${items[0]?.id ?? ''}`);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete a person’s data' }).click();
  const dialog = page.getByRole('dialog');
  // By the keyboard alone: the first field has the focus.
  await expect(dialog.getByRole('textbox', { name: 'User UUID' })).toBeFocused();
  await page.keyboard.type(userUuid);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(/^Call history: 3 rows, 0 held, 0 rejected/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Add Orla Venn' })).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Numbers and extensions' }).fill(number);
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('1 record of others names them: that field is emptied')).toBeVisible();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('textbox', { name: `Type this to confirm: ${userUuid}` }).fill(userUuid);
  // It scrolls by now, and what is cut cannot be judged.
  await expectNoViolations(page, 'the dialog with what there is');
  await shoot(page, 'person-deletion');
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate<boolean>(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
  expect(wide).toBe(false);
  await shoot(page, 'person-deletion-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await dialog.getByRole('button', { name: 'Delete a person’s data' }).click();
  await expect(dialog).toBeHidden();
  await expect
    .poll(async () => (await ask(page.request, listDeletions)).items[0]?.endedAt ?? null, { timeout: 60_000 })
    .not.toBeNull();

  await page.goto('/settings');
  const section = page.getByRole('region', { name: 'Deletions' });
  await expect(section.getByText(`A person of ${orgUuid}`)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('link', { name: 'Download the receipt' }).first().click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^Deletion receipt_.*\.json$/);

  await uploadFile(page.request, { name: 'clinics again.csv', region: 'eu', body });
  await importsSettle(page.request);
  const again = (await allImports(page.request)).find(({ fileName }) => fileName === 'clinics again.csv');
  expect(again?.counts).toMatchObject({ read: 4, new: 0, duplicate: 1, rejected: 3 });
  await page.goto(`/imports?region=eu&batch=${again?.id ?? ''}`);
  await expect(page.getByText('3 rows are of people whose data were deleted.', { exact: false })).toBeVisible();

  await page.goto('/settings');
  await section.getByRole('button', { name: 'Let in again' }).first().click();
  const asking = page.getByRole('dialog', { name: 'Let this person in again?' });
  await expectNoViolations(page, 'whether to let a person in again');
  await asking.getByRole('button', { name: 'Let in again' }).click();
  await expect(section.getByText(/^Let in again on /).first()).toBeVisible();
  await uploadFile(page.request, { name: 'clinics once more.csv', region: 'eu', body });
  await importsSettle(page.request);
  const more = (await allImports(page.request)).find(({ fileName }) => fileName === 'clinics once more.csv');
  expect(more?.counts).toMatchObject({ read: 4, new: 3, duplicate: 1, rejected: 0 });
});
