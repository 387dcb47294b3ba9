/** One collation for every language of the interface; digits in names count as numbers. */
export const collator = new Intl.Collator('und', { numeric: true, sensitivity: 'variant' });

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
