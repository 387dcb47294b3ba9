import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRecords } from './csv-records.ts';
import { csvText } from './csv-text.ts';

const read = (text: string, delimiter = ',') => [...csvRecords(text, delimiter)];

test('quotes, line ends of every kind, and the line on which a record begins', () => {
  expect(read('a,"b ""c"", d\ne",f\r\n\r\ng,,h\rlast')).toEqual([
    { line: 1, fields: ['a', 'b "c", d\ne', 'f'] },
    { line: 4, fields: ['g', '', 'h'] },
    { line: 5, fields: ['last'] },
  ]);
  expect(read('a;"b\tc"\n', ';')).toEqual([{ line: 1, fields: ['a', 'b\tc'] }]);
  expect(read('a\t=1+1\n', '\t')).toEqual([{ line: 1, fields: ['a', '=1+1'] }]);
});

test('a quote that never closes ends with the text; one inside a field stands for itself', () => {
  expect(read('a,"b\nc')).toEqual([{ line: 1, fields: ['a', 'b\nc'] }]);
  expect(read('5" pipe,"x"y')).toEqual([{ line: 1, fields: ['5" pipe', 'xy'] }]);
  expect(read('')).toEqual([]);
});

test('what csvText writes comes back', () => {
  const cell = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => /^[^=@\t\r+-]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 })), (rows) => {
      expect(read(csvText(rows, { bom: false })).map(({ fields }) => fields)).toEqual(rows);
    }),
  );
});
