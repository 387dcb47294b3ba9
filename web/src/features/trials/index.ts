import { lazy } from 'react';

export { trialsQuery } from './queries.ts';

// The list and the form come with their own code, when they are opened.
export const TrialList = lazy(async () => ({ default: (await import('./trial-list.tsx')).TrialList }));
export const TrialDialog = lazy(async () => ({ default: (await import('./trial-dialog.tsx')).TrialDialog }));
