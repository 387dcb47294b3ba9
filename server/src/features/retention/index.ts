export { keepsRetention } from './keep-retention.ts';
export { retentionRoutes } from './routes.ts';
