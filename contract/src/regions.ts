import { z } from 'zod';

/** The regions this release knows. Which of them an installation serves is configuration (HUB_REGIONS). */
export const RegionCode = z.enum(['us', 'ca', 'eu', 'uae']);
export type RegionCode = z.infer<typeof RegionCode>;

/** As the region selector writes them; full names come from the message catalogs. */
export const regionLabels: Record<RegionCode, string> = { us: 'US', ca: 'CA', eu: 'EU', uae: 'UAE' };

// ISO 3166 codes by the region in which an organization of that country keeps its data; whoever is not listed goes to the US.
const europeanUnionAndNeighbours =
  'AD AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE SI SK SM TR UA VA XK';
const gulfAndNeighbours = 'AE BH EG IQ JO KW LB OM QA SA YE';

/** The region that a customer of this country (ISO 3166 alpha-2) belongs to; fixed once the customer exists. */
export function regionOfCountry(country: string): RegionCode {
  const code = country.toUpperCase();
  if (code === 'CA') return 'ca';
  if (europeanUnionAndNeighbours.split(' ').includes(code)) return 'eu';
  if (gulfAndNeighbours.split(' ').includes(code)) return 'uae';
  return 'us';
}

/** ISO 3166 alpha-2 in upper case. Names are shown by Intl.DisplayNames in the person's language. */
export const CountryCode = z
  .string()
  .regex(/^[A-Za-z]{2}$/)
  .toUpperCase();
