export { createCustomer } from './create-customer.ts';
export {
  customerNames,
  findCustomers,
  findCustomersByOrg,
  getCustomer,
  insertOwnCustomer,
  renameOwnCustomer,
} from './customers-queries.ts';
export { customerRoutes } from './routes.ts';
