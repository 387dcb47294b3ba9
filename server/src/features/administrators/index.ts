export { administratorRoutes } from './routes.ts';
