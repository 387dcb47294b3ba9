export { cellText, measureKeys, measureName } from './measure-words.ts';
export { usageQuery } from './queries.ts';
export { lastDays } from './range.ts';
