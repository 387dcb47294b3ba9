import { expect, test } from 'vitest';
import { csvOf } from './chart-export.ts';

test('a gap is an empty field, text that looks like a formula stays text', () => {
  const series = [
    { name: 'Good, known', values: [1, null] },
    { name: '=SUM(A1)', values: [-2.5, 0] },
  ];
  expect(csvOf('Week', [{ key: '2026-11-08' }, { key: '2026-11-15' }], series)).toBe(
    '\uFEFFWeek,"Good, known",\'=SUM(A1)\r\n2026-11-08,1,-2.5\r\n2026-11-15,,0\r\n',
  );
});
