export { countIfReadable } from './count-if-readable.ts';
export { countInGroup } from './count-in-group.ts';
export { createCustomer } from './create-customer.ts';
export {
  customerNames,
  findCustomersByOrg,
  findLinkedCustomer,
  getCustomer,
  insertOwnCustomer,
  renameOwnCustomer,
} from './customers-queries.ts';
export { findMatchingIds, meaningOf } from './list-customers.ts';
export { isRefused, requireAskable } from './require-rights.ts';
export { customerRoutes } from './routes.ts';
export { findShown } from './shown-groups.ts';
