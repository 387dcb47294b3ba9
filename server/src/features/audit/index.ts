export { audit } from './audit.ts';
export type { AuditRow } from './audit-queries.ts';
export { auditRoutes } from './routes.ts';
