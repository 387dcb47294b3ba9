export { findKnownOrganizations } from './known-queries.ts';
export { queueSums } from './queue-queries.ts';
export { metricRoutes } from './routes.ts';
