/** English words of the customer page. They arrive with it. */
export const en = {
  'customer.title': 'Customer',
} as const;

export type CustomerMessageId = keyof typeof en;
