import { useText } from '../../../lib/i18n.ts';

/** The words that a field can have, as options of a select: those that the report names in capitals in words as well. */
export function KnownOptions({ words }: { words: readonly string[] }) {
  const { t } = useText();
  return words.map((word) => {
    const isDirection = word === 'ORIGINATING' || word === 'TERMINATING';
    return (
      <option key={word} value={word} lang={isDirection ? undefined : 'en'}>
        {isDirection ? t(`mapping.word.${word}`) : word}
      </option>
    );
  });
}
