import { expect, test } from 'vitest';
import { speak, translate, withWords } from './i18n.ts';

test('the words of administration arrive with their first page and follow the language from then on', async () => {
  expect(translate('audit.title')).toBe('audit.title');
  expect(await withWords(['administration'], Promise.resolve('page'))).toBe('page');
  expect(translate('audit.title')).toBe('Audit log');
  await speak('bg');
  expect(translate('audit.title')).toBe('Журнал за одит');
});

test('catalogs of several pages stand beside each other', async () => {
  await withWords(['customers', 'customer'], Promise.resolve());
  expect(translate('status.suspended')).toBe('Suspended');
  expect(translate('customer.title')).toBe('Customer');
  expect(translate('audit.title')).toBe('Audit log');
  await speak('ko');
  expect(translate('status.suspended')).toBe('일시 중단됨');
});

test('of two languages the one chosen last stays, also while a page of administration arrives', async () => {
  await Promise.all([speak('ko'), withWords(['administration'], Promise.resolve()), speak('bg'), speak('en')]);
  expect(document.documentElement.lang).toBe('en');
  expect(translate('nav.imports')).toBe('Imports');
  expect(translate('audit.title')).toBe('Audit log');
});
