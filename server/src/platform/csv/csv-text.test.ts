import { expect, test } from 'vitest';
import { csvText } from './csv-text.ts';

test('what a spreadsheet would run is text; numbers and telephone numbers stay', () => {
  const cells = ['=1+1', '@SUM(A1)', '+1 (555) 010.1', '-2+3', '+A1', '-5', '\tx', 'a=b', '', null, -7];
  expect(csvText([cells], { bom: false })).toBe(`'=1+1,'@SUM(A1),+1 (555) 010.1,'-2+3,'+A1,-5,'\tx,a=b,,,-7\r\n`);
});

test('quotes, separators and line breaks as in RFC 4180, the mark only where asked', () => {
  expect(
    csvText(
      [
        ['a"b', 'c,d', 'e\nf'],
        ['g', 1, null],
      ],
      { bom: true },
    ),
  ).toBe('\uFEFF"a""b","c,d","e\nf"\r\ng,1,\r\n');
});
