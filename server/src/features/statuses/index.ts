export { dateIn, refreshCustomers } from './refresh-customers.ts';
export { overSinceOf, sinceOf } from './since-rules.ts';
