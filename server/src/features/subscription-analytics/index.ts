export { type AssignedNow, findAssignedNow } from './find-assigned-now.ts';
export { keepsSubscriptionHistory } from './keep-subscription-history.ts';
export { recordNights } from './record-nights.ts';
export { subscriptionAnalyticsRoutes } from './routes.ts';
export { storeLicenseDays } from './store-license-days.ts';
