export { type BulkRunner, startBulkRunner } from './bulk-runner.ts';
export { bulkJobRoutes } from './routes.ts';
