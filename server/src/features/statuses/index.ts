export { dateIn, refreshCustomers } from './refresh-customers.ts';
