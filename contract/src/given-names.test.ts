import fc from 'fast-check';
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
  ['\u1112\u200B\u1161\u115F\u11AB', '한'],
  ['가람\u3164\u3164솔뫼\uFFA0', '가람 솔뫼'],
  ['\u2800Acme\u2800', 'Acme'],
  ['Cafe\u0301', 'Café'],
])('%j is read as %j', (text, read) => {
  expect(visible(text)).toBe(read);
  expect(visible(read)).toBe(read);
});

test.each(['\u200B\u2060 ', '\u3164\u3164', '\u2800', '\u115F\u1160', '\uFE0F', '\u0301 \u0302'])(
  'a name of nothing that can be seen is none: %j',
  (name) => {
    expect(visible(name)).toBe('');
    expect(GivenName(25).safeParse(name).success).toBe(false);
  },
);

const sign = fc.constantFrom(
  ...'\u200D,\u200B,\u115F,\u1160,\u3164,\u034F,\u0301,\uFE0F,\u1112,\u1161,\u11AB,\u2800, ,a,👩,💻'.split(','),
);

test('what was read once is read the same again', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(sign, fc.string({ unit: 'binary' }))), (signs) => {
      const read = visible(signs.join(''));
      expect(visible(read)).toBe(read);
    }),
  );
});
