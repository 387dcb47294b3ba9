export { type EmbeddedEngine, openEmbeddedEngine } from './embedded-engine.ts';
export { instantText } from './instant-text.ts';
export { migrateRegional, pendingRegional } from './migrate-regional.ts';
export { embeddedRegionalStore, type RegionalStore } from './regional-store.ts';
export { StoreFault } from './store-fault.ts';
export type { Parameters } from './inline-parameters.ts';
