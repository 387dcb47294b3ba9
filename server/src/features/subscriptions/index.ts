export { changeSubscription } from './change-subscription.ts';
export { type CountedLine, countedLines, hasEnded, sincesOf } from './contract-rules.ts';
export { createSubscription } from './create-subscription.ts';
export { findLines, setLines } from './license-lines-queries.ts';
export { isReferenceTaken } from './reference-queries.ts';
export { refuseTakenReference } from './refuse-taken-reference.ts';
export { removeSubscription } from './remove-subscription.ts';
export { subscriptionRoutes } from './routes.ts';
