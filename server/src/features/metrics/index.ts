export { AnswerMemory } from './answer-memory.ts';
export { findKnownOrganizations, queueOrganizations } from './known-queries.ts';
export { countUsersBack } from './leg-queries.ts';
export { queueSums } from './queue-queries.ts';
export { metricRoutes } from './routes.ts';
export { type Asked, sharedQuestions } from './shared-questions.ts';
export { sharedReads } from './shared-reads.ts';
export { insideDays, windowOf } from './window.ts';
export { answersInTime } from './within-patience.ts';
