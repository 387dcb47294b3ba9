export { dateIn } from './date-in.ts';
export { findPartners, readPolicy } from './policy-queries.ts';
export { partnerToday } from './partner-today.ts';
export { refreshCustomers } from './refresh-customers.ts';
export { statusRoutes } from './routes.ts';
export { isUnpaid, renewedEnd, setupStageOf } from './status-rules.ts';
export { startStatusRunner } from './status-runner.ts';
export { lockCustomers } from './statuses-queries.ts';
