export { createCustomer } from './create-customer.ts';
export {
  customerNames,
  findCustomersByOrg,
  findLinkedCustomer,
  getCustomer,
  insertOwnCustomer,
  renameOwnCustomer,
} from './customers-queries.ts';
export { countMatching, findMatchingIds } from './list-customers.ts';
export { readFilter } from './read-filter.ts';
export { customerRoutes } from './routes.ts';
