/** SQL: a DateTime64(3) in UTC as the contract writes instants, 2026-09-20T00:00:00.123Z. NULL stays NULL. */
export const instantText = (expression: string): string => `concat(replaceOne(toString(${expression}), ' ', 'T'), 'Z')`;
