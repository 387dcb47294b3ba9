export type Parameters = Record<string, string | number | readonly string[] | readonly number[]>;

export const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const literal = (value: Parameters[string]): string => {
  if (typeof value === 'number') return numeral(value);
  if (typeof value === 'string') return quoted(value);
  return `[${value.map((item) => (typeof item === 'number' ? numeral(item) : quoted(item))).join(', ')}]`;
};

function numeral(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} is not a number that a query can carry.`);
  return String(value);
}

/**
 * Writes named parameters, `{name:Type}`, into the text as typed literals. The embedded engine runs statements with bound parameters one
 * after another across all its connections: a question would wait for an import (docs/adr/0004). Every `{name:Type}` must have its value.
 */
export function inlineParameters(sql: string, parameters: Parameters): string {
  return sql.replace(/\{(\w+):([^{}]+)\}/g, (_, name: string, type: string) => {
    const value = parameters[name];
    if (value === undefined) throw new Error(`The parameter ${name} has no value.`);
    return `CAST(${literal(value)}, ${quoted(type)})`;
  });
}
