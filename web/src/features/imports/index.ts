export { useImportWatch } from './use-import-watch.ts';
