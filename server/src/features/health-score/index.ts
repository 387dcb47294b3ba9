export { healthScoreRoutes } from './routes.ts';
