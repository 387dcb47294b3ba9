import { expect, test } from 'vitest';
import { answerIn, withAnswer, withWord, wordIn } from './value-words.ts';

const values = ['ja', 'nein', 'besetzt'];

test('an answer for one value leaves the others as they are', () => {
  const first = withAnswer(undefined, values, { theirs: 'ja', means: 'yes' });
  expect(values.map((value) => answerIn(first, value))).toEqual(['yes', 'no', 'no']);
  const second = withAnswer(first, values, { theirs: 'besetzt', means: 'yes' });
  expect(values.map((value) => answerIn(second, value))).toEqual(['yes', 'no', 'yes']);
  const third = withAnswer(second, values, { theirs: 'JA', means: 'no' });
  expect(values.map((value) => answerIn(third, value))).toEqual(['no', 'no', 'yes']);
  // No word says yes any more: those that say no are listed.
  const none = withAnswer(third, values, { theirs: 'besetzt', means: 'no' });
  expect(none).toEqual({ kind: 'flag', words: values, meaning: 'no' });
});

test('nothing is read of a word before somebody says what it means', () => {
  expect(answerIn(undefined, 'ja')).toBeUndefined();
  expect(answerIn(undefined, 'True')).toBe('yes');
  expect(wordIn(undefined, 'ausgehend', ['ORIGINATING'])).toBeUndefined();
  expect(wordIn(undefined, 'originating', ['ORIGINATING'])).toBe('ORIGINATING');
  const said = withWord(withWord(undefined, 'Ausgehend', 'TERMINATING'), 'ausgehend', 'ORIGINATING');
  expect(said).toEqual({ kind: 'words', words: [{ theirs: 'ausgehend', ours: 'ORIGINATING' }] });
  expect(wordIn(said, 'AUSGEHEND', ['ORIGINATING', 'TERMINATING'])).toBe('ORIGINATING');
});
