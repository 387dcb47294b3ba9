export { applyTagChanges, judgeTagChanges } from './change-tags.ts';
export type { Touched } from './later-acts-queries.ts';
export { requireLatest } from './require-latest.ts';
export { findPresentIds, resolveTags } from './resolve-tags.ts';
export { tagRoutes } from './routes.ts';
export { lockTags } from './tag-queries.ts';
export type { TagChange, TagData, TagVerdict } from './tag-rules.ts';
