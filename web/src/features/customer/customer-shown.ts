import type { getCustomer } from '@hub/contract/customers';
import type { ReplyOf } from '@hub/contract/endpoint';

/** A customer as its page has it. */
export type CustomerShown = ReplyOf<typeof getCustomer>;
