import type { Product } from '@hub/contract/products';

const has = (word: string): string => `positionCaseInsensitive(product, '${word}') > 0`;

/**
 * Which product of the catalog a snapshot means, whose words are the provider's own: the first line that fits. Calling plans are numbers, and
 * Call on Webex is no Webex Calling.
 */
const words: readonly (readonly [string, Product | ''])[] = [
  [has('call on webex'), 'call_on_webex'],
  [has('calling plan'), ''],
  [has('calling'), 'calling'],
  [`${has('contact center')} OR ${has('contact centre')}`, 'contact_center'],
  [has('translation'), 'real_time_translations'],
  [`${has('webinar')} OR ${has('events')}`, 'webinars'],
  [`${has('messag')}`, 'messaging'],
  [has('meeting'), 'meetings'],
  [`${has('device')} OR ${has('room')}`, 'devices'],
];

/** The catalog's code of the column `product` of a snapshot; empty: none of it. */
export const productCode = `multiIf(${words.map(([condition, code]) => `${condition}, '${code}'`).join(', ')}, '')`;
