export { subscriptionAnalyticsRoutes } from './routes.ts';
