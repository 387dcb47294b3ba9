import { tokensOf } from '@hub/contract/customer-query-tokens';
import { Button } from '@mantine/core';
import { useText } from '../../lib/i18n.ts';

interface Word {
  from: number;
  to: number;
  written: string;
}

/** Words such as "and" that stand where AND would join or deny conditions: beside a condition with a field, or a bracket. */
export function wordsLikeOperators(text: string): Word[] {
  const tokens = tokensOf(text);
  const isCondition = (at: number): boolean => ['field', 'open', 'close', 'minus'].includes(tokens[at]?.kind ?? '');
  return tokens.flatMap((token, at) => {
    if (token.kind !== 'text' || token.quote !== 'none') return [];
    const written = text.slice(token.from, token.to);
    const isBetween = at > 0 && at < tokens.length - 1 && (isCondition(at - 1) || isCondition(at + 1));
    const isMeant = /^(?:and|or)$/i.test(written) ? isBetween : /^not$/i.test(written) && isCondition(at + 1);
    return isMeant ? [{ from: token.from, to: token.to, written }] : [];
  });
}

/** The filter with those words as operators. */
export const withOperators = (text: string): string =>
  wordsLikeOperators(text).reduceRight(
    (rest, { from, to, written }) => `${rest.slice(0, from)}${written.toUpperCase()}${rest.slice(to)}`,
    text,
  );

/** Tells that "and" is looked for as a word, and changes it by a click. */
export function QueryHint({ filter, onChange }: { filter: string; onChange: (filter: string) => void }) {
  const { t } = useText();
  const word = wordsLikeOperators(filter)[0]?.written;
  if (word === undefined) return null;
  const operator = word.toUpperCase();
  return (
    <output className="query-fault">
      <span>{t('query.operatorWord', { word, operator })}</span>
      <Button variant="subtle" size="compact-xs" onClick={() => onChange(withOperators(filter))}>
        {t('query.operatorWord.change', { operator })}
      </Button>
    </output>
  );
}
