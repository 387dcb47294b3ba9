export { ExportButton } from './export-button.tsx';
export { FreshnessChip } from './freshness-chip.tsx';
export { GroupChoice } from './group-choice.tsx';
export { cellText, measureKeys, measureName } from './measure-words.ts';
export { lastDays } from './range.ts';
export { usageQuery } from './queries.ts';
