import { readFile } from 'node:fs/promises';
import { type Download, expect, type Locator, type Page } from '@playwright/test';
import { fileOf, manyLegs, sampleReport, withField } from './support/call-history.ts';
import { holdImports } from './support/hold-imports.ts';
import { allImports, importsSettle } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator' });
test.describe.configure({ mode: 'serial' });

const inventedOrganization = '5a3f1c9e-0d4b-4c1a-9b57-2f6d8e7a1b03';

async function bytesOf(download: Download): Promise<Buffer> {
  return readFile(await download.path());
}

interface ChosenFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

const csv = (name: string, buffer: Buffer): ChosenFile => ({ name, mimeType: 'text/csv', buffer });

async function choose(page: Page, files: ChosenFile | ChosenFile[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'choose files' }).click();
  await (await chooser).setFiles(files);
}

/** As a file manager does it: over the zone, then let go, with the file in the DataTransfer. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const zone = page.getByRole('region', { name: 'Upload call history' });
  const dataTransfer = await page.evaluateHandle(
    `(() => { const it = new DataTransfer(); it.items.add(new File([${JSON.stringify(content)}], ${JSON.stringify(name)})); return it; })()`,
  );
  await zone.dispatchEvent('dragover', { dataTransfer });
  await expect(zone).toContainText('Drop the files to upload them to EU');
  await zone.dispatchEvent('drop', { dataTransfer });
}

const batches = (page: Page): Locator => page.getByRole('grid', { name: 'Batches' });

/** The newest row's cell under this head. */
async function newest(page: Page, head: string): Promise<Locator> {
  const heads = await batches(page).getByRole('columnheader').allInnerTexts();
  return batches(page)
    .getByRole('row')
    .nth(1)
    .getByRole('gridcell')
    .nth(heads.findIndex((text) => text.startsWith(head)));
}

async function openNewest(page: Page, number: number): Promise<Locator> {
  await batches(page)
    .getByRole('link', { name: `B-${number}`, exact: true })
    .click();
  const panel = page.getByRole('complementary', { name: `Import B-${number}` });
  await expect(panel.getByText('Rows read')).toBeVisible();
  return panel;
}

async function countsOf(panel: Locator): Promise<Record<string, number>> {
  const texts = await panel.locator('.sum > div').allInnerTexts();
  return Object.fromEntries(
    texts.map((text) => [text.split(/\s/, 1)[0] ?? '', Number(text.split('\n').at(-1)?.replaceAll(',', ''))]),
  );
}

test('a sample file is downloaded, dropped and held until its customer exists', async ({ page }) => {
  await page.goto('/imports');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Example files' }).click();
  const examples = page.getByRole('list', { name: 'Example files' });
  await examples.getByRole('link', { name: 'Call history' }).click();
  const file = await saving;
  expect(file.suggestedFilename()).toBe('webex-calling-detailed-call-history-sample.csv');
  const content = (await bytesOf(file)).toString();
  const rows = content.trimEnd().split('\r\n').length - 1;
  expect(rows).toBeGreaterThanOrEqual(20);

  await drop(page, file.suggestedFilename(), content);
  await expect(page.getByText(`${file.suggestedFilename()} is imported`)).toBeVisible();
  await expect(await newest(page, 'Rows')).toHaveText(String(rows));
  await expect(await newest(page, 'Held')).toHaveText(String(rows));
  await expect(await newest(page, 'State')).toHaveText(`${rows} held`);
  await expect(await newest(page, 'File')).toContainText(file.suggestedFilename());
  await expect(await newest(page, 'File')).toContainText('Call history EU');

  const panel = await openNewest(page, 1);
  await expect(page).toHaveURL(/batch=/);
  const counts = await countsOf(panel);
  expect(counts).toEqual({ Rows: rows, New: 0, Duplicates: 0, Replaced: 0, Rejected: 0, Held: rows });
  await shoot(page, 'imports-held');
  await panel.getByRole('button', { name: 'Close the panel' }).click();
  await expect(panel).toBeHidden();

  // The customer that its rows wait for, created from them.
  await expect(page.getByRole('heading', { name: 'Held rows' })).toBeVisible();
  await expect(page.getByText(inventedOrganization)).toBeVisible();
  await page.getByRole('button', { name: 'Create customer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Create a customer' });
  await dialog.getByLabel('Name').fill('Fennmoor Orgelbau GmbH');
  const country = dialog.getByRole('combobox', { name: 'Country' });
  const submit = dialog.getByRole('button', { name: 'Create customer' });
  await country.fill('Canada');
  await page.getByRole('option', { name: 'Canada' }).click();
  await expect(dialog.getByText('A customer from Canada belongs to CA, but these rows are held in EU.')).toBeVisible();
  await submit.click();
  await expect(dialog).toBeVisible(); // nothing was created
  await shoot(page, 'create-customer-mismatch');
  await country.fill('Germany');
  await page.getByRole('option', { name: 'Germany' }).click();
  await expect(dialog.getByText('This customer will be kept in European Union (EU).')).toBeVisible();
  await submit.click();
  await expect(page.getByText('Fennmoor Orgelbau GmbH was created. Its held rows are entering now.')).toBeVisible();

  await expect(page.getByRole('heading', { name: 'Held rows' })).toBeHidden();
  await expect(batches(page).getByRole('link', { name: 'B-2' })).toHaveAttribute('title', 'Fennmoor Orgelbau GmbH');
  await expect(await newest(page, 'File')).toContainText(/Call history EU, .+, Held rows/);
  await expect(await newest(page, 'New')).toHaveText(String(rows));
  await expect(await newest(page, 'State')).toHaveText('Complete');
});

test('the same file again adds nothing and says so', async ({ page }) => {
  await page.goto('/imports');
  const report = await sampleReport(page.request);
  await choose(page, csv('the-same-again.csv', fileOf(report)));
  await expect(page.getByText('the-same-again.csv is imported')).toBeVisible();
  await expect(await newest(page, 'State')).toHaveText('Already imported');
  await expect(await newest(page, 'Duplicates')).toHaveText(String(report.rows.length));
  const panel = await openNewest(page, 3);
  const counts = await countsOf(panel);
  expect(counts).toMatchObject({ Rows: report.rows.length, New: 0, Duplicates: report.rows.length });
});

test('a file that is no report is refused with a sentence', async ({ page }) => {
  await page.goto('/imports');
  await choose(
    page,
    csv('calls.csv', Buffer.from('%PDF-1.7\n%\u00e2\u00e3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n', 'latin1')),
  );
  await expect(page.getByText('calls.csv was not imported')).toBeVisible();
  await expect(await newest(page, 'State')).toHaveText('Failed');
  await batches(page).getByRole('link', { name: 'B-4', exact: true }).click();
  const panel = page.getByRole('complementary', { name: 'Import B-4' });
  await expect(panel.getByText(/calls\.csv is not a text file: it begins like .*PDF/)).toBeVisible();
});

test('rejected rows are explained and come back as a file', async ({ page }) => {
  await page.goto('/imports');
  const report = await sampleReport(page.request);
  const bad = {
    head: report.head,
    rows: [
      withField(report, 0, 'Start time', 'yesterday at noon'),
      withField(report, 1, 'Duration', '-5'),
      `${report.rows[2] ?? ''},one too many`,
      ...report.rows.slice(3),
    ],
  };
  await choose(page, csv('three-faults.csv', fileOf(bad)));
  await expect(page.getByText('three-faults.csv is imported')).toBeVisible();
  await expect(await newest(page, 'State')).toHaveText('3 rejected');
  const panel = await openNewest(page, 5);
  const counts = await countsOf(panel);
  expect(counts).toMatchObject({ Rows: bad.rows.length, Rejected: 3, Duplicates: bad.rows.length - 3 });
  await expect(panel.getByText('3 reasons, 3 rows')).toBeVisible();
  await expect(panel.getByText('yesterday at noon')).toBeVisible();
  await expect(panel.getByText('Start time, not a time')).toBeVisible();
  await expect(panel.getByText('Duration, below 0')).toBeVisible();
  await expect(panel.getByText('84 columns instead of 83')).toBeVisible();
  await shoot(page, 'imports-rejected');

  const saving = page.waitForEvent('download');
  await panel.getByRole('link', { name: 'Download 3 rows' }).click();
  const lines = (await bytesOf(await saving)).toString().trimEnd().split('\r\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toContain('yesterday at noon');
});

test('a queued import is cancelled once asked, and nothing of it stays', async ({ page }) => {
  await page.goto('/imports');
  const report = await sampleReport(page.request);
  const stored = async (): Promise<number> =>
    (await allImports(page.request)).reduce((sum, { counts }) => sum + (counts?.new ?? 0), 0);
  const before = await stored();
  const part = (number: number, rows: number): ChosenFile => csv(`part-${number}.csv`, manyLegs(report, rows, number));
  const letGo = await holdImports(); // so that the later one stands still while it is asked about
  await choose(page, part(1, 30_000));
  await expect(page.getByRole('region', { name: 'Import B-6' })).toBeVisible();
  await choose(page, part(4, 1000));
  const waiting = page.getByRole('region', { name: 'Import B-7' });
  await waiting.getByRole('button', { name: 'Cancel import' }).click();
  const question = page.getByRole('dialog', { name: 'Cancel the import of part-4.csv?' });
  await expect(question).toContainText('Nothing of this file stays.');
  await question.getByRole('button', { name: 'Cancel import' }).click();
  await expect(page.getByText('The import of part-4.csv was canceled')).toBeVisible();
  await expect(question).toBeHidden();
  await letGo();
  await importsSettle(page.request);
  expect(await stored()).toBe(before + 30_000);
});
