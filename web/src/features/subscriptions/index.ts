import { lazy } from 'react';

export { shareOf, sharesByProduct } from './license-share.ts';
export { LicenseTable } from './license-table.tsx';
export { subscriptionsQuery } from './queries.ts';
export { isActive } from './subscription-words.ts';

// Comes with its own code, when its part of the page is opened.
export const SubscriptionList = lazy(async () => ({
  default: (await import('./subscription-list.tsx')).SubscriptionList,
}));
