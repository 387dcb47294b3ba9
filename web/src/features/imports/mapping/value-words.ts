import type { Conversion } from '@hub/contract/import-mappings';

type Answer = 'yes' | 'no';

const plain = (word: string): string => word.trim().toLowerCase();
const isSame = (one: string, other: string): boolean => plain(one) === plain(other);
const opposite = (answer: Answer): Answer => (answer === 'yes' ? 'no' : 'yes');

/** What a value of theirs is read as; undefined where it is not read. */
export function answerIn(conversion: Conversion | undefined, theirs: string): Answer | undefined {
  if (conversion?.kind !== 'flag') return isSame(theirs, 'true') ? 'yes' : isSame(theirs, 'false') ? 'no' : undefined;
  const { words, meaning } = conversion;
  return words.some((word) => isSame(word, theirs)) ? meaning : opposite(meaning);
}

const mostWords = 20; // of a conversion to yes and no

/** The same with another answer for one value. The words that are listed stay on their side, those of no value among them too. */
export function withAnswer(
  conversion: Conversion | undefined,
  values: readonly string[],
  { theirs, means }: { theirs: string; means: Answer },
): Conversion {
  if (conversion?.kind !== 'flag') return { kind: 'flag', words: [theirs], meaning: means };
  const { words, meaning } = conversion;
  const others = words.filter((word) => !isSame(word, theirs));
  const listed = means === meaning ? [...others, theirs] : others;
  if (listed.length > 0 && listed.length <= mostWords) return { kind: 'flag', words: listed, meaning };
  const rest = values.filter((value) => !listed.some((word) => isSame(word, value)));
  return { kind: 'flag', words: rest.slice(0, mostWords), meaning: opposite(meaning) };
}

/** Which of our words a value of theirs becomes; undefined where it becomes none of them. */
export function wordIn(
  conversion: Conversion | undefined,
  theirs: string,
  known: readonly string[],
): string | undefined {
  const pair = conversion?.kind === 'words' ? conversion.words.find((word) => isSame(word.theirs, theirs)) : undefined;
  return known.find((word) => isSame(word, pair?.ours ?? theirs));
}

const mostPairs = 50;

/** The same with a word of ours for one value of theirs. */
export function withWord(conversion: Conversion | undefined, theirs: string, ours: string): Conversion {
  const others = conversion?.kind === 'words' ? conversion.words.filter((word) => !isSame(word.theirs, theirs)) : [];
  return { kind: 'words', words: [...others, { theirs, ours }].slice(-mostPairs) };
}
