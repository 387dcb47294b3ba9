import type { CustomerMessageId } from './en.ts';

/** Bulgarian. A message that is missing here does not pass the type check. */
export const bg: Record<CustomerMessageId, string> = {
  'customer.title': 'Клиент',
};
