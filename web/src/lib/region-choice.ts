import type { RegionCode } from '@hub/contract/regions';

/** The region that an address asks for, or all of them; where it cannot be shown, the home region. */
export function regionOf(
  wanted: string | undefined,
  served: readonly RegionCode[],
  home: RegionCode,
): RegionCode | 'all' {
  if (wanted === 'all' && served.length > 1) return 'all';
  return served.find((region) => region === wanted) ?? home;
}
