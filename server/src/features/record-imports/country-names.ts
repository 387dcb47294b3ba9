import { countryCodes } from '@hub/contract/regions';
import { plainKey } from '@hub/contract/record-columns';

let known: { codes: ReadonlySet<string>; byName: ReadonlyMap<string, string> } | undefined;

/** Every code of a country, and which one an English name means. */
export function countryNames(): NonNullable<typeof known> {
  return (known ??= listCountries());
}

function listCountries(): NonNullable<typeof known> {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const byName = new Map<string, string>();
  for (const code of countryCodes) {
    const name = names.of(code);
    if (name !== undefined) byName.set(plainKey(name), code);
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
  return { codes: new Set(countryCodes), byName };
}
