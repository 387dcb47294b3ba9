export { countedLines, type CountedLine, hasEnded, sincesOf } from './contract-rules.ts';
export { findLines, setLines } from './license-lines-queries.ts';
export { isReferenceTaken } from './reference-queries.ts';
export { refuseTakenReference } from './refuse-taken-reference.ts';
export { subscriptionRoutes } from './routes.ts';
