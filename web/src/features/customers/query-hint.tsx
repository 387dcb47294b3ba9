import { type QueryField, queryFieldNames } from '@hub/contract/customer-query-fields';
import { tokensOf } from '@hub/contract/customer-query-tokens';
import { searchText } from '@hub/contract/search-text';
import { Button } from '@mantine/core';
import { type Translate, useText } from '../../lib/i18n.ts';
import { fieldWord } from './query-words.ts';

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

/** A word such as "статус:trial": it begins with what this language calls a filter, which only its own name is. */
export function fieldInWords(text: string, t: Translate): (Word & { field: QueryField }) | undefined {
  for (const token of tokensOf(text)) {
    if (token.kind !== 'text' || token.quote !== 'none') continue;
    const [written = '', word = ''] = /^([^:]+)[:=]/.exec(text.slice(token.from, token.to)) ?? [];
    const field = queryFieldNames.find((name) => word !== '' && searchText(fieldWord(name, t)) === searchText(word));
    if (field !== undefined) return { from: token.from, to: token.from + written.length, written, field };
  }
  return undefined;
}

/** Tells that "and", or the name of a filter in another language, is looked for as a word, and changes it by a click. */
export function QueryHint({ filter, onChange }: { filter: string; onChange: (filter: string) => void }) {
  const { t } = useText();
  const named = fieldInWords(filter, t);
  if (named !== undefined) {
    const field = `${named.field}:`;
    return (
      <Hint
        text={t('query.fieldWord', { word: named.written, field })}
        act={t('query.fieldWord.change', { field })}
        onAct={() => onChange(`${filter.slice(0, named.from)}${field}${filter.slice(named.to)}`)}
      />
    );
  }
  const word = wordsLikeOperators(filter)[0]?.written;
  if (word === undefined) return null;
  const operator = word.toUpperCase();
  return (
    <Hint
      text={t('query.operatorWord', { word, operator })}
      act={t('query.operatorWord.change', { operator })}
      onAct={() => onChange(withOperators(filter))}
    />
  );
}

function Hint({ text, act, onAct }: { text: string; act: string; onAct: () => void }) {
  return (
    <output className="query-fault">
      <span>{text}</span>
      <Button variant="subtle" size="compact-xs" onClick={onAct}>
        {act}
      </Button>
    </output>
  );
}
