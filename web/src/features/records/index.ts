import { lazy } from 'react';
import { withWords } from '../../lib/i18n.ts';

// Comes with its own code, when it is opened. Its words are those of the customer page.
export const ImportRecordsDialog = lazy(async () => ({
  default: (await withWords(['customer'], import('./import-records-dialog.tsx'))).ImportRecordsDialog,
}));
