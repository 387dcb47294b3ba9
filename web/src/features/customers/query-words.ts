import { type QueryField, queryFieldOf, queryFields } from '@hub/contract/customer-query-fields';
import type { QueryError, QueryTerm } from '@hub/contract/customer-query';
import { AnomalyKind } from '@hub/contract/calling-anomaly';
import { CustomerStatus } from '@hub/contract/customer-statuses';
import { Product, productNames } from '@hub/contract/products';
import { RegionCode, regionLabels } from '@hub/contract/regions';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { MessageId } from '../../locales/en.ts';
import type { Condition } from './query-text.ts';
import { statusWord } from './status-words.ts';

/** The name of a field, as chips and the filter menu say it. */
export const fieldWord = (field: QueryField, t: Translate): string => t(`field.${field}`);

// The values that have words of their own; whatever else is shown as it is.
const worded: Partial<Record<QueryField, readonly string[]>> = {
  managed: ['partner', 'external', 'own'],
  type: ['subscription', 'trial', 'both', 'none'],
  has: queryFields.has.values,
  is: queryFields.is.values,
};

/** A value of a field in the person's words. '' stands for none. */
export function valueWord(field: QueryField, value: string, t: Translate, f: Format): string {
  const known = value.replaceAll('-', '_');
  if (value === '') return t('value.none');
  if (field === 'status') {
    const status = CustomerStatus.options.find((option) => option === known);
    if (status !== undefined) return statusWord(status, t);
  }
  if (field === 'anomaly') {
    const kind = AnomalyKind.options.find((option) => option === known);
    if (kind !== undefined) return statusWord(kind, t);
  }
  if (field === 'product') {
    const product = Product.options.find((option) => option === known);
    if (product !== undefined) return productNames[product];
  }
  if (field === 'region') {
    const region = RegionCode.options.find((option) => option === known);
    return region === undefined ? value : regionLabels[region];
  }
  if (field === 'country' && /^[A-Za-z]{2}$/.test(value)) return f.country(value.toUpperCase());
  if (worded[field]?.includes(value) === true) return t(`value.${field}.${value}` as MessageId);
  return value === 'none' ? t('value.none') : value;
}

export interface ChipWords {
  label: string;
  verb: string;
  value: string;
}

const comparisonWords = { '=': '', '<': '<', '<=': '≤', '>': '>', '>=': '≥' } as const;

/** "Product is Calling, Meetings"; null where the condition is too much for a chip's words and stands as it was written. */
export function chipWords({ query, isNot }: Condition, t: Translate, f: Format): ChipWords | null {
  switch (query.kind) {
    case 'text':
      return { label: t('chip.text'), verb: t(isNot ? 'chip.lacks' : 'chip.contains'), value: query.text };
    case 'choice':
    case 'named': {
      // "Has setup errors" needs no verb; where it is denied, it stands as it was written.
      const isVerb = query.field === 'has' || query.field === 'is';
      if (isVerb && isNot) return null;
      const values = query.values.map((value) => valueWord(query.field, value ?? '', t, f));
      return { label: fieldWord(query.field, t), verb: isVerb ? '' : verb(isNot, t), value: values.join(', ') };
    }
    case 'words': {
      const contains = t(isNot ? 'chip.lacks' : 'chip.contains');
      return {
        label: fieldWord(query.field, t),
        verb: query.isWhole ? verb(isNot, t) : contains,
        value: query.values.join(', '),
      };
    }
    case 'number': {
      const sign = comparisonWords[query.comparison];
      return {
        label: fieldWord(query.field, t),
        verb: isNot ? t('chip.not') : '',
        value: `${sign} ${query.values.map(f.number).join(', ')}`.trim(),
      };
    }
    case 'date':
      return {
        label: fieldWord(query.field, t),
        verb: isNot ? t('chip.not') : '',
        value: dateWords(query, t, f),
      };
    case 'and':
    case 'or':
    case 'not':
      return null;
  }
}

const verb = (isNot: boolean, t: Translate): string => t(isNot ? 'filter.isNot' : 'filter.is');

function dateWords({ field, comparison, value }: QueryTerm & { kind: 'date' }, t: Translate, f: Format): string {
  const past = queryFields[field].kind === 'past';
  if (value.kind === 'none') return t(past ? 'date.never' : 'value.none');
  const side = comparison === '=' ? 'on' : comparison.startsWith('<') ? 'less' : 'more';
  if (value.kind === 'date') return t(`date.${side}.day`, { date: f.date(value.date), isWith: withLast(comparison) });
  return t(`date.${side}.${past ? 'ago' : 'ahead'}`, { count: value.count, unit: value.unit });
}

const withLast = (comparison: string): string => (comparison.endsWith('=') ? 'yes' : 'no');

/** What is wrong with a filter, in a sentence that says how to mend it. */
export function queryErrorText({ code, data }: QueryError, t: Translate): string {
  const field = queryFieldOf(String(data['field'] ?? ''));
  const values = {
    ...data,
    name: field === undefined ? String(data['field'] ?? '') : fieldWord(field, t),
    isGuessed: data['suggestion'] === undefined || data['suggestion'] === '' ? 'no' : 'yes',
  };
  return t(`queryError.${code}`, values);
}
