export { removeAdministrator } from './remove-administrator.ts';
export { administratorRoutes } from './routes.ts';
