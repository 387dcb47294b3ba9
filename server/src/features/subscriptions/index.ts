export { changeSubscription } from './change-subscription.ts';
export { type CountedLine, countedLines, hasEnded, sincesOf } from './contract-rules.ts';
export { createSubscription } from './create-subscription.ts';
export { findLines, setLines } from './license-lines-queries.ts';
export { noteAssignments } from './note-assignments.ts';
export {
  deleteOwnAssignments,
  findFadingAssignments,
  insertOwnAssignments,
  type OwnSnapshot,
  setOwnQueued,
  takeOwnAssignments,
} from './own-assignment-queries.ts';
export { isReferenceTaken } from './reference-queries.ts';
export { refuseTakenReference } from './refuse-taken-reference.ts';
export { removeSubscription } from './remove-subscription.ts';
export { subscriptionRoutes } from './routes.ts';
