export { findKnownOrganizations } from './known-queries.ts';
export { countUsersBack } from './leg-queries.ts';
export { queueSums } from './queue-queries.ts';
export { metricRoutes } from './routes.ts';
export { sharedQuestions } from './shared-questions.ts';
export { windowOf } from './window.ts';
export { answersInTime } from './within-patience.ts';
