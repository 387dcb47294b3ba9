let ahead = 0;

/** The server's clock, milliseconds since 1970: progress and ages are counted against what it wrote. */
export function now(): number {
  return Date.now() + ahead;
}

/** Takes the Date header of a reply; below 2 s it is the header's own coarseness. */
export function tellServerTime(header: string | null): void {
  const server = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(server)) return;
  const difference = server - Date.now();
  ahead = Math.abs(difference) < 2000 ? 0 : difference;
}
