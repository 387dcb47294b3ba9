import { lazy } from 'react';

// The form comes with its own code, when it is opened.
export const CreateTokenDialog = lazy(async () => ({
  default: (await import('./create-token-dialog.tsx')).CreateTokenDialog,
}));
export { TokenList } from './token-list.tsx';
