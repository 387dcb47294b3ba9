import { lazy } from 'react';

export { trialsQuery } from './queries.ts';
export { TrialList } from './trial-list.tsx';

// The form comes with its own code, when it is opened.
export const TrialDialog = lazy(async () => ({ default: (await import('./trial-dialog.tsx')).TrialDialog }));
