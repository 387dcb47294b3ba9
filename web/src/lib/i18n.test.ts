import { expect, test } from 'vitest';
import { speak, translate, withAdministrationWords } from './i18n.ts';

test('the words of administration arrive with their first page and follow the language from then on', async () => {
  expect(translate('audit.title')).toBe('audit.title');
  expect(await withAdministrationWords(Promise.resolve('page'))).toBe('page');
  expect(translate('audit.title')).toBe('Audit log');
  await speak('bg');
  expect(translate('audit.title')).toBe('Журнал за одит');
});

test('of two languages the one chosen last stays, also while a page of administration arrives', async () => {
  await Promise.all([speak('ko'), withAdministrationWords(Promise.resolve()), speak('bg'), speak('en')]);
  expect(document.documentElement.lang).toBe('en');
  expect(translate('nav.imports')).toBe('Imports');
  expect(translate('audit.title')).toBe('Audit log');
});
