export { findAssignedAmong, getAdministrator, lockMember } from './administrators-queries.ts';
export { changeAssignments } from './change-assignments.ts';
export { removeAdministrator } from './remove-administrator.ts';
export { administratorRoutes } from './routes.ts';
