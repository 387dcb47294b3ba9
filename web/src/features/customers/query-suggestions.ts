import type { Completion } from '@hub/contract/customer-query-bar';
import {
  choicesOf,
  type QueryField,
  queryFieldNames,
  queryFields,
  tellsCalling,
  tellsContracts,
} from '@hub/contract/customer-query-fields';
import { FacetField } from '@hub/contract/customers';
import { searchText } from '@hub/contract/search-text';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import { conditionText } from './query-text.ts';
import { fieldWord, valueWord } from './query-words.ts';

export interface Suggestion {
  key: string;
  group: string;
  label: string;
  /** As it is written in a filter. */
  written: string;
  /** Whole: it is a condition by itself; begun: more is to be typed behind it. */
  isWhole: boolean;
  /** How many customers it would leave. */
  customers?: number | undefined;
  field: QueryField;
  value?: string;
}

export interface Facet {
  value: string;
  customers: number;
}

/** The field whose values a server lists for this completion. */
export function facetOf(completion: Completion | undefined): FacetField | undefined {
  if (completion?.kind !== 'value') return undefined;
  return FacetField.options.find((field) => field === completion.field);
}

/** A word that may yet become the name of a field: "stat". */
export const isMaybeField = (completion: Completion | undefined, suggestions: readonly Suggestion[]): boolean =>
  completion?.kind === 'field' && completion.typed !== '' && suggestions.some(({ isWhole }) => !isWhole);

const longest = 50;

/** What can be chosen at the caret, best first. */
export function suggestionsFor(
  completion: Completion | undefined,
  facets: readonly Facet[] | undefined,
  t: Translate,
  f: Format,
  /** Whether subscriptions, and calling, are the person's to see: else what asks of them is refused, and not offered. */
  sees: { contracts: boolean; calling: boolean },
): Suggestion[] {
  if (completion === undefined) return [];
  const found =
    completion.kind === 'value'
      ? valuesOf(completion.field, completion.typed, facets, t, f)
      : [...fieldsFor(completion.typed, t), ...choicesFor(completion.typed, t, f)];
  return found
    .filter(({ field, value }) => sees.contracts || !tellsContracts(field, value === undefined ? [] : [value]))
    .filter(({ field }) => sees.calling || !tellsCalling(field))
    .slice(0, longest);
}

function fieldsFor(typed: string, t: Translate): Suggestion[] {
  const wanted = searchText(typed.replace(/:$/, '')); // "статус:" still means the filter that is called so
  return queryFieldNames
    .filter((field) => matches(wanted, field) || matches(wanted, fieldWord(field, t)))
    .map((field) => ({
      key: field,
      group: t('query.fields'),
      label: fieldWord(field, t),
      written: `${field}${queryFields[field].kind === 'number' ? '>' : ':'}`,
      isWhole: false,
      field,
    }));
}

/** Values of closed lists that begin as what was typed: "exp" finds Status: Expires soon. */
function choicesFor(typed: string, t: Translate, f: Format): Suggestion[] {
  const wanted = searchText(typed);
  if (wanted.length < 2) return [];
  return queryFieldNames.flatMap((field) =>
    choicesOf(field)
      .filter((value) => value !== 'none' && matches(wanted, valueWord(field, value, t, f)))
      .map((value) => ({
        key: `${field}:${value}`,
        group: fieldWord(field, t),
        label: valueWord(field, value, t, f),
        written: `${field}:${value}`,
        isWhole: true,
        field,
        value,
      })),
  );
}

const relative = ['7d', '14d', '30d', '90d'] as const;

function valuesOf(
  field: QueryField,
  typed: string,
  facets: readonly Facet[] | undefined,
  t: Translate,
  f: Format,
): Suggestion[] {
  const wanted = searchText(typed);
  const group = fieldWord(field, t);
  const { kind } = queryFields[field];
  const make = (value: string, label: string, written: string, customers?: number): Suggestion => ({
    key: `${field}:${written}`,
    group,
    label,
    written,
    isWhole: true,
    customers,
    field,
    value,
  });
  if (kind === 'future' || kind === 'past') {
    return relative
      .filter((value) => value.startsWith(wanted))
      .map((value) =>
        make(
          value,
          t(kind === 'past' ? 'date.less.ago' : 'date.less.ahead', { count: Number.parseInt(value, 10), unit: 'd' }),
          `<${value}`,
        ),
      );
  }
  const name = { name: field, kind: kind === 'named' ? ('named' as const) : ('choice' as const) };
  const writtenOf = (value: string): string => conditionText(name, [value]).slice(field.length + 1);
  if (facets !== undefined) {
    const found = facets.map(({ value, customers }) =>
      make(value, valueWord(field, value, t, f), writtenOf(value), customers),
    );
    // The server looks at its own values; the words of this language are known here only.
    const fits = found.filter(({ label, written }) => matches(wanted, label) || matches(wanted, written));
    if (kind === 'named' || kind === 'country') return fits.slice(0, longest);
    const told = new Set(found.map(({ written }) => written));
    const others = choicesOf(field)
      .filter((value) => !told.has(value))
      .map((value) => make(value, valueWord(field, value, t, f), value, 0))
      .filter(({ label, written }) => matches(wanted, label) || matches(wanted, written));
    return [...fits, ...others].slice(0, longest);
  }
  return choicesOf(field)
    .map((value) => make(value, valueWord(field, value, t, f), value))
    .filter(({ label, written }) => matches(wanted, label) || matches(wanted, written));
}

/** One of its words begins so. */
function matches(wanted: string, text: string): boolean {
  if (wanted === '') return true;
  const folded = searchText(text);
  return folded.startsWith(wanted) || folded.split(/[\s.:-]+/u).some((word) => word.startsWith(wanted));
}
