import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseQuery } from './customer-query.ts';
import { choicesOf, queryFieldNames } from './customer-query-fields.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/customer-filter.md'), 'utf8');
const written = new Set([...page.matchAll(/`([^`]+)`/g)].map(([, code]) => code));

test('every field and every value of the filter language stands in its page', () => {
  const missing = queryFieldNames.flatMap((field) => [field, ...choicesOf(field)]).filter((word) => !written.has(word));
  expect(missing).toEqual([]);
});

test('every example of the page can be read', () => {
  const examples = [...written].filter((code) => code !== undefined && /^[-(]?\w[\w.-]*[:<>=]/.test(code));
  const indented = [...page.matchAll(/^ {4}(.+)$/gm)].map(([, line]) => line ?? '');
  expect(examples.length + indented.length).toBeGreaterThan(20);
  const faulty = [...examples, ...indented].filter((example) => 'error' in parseQuery(example ?? ''));
  expect(faulty).toEqual([]);
});
