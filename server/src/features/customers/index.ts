export { createCustomer } from './create-customer.ts';
export {
  customerNames,
  findCustomers,
  findCustomersByOrg,
  getCustomer,
  insertOwnCustomer,
} from './customers-queries.ts';
export { customerRoutes } from './routes.ts';
