export { runsDeletions } from './run-deletions.ts';
export { deletionRoutes } from './routes.ts';
