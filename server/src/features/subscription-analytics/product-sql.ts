import type { Product } from '@hub/contract/products';

const has =
  (word: string) =>
  (column: string): string =>
    `positionCaseInsensitive(${column}, '${word}') > 0`;

/**
 * Which product of the catalog a snapshot means, whose words are the provider's own: the first line that fits. Calling plans are numbers, and
 * Call on Webex is no Webex Calling.
 */
const words: readonly (readonly [(column: string) => string, Product | ''])[] = [
  [has('call on webex'), 'call_on_webex'],
  [has('calling plan'), ''],
  [has('calling'), 'calling'],
  [has('contact center'), 'contact_center'],
  [has('contact centre'), 'contact_center'],
  [has('translation'), 'real_time_translations'],
  [has('webinar'), 'webinars'],
  [has('events'), 'webinars'],
  [has('messag'), 'messaging'],
  [has('meeting'), 'meetings'],
  [has('device'), 'devices'],
  [has('room'), 'devices'],
];

/** The catalog's code of a column with the product of a snapshot; empty: none of it. Of few different words it is quick where the column is LowCardinality. */
export const productCodeOf = (column: string): string =>
  `multiIf(${words.map(([condition, code]) => `${condition(column)}, '${code}'`).join(', ')}, '')`;
export const productCode = productCodeOf('product');
