export { startBulkRunner } from './bulk-runner.ts';
export { bulkJobRoutes } from './routes.ts';
