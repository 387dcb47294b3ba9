export { recordNights, recordsNights } from './record-nights.ts';
export { subscriptionAnalyticsRoutes } from './routes.ts';
