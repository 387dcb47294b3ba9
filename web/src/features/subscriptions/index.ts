import { lazy } from 'react';

export { shareOf, sharesByProduct } from './license-share.ts';
export { LicenseTable } from './license-table.tsx';
export { LineFields } from './line-fields.tsx';
export { formLines, LineForms, linesText, termLines } from './line-form.ts';
export { subscriptionsQuery } from './queries.ts';
export { SubscriptionList } from './subscription-list.tsx';
export { isActive } from './subscription-words.ts';

// The form comes with its own code, when it is opened.
export const SubscriptionDialog = lazy(async () => ({
  default: (await import('./subscription-dialog.tsx')).SubscriptionDialog,
}));
