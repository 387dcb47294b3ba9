import { plainKey } from './record-columns.ts';

// Codes that the list of regions names and that are no country.
const noCountries = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

let known: { codes: ReadonlySet<string>; byName: ReadonlyMap<string, string> } | undefined;

/** Every code of a country, and which one an English name means. */
export function countryNames(): NonNullable<typeof known> {
  return (known ??= listCountries());
}

function listCountries(): NonNullable<typeof known> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const codes = new Set<string>();
  const byName = new Map<string, string>();
  const letters = Array.from({ length: 26 }, (_, place) => String.fromCharCode(65 + place));
  for (const first of letters)
    for (const second of letters) {
      const code = first + second;
      // A code that has become another one is known by its new one.
      if (noCountries.has(code) || new Intl.Locale(`und-${code}`).region !== code) continue;
      const name = names.of(code);
      if (name === undefined) continue;
      codes.add(code);
      byName.set(plainKey(name), code);
    }
  for (const [name, code] of [
    ['United States of America', 'US'],
    ['Great Britain', 'GB'],
    ['Korea', 'KR'],
    ['Republic of Korea', 'KR'],
    ['Czech Republic', 'CZ'],
    ['Turkey', 'TR'],
    ['UAE', 'AE'],
  ] as const)
    byName.set(plainKey(name), code);
  return { codes, byName };
}
