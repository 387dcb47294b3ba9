import { lazy } from 'react';

// The form comes with its own code, when it is opened.
export const ConnectorDialog = lazy(async () => ({
  default: (await import('./connector-dialog.tsx')).ConnectorDialog,
}));
export { ConnectorList } from './connector-list.tsx';
