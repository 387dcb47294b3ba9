import { expect, test } from 'vitest';
import { GivenName, visible } from './given-names.ts';

test.each([
  ['  two \t lines\nof  a name ', 'two lines of a name'],
  ['pay\u200Bpal', 'paypal'],
  ['\u202Egnp.exe', 'gnp.exe'],
  ['a\u200Db', 'ab'],
  ['Familie 👨\u200D👩\u200D👧', 'Familie 👨\u200D👩\u200D👧'],
  ['👩🏽\u200D💻 ❤\uFE0F\u200D🔥', '👩🏽\u200D💻 ❤\uFE0F\u200D🔥'],
  ['👩\u200D', '👩'],
  ['👩\u200D\u200D💻', '👩💻'],
  ['\u1112\u1161\u11AB', '한'],
])('%j is read as %j', (text, read) => {
  expect(visible(text)).toBe(read);
  expect(visible(read)).toBe(read);
});

test('a name of nothing that can be seen is none', () => {
  expect(GivenName(25).safeParse('\u200B\u2060 ').success).toBe(false);
});
