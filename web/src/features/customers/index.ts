import { lazy } from 'react';
import { withWords } from '../../lib/i18n.ts';

// The forms come with their own code and words, when they are opened.
export const CreateCustomerDialog = lazy(async () => ({
  default: (await withWords(['customers'], import('./create-customer-dialog.tsx'))).CreateCustomerDialog,
}));
export const LinkCustomerDialog = lazy(async () => ({
  default: (await withWords(['customers'], import('./link-customer-dialog.tsx'))).LinkCustomerDialog,
}));
// Its words are many, and come with it wherever it stands.
export const QueryBar = lazy(async () => ({
  default: (await withWords(['customers'], import('./query-bar.tsx'))).QueryBar,
}));
export { LicensesBar } from './licenses.tsx';
export { customersQuery, otherCustomersQuery } from './queries.ts';
export { countQuery, viewCountsQuery, viewsQuery } from './view-queries.ts';
export { searchFilter } from './query-text.ts';
export { StatusAct } from './status-act.tsx';
export { StatusBadge } from './status-badge.tsx';
export { StatusExplained } from './status-explained.tsx';
export { reasonTexts, type Sign, signsOf, statusLooks, statusWord } from './status-words.ts';
export { TagChip } from './tag-chip.tsx';
