export { applyTagChanges, judgeTagChanges } from './change-tags.ts';
export { requireLatest, type Touched } from './require-latest.ts';
export { findPresentIds, resolveTags } from './resolve-tags.ts';
export { tagRoutes } from './routes.ts';
export { lockTags } from './tag-queries.ts';
export type { TagChange, TagData, TagVerdict } from './tag-rules.ts';
