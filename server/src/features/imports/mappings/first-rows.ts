import { csvRecords } from '../../../platform/csv/csv-records.ts';

const lookedAt = 2000;

/** The rows of a file's beginning, behind those that are skipped. */
export function firstRows(text: string, delimiter: string, skipped: number): string[][] {
  return csvRecords(text, delimiter)
    .filter(({ fields }, index) => index > 0 || !announcesSeparator(fields))
    .drop(skipped)
    .take(lookedAt)
    .map(({ fields }) => fields)
    .toArray();
}

const announcesSeparator = ([first = '']: readonly string[]): boolean => /^sep=[,;\t]?$/i.test(first);

// As many words as a mapping can hold, and no longer than those (Conversion).
const mostValues = 50;
const longestValue = 60;

/** All different values, where they are few and short, as words are; none otherwise. Case and spaces around them make no other. */
export function shortValues(texts: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const text of texts) {
    const value = text.trim();
    if (value === '' || found.has(value.toLowerCase())) continue;
    if (value.length > longestValue || found.size === mostValues) return [];
    found.set(value.toLowerCase(), value);
  }
  return [...found.values()];
}
