export { callHistoryColumns, lenientColumns } from './call-history-columns.ts';
export { findImportByNumber, readVisibility, type Visibility } from './import-queries.ts';
export { locationName } from './staging-queries.ts';
export { type ImportRunner, startImportRunner } from './import-runner.ts';
export { getImport, listImports } from './read-imports.ts';
export { spoolFile } from './receive-upload.ts';
export { dropSpoolFile, spoolPath } from './spool.ts';
export { requestRelease } from './request-release.ts';
export { importRoutes } from './routes.ts';
