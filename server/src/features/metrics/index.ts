export { findKnownOrganizations } from './known-organizations.ts';
export { queueSums } from './queue-source.ts';
export { metricRoutes } from './routes.ts';
