export { type EmbeddedEngine, openEmbeddedEngine } from './embedded-engine.ts';
export { instantText } from './instant-text.ts';
export { migrateRegional, pendingRegional } from './migrate-regional.ts';
export { embeddedRegionalStore, inFileOrder, type RegionalStore } from './regional-store.ts';
export { remoteRegionalStore } from './remote-regional-store.ts';
export type { Settings } from './settings.ts';
export { StoreFault } from './store-fault.ts';
export { type WatchedStore, watchedStore } from './watched-store.ts';
export type { Parameters } from './inline-parameters.ts';
