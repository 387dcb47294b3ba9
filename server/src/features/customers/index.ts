export { createCustomer } from './create-customer.ts';
export {
  type CustomerFilter,
  customerNames,
  findCustomer,
  findCustomers,
  findCustomersByOrg,
  getCustomer,
  insertCustomer,
  insertOwnCustomer,
} from './customers-queries.ts';
export { linkCustomer } from './link-customer.ts';
export type { OnLinked } from './org-link.ts';
export { customerRoutes } from './routes.ts';
