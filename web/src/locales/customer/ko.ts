import type { CustomerMessageId } from './en.ts';

/** Korean. A message that is missing here does not pass the type check. */
export const ko: Record<CustomerMessageId, string> = {
  'customer.title': '고객',
};
