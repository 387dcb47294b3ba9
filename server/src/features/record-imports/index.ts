export { recordImportRoutes } from './routes.ts';
