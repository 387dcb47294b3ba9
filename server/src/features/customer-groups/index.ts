export { changeMembers, getMemberGroup, lockMemberGroup } from './change-members.ts';
export { findMembersAmong } from './group-queries.ts';
export { customerGroupRoutes } from './routes.ts';
