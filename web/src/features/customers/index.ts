export { CreateCustomerDialog } from './create-customer-dialog.tsx';
export { LinkCustomerDialog } from './link-customer-dialog.tsx';
export { customersQuery } from './queries.ts';
