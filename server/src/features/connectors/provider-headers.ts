/** The address of the next page; undefined on the last one. The provider's own examples double the brackets. */
export function nextLink(header: string | string[] | undefined): string | undefined {
  for (const part of [header ?? []].flat()) {
    for (const [, address, parameters = ''] of part.matchAll(/<+([^<>]+)>((?:[^,<"]|"[^"]*")*)/g))
      if (/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?=[\s">;]|$)/i.test(parameters)) return address;
  }
  return undefined;
}

/** How many seconds to wait by Retry-After: a number of them, or an instant; undefined where it says neither. */
export function retryAfterSeconds(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text);
  // An HTTP date; Date.parse would also take a lone number for a year.
  const instant = /[a-z]{3}/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(instant) ? undefined : Math.max(0, Math.ceil((instant - now.getTime()) / 1000));
}

/** Where a 451 says that the data lies: in Location, else the first address in its text. Not judged yet. */
export function otherRegionOf(location: string | undefined, body: string): URL | undefined {
  for (const text of [location ?? '', body]) {
    const [address] = /https?:\/\/[^\s"'<>\\)]+/i.exec(text) ?? [];
    const url = URL.parse(address ?? '');
    if (url !== null) return url;
  }
  const [host] = /\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b/i.exec(body) ?? [];
  return URL.parse(`https://${host ?? ''}`) ?? undefined;
}
