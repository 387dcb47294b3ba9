/** A value of a record as text; what is nested stays JSON. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\0', '');
}

/** A value as a field of CSV, without what a spreadsheet would need to leave it alone. */
export const csvField = (value: string): string =>
  /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
