import { Button } from '@mantine/core';
import { withoutSpan } from '@hub/contract/customer-query-bar';
import { useQueries } from '@tanstack/react-query';
import { useText } from '../../lib/i18n.ts';
import { EmptyState } from '../../ui/states.tsx';
import { countQuery } from './view-queries.ts';
import { chipWords } from './query-words.ts';
import { conditionsOf } from './query-text.ts';

const most = 6; // of conditions that are tried one by one

/** Nobody there at all, or nobody left: which condition hides most, and how to be rid of it. */
export function CustomersEmpty({
  filter,
  all,
  onChange,
  onAdd,
  onImport,
}: {
  filter: string;
  all: number;
  onChange: (filter: string) => void;
  onAdd: (() => void) | undefined;
  onImport: (() => void) | undefined;
}) {
  const { t, f } = useText();
  const conditions = filter.trim() === '' ? [] : conditionsOf(filter);
  const rests = conditions.length > 1 ? conditions.slice(0, most).map(({ part }) => withoutSpan(filter, part)) : [];
  const counts = useQueries({ queries: rests.map((rest) => countQuery(rest)) });
  if (filter.trim() === '') {
    return (
      <EmptyState title={t('empty.customers')} hint={t('empty.customers.hint')}>
        {onAdd === undefined ? null : (
          <Button variant="filled" onClick={onAdd}>
            {t('customers.add')}
          </Button>
        )}
        {onImport === undefined ? null : <Button onClick={onImport}>{t('customers.import')}</Button>}
      </EmptyState>
    );
  }
  const found = counts.map(({ data }) => data?.matching ?? 0);
  const best = found.length === 0 ? -1 : found.indexOf(Math.max(...found));
  const condition = conditions[best];
  const rest = rests[best];
  const words = condition === undefined ? null : chipWords(condition, t, f);
  const name = words === null ? condition?.source : [words.label, words.verb, words.value].filter(Boolean).join(' ');
  const hides = found[best] ?? 0;
  return (
    <EmptyState
      title={t('empty.filtered', { count: Math.max(1, conditions.length) })}
      hint={
        hides > 0 && name !== undefined
          ? t('empty.filtered.most', { all, name, count: hides })
          : t('empty.filtered.hint', { all })
      }
    >
      {hides > 0 && rest !== undefined ? <Button onClick={() => onChange(rest)}>{t('empty.removeMost')}</Button> : null}
      <Button variant={hides > 0 ? 'subtle' : 'default'} onClick={() => onChange('')}>
        {t('filter.clear')}
      </Button>
    </EmptyState>
  );
}
