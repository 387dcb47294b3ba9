import { expect } from '@playwright/test';
import { listCustomers } from '@hub/contract/customers';
import { expectAccessible, expectContrast, expectNoViolations } from './support/axe.ts';
import { addCustomer, allImports, ask, importsSettle, uploadFile } from './support/hub-client.ts';
import { test } from './support/journey.ts';
import { chooseLanguage, expectNoEnglish, languages } from './support/languages.ts';
import { shoot } from './support/shots.ts';

test.use({ person: 'administrator' });
test.describe.configure({ mode: 'serial', timeout: 360_000 });

const orgUuid = '7e21c0de-5f3b-4d0a-9a41-7f0b2c519c77';
const body = Buffer.from(
  [
    'Call date;Extension;Number dialed;Talk time (min);Result',
    '20/11/2026 09:00;101;+35921234567;1.5;Answered',
    '20/11/2026 09:05;102;+35921234568;0;No answer',
    '31/02/2026 10:00;101;1;1;Answered',
    '',
  ].join('\n'),
);

test('an unknown file is read by what its columns mean, and the next one unasked', async ({ page }) => {
  const known = await ask(page.request, listCustomers, { filter: 'name:"Exchange Works"', sort: 'name', limit: 1 });
  if (known.items.length === 0) await addCustomer(page.request, { name: 'Exchange Works', country: 'BG', orgUuid });
  await uploadFile(page.request, { name: 'exchange.csv', region: 'eu', body });
  await importsSettle(page.request);
  await page.goto('/imports');
  await page.getByRole('link', { name: 'Say what its columns mean' }).first().click();
  await expect(page.getByRole('heading', { name: 'Columns of exchange.csv' })).toBeVisible();
  await expect(page.getByText('Of the first 3 rows 2 come in, 1 is rejected.')).toBeVisible();
  await expect(page.getByText('“31/02/2026 10:00”')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name of this mapping' }).fill('Our exchange');
  await page.getByRole('button', { name: 'Save and import' }).click();

  // The file does not say whose calls these are.
  const panel = page.getByRole('complementary', { name: /^Import B-/ });
  await panel.getByRole('combobox', { name: 'Customer' }).fill('Exchange');
  await page.getByRole('option', { name: 'Exchange Works' }).click();
  await panel.getByRole('button', { name: 'Go on with the import' }).click();
  await expect(panel.getByText('Read by the mapping “Our exchange”, version 1.')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Mappings' })).toBeVisible();

  await uploadFile(page.request, { name: 'exchange-2.csv', region: 'eu', body });
  await importsSettle(page.request);
  const [newest] = await allImports(page.request);
  expect(newest).toMatchObject({ fileName: 'exchange-2.csv', failure: { code: 'import_needs_customer' } });
});

test('a mapping that was saved wrong is changed, and the page tells how its rows are mended', async ({ page }) => {
  await page.goto('/imports');
  await page.getByRole('link', { name: 'Change the mapping Our exchange' }).click();
  await expect(page.getByRole('heading', { name: 'Mapping “Our exchange”' })).toBeVisible();
  const next = Number(/Version (\d+)/.exec(await page.getByText(/^Version \d+ reads/).innerText())?.[1]) + 1;
  await expect(page.getByRole('region', { name: 'What it brought' }).getByRole('link').first()).toBeVisible();
  await page
    .locator('.mapping-given input[type=file]')
    .setInputFiles({ name: 'mine.csv', mimeType: 'text/csv', buffer: body });
  await expect(page.getByText('Of the first 3 rows 2 come in, 1 is rejected.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Unit of Duration' }).selectOption({ label: 'Hours' });
  await expect(page.locator('.mapping-preview').getByText('5400')).toBeVisible();
  await shoot(page, 'mapping-changed');
  await page.getByRole('button', { name: `Save as version ${next}` }).click();
  await expect(page.getByText(`Version ${next} reads files`)).toBeVisible();
  await uploadFile(page.request, { name: 'exchange-3.csv', region: 'eu', body });
  await importsSettle(page.request);
  const [newest] = await allImports(page.request);
  expect(newest?.notes).toContainEqual({ code: 'mapped', data: { name: 'Our exchange', version: next } });
});

test('the page of a saved mapping speaks each language, is accessible, and fits a phone', async ({ page }) => {
  await page.goto('/imports');
  const address = await page.getByRole('link', { name: 'Change the mapping Our exchange' }).getAttribute('href');
  const pages = [
    ['saved', address ?? ''],
    ['shipped', '/imports/mappings/webex_media_quality'],
  ] as const;
  for (const language of languages.toReversed()) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('/imports');
    await chooseLanguage(page, language);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      for (const [kind, path] of pages) {
        const where = `mapping-${kind}-${width}-${language.code}`;
        await page.goto(path);
        await expect(page.locator('.mapping-fields tbody tr').first()).toBeVisible();
        await page.emulateMedia({ colorScheme: 'light' });
        await shoot(page, `${where}-light`);
        await (width < 640 ? expectNoViolations : expectAccessible)(page, where);
        await expectNoEnglish(page, language.words, where);
        await page.emulateMedia({ colorScheme: 'dark' });
        await shoot(page, `${where}-dark`);
        await (width < 640 ? expectNoViolations : expectContrast)(page, `${where}-dark`);
        const wider = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        expect.soft(wider, where).toBeLessThanOrEqual(0);
      }
    }
  }
});

test('the page speaks each language, is accessible, and fits a phone', async ({ page }) => {
  await uploadFile(page.request, {
    name: 'other.csv',
    region: 'eu',
    body: Buffer.from(body.toString().replace('Extension', 'Ext')),
  });
  await importsSettle(page.request);
  const [newest] = await allImports(page.request);
  for (const language of languages.toReversed()) {
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto('/imports');
    await chooseLanguage(page, language);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      const where = `mapping-${width}-${language.code}`;
      await page.goto(`/imports/${newest?.id}/columns`);
      await expect(page.locator('.mapping-preview tbody tr').first()).toBeVisible();
      await page.emulateMedia({ colorScheme: 'light' });
      await shoot(page, `${where}-light`);
      await (width < 640 ? expectNoViolations : expectAccessible)(page, where);
      await expectNoEnglish(page, language.words, where);
      await page.emulateMedia({ colorScheme: 'dark' });
      await shoot(page, `${where}-dark`);
      await (width < 640 ? expectNoViolations : expectContrast)(page, `${where}-dark`);
      const wider = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      expect.soft(wider, where).toBeLessThanOrEqual(0);
    }
  }
});

for (const width of [1440, 390])
  test(`at ${width} Escape closes the dialog of a file of records, and not the panel that it was opened from`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 900 });
    const body = Buffer.from(
      `Order ID,Subscription ID,Product,Quantity,Kind,State,Ordered on\nO-${width},S,Webex Calling,1,new,done,2026-11-01\n`,
    );
    await uploadFile(page.request, { name: `orders-${width}.csv`, region: 'eu', body });
    await importsSettle(page.request);
    const [newest] = await allImports(page.request);
    await page.goto(`/imports?batch=${newest?.id ?? ''}`);
    const panel = page.locator('.side-panel, [role="dialog"]').filter({ hasText: `orders-${width}.csv holds records` });
    const opener = panel.getByRole('button', { name: 'Import records' });
    await opener.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Import records' });
    await expect(dialog.getByRole('button', { name: 'choose a file' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
  });
