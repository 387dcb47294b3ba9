export { type RunningPostgres, startEmbeddedPostgres } from './start-embedded-postgres.ts';
