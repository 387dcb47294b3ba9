import { rejectReasonData, RejectReason } from '@hub/contract/imports';
import { Language } from '@hub/contract/sessions';
import { expect, test } from 'vitest';
import { formatFor } from '../../lib/format.ts';
import { speak, translate, withWords } from '../../lib/i18n.ts';
import { problemText } from '../../lib/error-text.ts';
import { aBatch } from '../../testing/fixtures.ts';
import { reasonGroupText, reasonText, stateWords } from './batch-words.ts';

const values = { expected: 83, limit: '2026-12-02T10:00:00.000Z' };
const reasons = RejectReason.options.map((reason) => {
  const promised = rejectReasonData[reason].map((name) => [name, values[name]]);
  const data = Object.fromEntries(promised) as Record<string, string | number>;
  return reason === 'too_long' ? { reason, data: { limit: 1000 } } : { reason, data };
});

test.each(Language.options)(
  'every reason is a whole sentence in %s with what the contract promises',
  async (language) => {
    await withWords(['imports'], speak(language));
    const format = formatFor(language);
    const found = { reason: 'column_count' as const, data: { expected: 83, found: 50 } };
    for (const { reason, data } of [...reasons, found]) {
      const text = reasonText({ reason, data }, translate, format);
      expect([reason, text]).toEqual([reason, expect.not.stringMatching(/undefined|NaN|Invalid|[{}]|\s\s|[\s,]$/)]);
      // Each value stands in the sentence: one that was missing would leave a gap behind.
      const numbers = Object.values(data).map((value) => (typeof value === 'number' ? format.number(value) : '2026'));
      for (const number of numbers) expect(text).toContain(number);
      expect(reasonGroupText(reason, translate)).not.toMatch(/[{}]/);
    }
  },
);

test.each(Language.options)('a first line that ends in a mark is followed by no second one in %s', async (language) => {
  await withWords(['imports'], speak(language));
  for (const code of ['import_unknown_columns', 'import_unknown_format'] as const) {
    const data = { fileName: 'a.txt', firstLine: 'Dear all,' };
    const text = problemText({ code, data }, translate, formatFor(language));
    expect(text).toMatch(/[“„]Dear all,[“”]/);
  }
});

test.each(Language.options)('a complete import says in %s how many fields it left empty', async (language) => {
  await withWords(['imports'], speak(language));
  const counts = { read: 3, new: 3, duplicate: 0, replaced: 0, rejected: 0, held: 0 };
  const emptied = [
    { column: 'Total Calls', count: 1200 },
    { column: 'Total Talk Time', count: 34 },
  ];
  const { glyph, word } = stateWords(aBatch({ counts, emptied }), translate);
  expect(glyph).toBe('warning');
  expect(word).toContain(formatFor(language).number(1234));
  expect(stateWords(aBatch({ counts }), translate)).toEqual({
    glyph: 'done',
    word: translate('imports.state.committed'),
  });
});
