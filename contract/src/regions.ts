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

/** ISO 3166-1 alpha-2 with Kosovo (XK, user-assigned, as CLDR names it). Names are shown by Intl.DisplayNames in the person's language. */
export const countryCodes =
  `AD AE AF AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW`.split(
    ' ',
  );

const known = new Set(countryCodes);

/** One of countryCodes; in any case, and in upper case from here on. */
export const CountryCode = z
  .string()
  .toUpperCase()
  .refine((code) => known.has(code), 'not the code of a country (ISO 3166-1 alpha-2)');
