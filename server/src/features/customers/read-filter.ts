import { parseQuery, type Query, type QueryError, type QueryErrorCode } from '@hub/contract/customer-query';
import { HubError } from '../../platform/hub-error.ts';

/** {name} is filled from the error's data. The page has its own words for each code. */
const sentences: Record<Exclude<QueryErrorCode, 'too_long'>, string> = {
  field_unknown: 'there is no field {field}',
  value_missing: '{field} has no value',
  value_unknown: '{value} is no value of {field}',
  value_single: '{field} is compared with one value only',
  operator_unsuitable: '{field} cannot be compared with {operator}',
  number_expected: '{value} is no whole number',
  date_expected: '{value} is no date such as 2026-03-01 and no span such as 30d',
  country_expected: '{value} is no country code of two letters',
  id_expected: '{value} is no ID of a customer',
  quote_open: 'the quotation mark is not closed',
  bracket_open: 'the bracket is not closed',
  bracket_close: 'the bracket closes nothing',
  brackets_empty: 'there is nothing between the brackets',
  operand_missing: 'something is missing beside {word}',
  too_deep: 'there are more than {limit} brackets within each other',
  too_many_terms: 'there are more than {limit} conditions',
};

/** Throws filter_invalid, filter_too_long. */
export function readFilter(text: string): Query {
  const read = parseQuery(text);
  if ('ok' in read) return read.ok;
  throw refusalOf(text, read.error);
}

function refusalOf(text: string, { at, length, code, data }: QueryError): HubError {
  if (code === 'too_long') return new HubError('filter_too_long', data);
  const reason = sentences[code].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''));
  const hint = typeof data['suggestion'] === 'string' && data['suggestion'] !== '' ? `; ${data['suggestion']}?` : '';
  // As people count: an emoji is one character.
  const character = Array.from(text.slice(0, at)).length + 1;
  return new HubError('filter_invalid', {
    ...data,
    at: character,
    offset: at,
    length,
    problem: code,
    reason: `${reason}${hint}`,
  });
}
