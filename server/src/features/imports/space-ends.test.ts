import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Delimiter } from './csv-header.ts';
import { SpaceEnds } from './space-ends.ts';

function mayOccurIn(pieces: readonly string[], delimiter: Delimiter = ','): boolean {
  const ends = new SpaceEnds(delimiter);
  for (const piece of pieces) ends.look(Buffer.from(piece));
  return ends.mayOccur;
}

test('a value that ends in a space or tab is found before a separator, a line break and the end', () => {
  for (const text of ['a ,b\n', 'a,b \n', 'a,b \r\n', 'a\t,b\n', 'a,b\t\r\n', 'a,b ', '"a" ,b', '"a ",b\n'])
    expect([text, mayOccurIn([text])]).toEqual([text, true]);
  expect(mayOccurIn(['a ;b\n'], ';')).toBe(true);
  expect(mayOccurIn(['a \tb\n'], '\t')).toBe(true);
  expect(mayOccurIn(['"a\t"\tb\n'], '\t')).toBe(true);
});

test('spaces elsewhere, and tabs that separate, are none', () => {
  for (const text of ['a b,c\n', ' a,\tb\n', 'a ;b\n', '']) expect([text, mayOccurIn([text])]).toEqual([text, false]);
  expect(mayOccurIn(['a\t\tb\n'], '\t')).toBe(false);
});

test('it does not matter where a file is cut into pieces', () => {
  const text = fc.string({ unit: fc.constantFrom('a', ' ', '\t', ',', '\n', '\r', '"') });
  fc.assert(
    fc.property(fc.array(text), (pieces) => {
      expect(mayOccurIn(pieces)).toBe(mayOccurIn([pieces.join('')]));
      expect(mayOccurIn(pieces)).toBe(/[ \t]([,\r\n"]|$)/.test(pieces.join('')));
    }),
    { numRuns: 1000 },
  );
});
