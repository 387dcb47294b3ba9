export { bringOwnSnapshots, bringsOwnSnapshots } from './bring-own-snapshots.ts';
export { type AssignedNow, findAssignedNow } from './find-assigned-now.ts';
export { keepsSubscriptionHistory } from './keep-subscription-history.ts';
export { findLineStates, type LineStates } from './license-state-queries.ts';
export { compareText, pageOf } from './paging.ts';
export { recordNights } from './record-nights.ts';
export { type RegionLines, regionLines } from './region-lines.ts';
export { subscriptionAnalyticsRoutes } from './routes.ts';
export { storeLicenseDays } from './store-license-days.ts';
