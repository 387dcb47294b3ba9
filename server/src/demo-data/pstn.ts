import { at, type LegRow } from './call-history-columns.ts';
import type { CallDraft, Line } from './leg-row.ts';
import { type City, type Country, countryCodes, countryOf } from './places.ts';
import type { SeededRandom } from './seeded-random.ts';

// The calling plan of the demo's world; both ids are invented.
const planVendor = 'Halyard Voice Networks';
const planEntity = 'Halyard Voice Networks LLC';
const planVendorOrg = 'c7d1b0e4-51f2-4a86-9a44-07e6bd0f7c21';
const planProvider = '3f0a6a52-8e7b-4d39-8c1d-b6f24c9e5a10';

const callerNames = ['', '', '', 'WIRELESS CALLER', 'UNAVAILABLE', 'TOLL FREE CALL'];

const digitsOf = (n: number, length: number): string => String(n).padStart(length, '0');

const numberIn = (random: SeededRandom, range: { numberPrefix: string; digits: number } | City): string =>
  range.numberPrefix + digitsOf(random.below(10 ** range.digits), range.digits);

/** Somebody outside, in the customer's country; numbers come from ranges kept for fiction. */
export function outsideLine(call: CallDraft, country: Country): Line {
  const { random } = call;
  const isMobile = country.mobile !== undefined && random.chance(0.5);
  const range = isMobile && country.mobile ? country.mobile : random.pick(country.cities);
  return { number: numberIn(random, range), name: random.pick(callerNames) };
}

export interface Destination {
  line: Line;
  callType: string;
  internationalCountry: string;
}

/** Where a call out goes: mostly inside the country. */
export function outsideDestination(call: CallDraft, country: Country): Destination {
  const { random } = call;
  const share = random.unit();
  const to = (number: string, callType: string, internationalCountry = ''): Destination => ({
    line: { number, name: '' },
    callType,
    internationalCountry,
  });
  if (share < 0.001) return to(country.emergencyTest, 'SIP_EMERGENCY');
  if (share < 0.03) return to(country.tollFree, 'SIP_TOLLFREE');
  if (share < 0.075) {
    const abroad = countryOf(random.pick(countryCodes));
    if (abroad.code !== country.code)
      return to(numberIn(random, random.pick(abroad.cities)), 'SIP_INTERNATIONAL', abroad.code);
  }
  if (country.mobile && share < 0.5) return to(numberIn(random, country.mobile), 'SIP_MOBILE');
  return to(numberIn(random, random.pick(country.cities)), 'SIP_NATIONAL');
}

/** How the leg reached the public network: over the calling plan, or over the customer's own gateway. */
export function writeCarrier(row: LegRow, call: CallDraft, direction: 'in' | 'out'): void {
  const { trunkName } = call.roster;
  if (trunkName === '') {
    row[at.pstnVendorName] = planVendor;
    row[at.pstnLegalEntity] = planEntity;
    row[at.pstnVendorOrgId] = planVendorOrg;
    row[at.pstnProviderId] = planProvider;
    if (direction === 'in' && call.random.chance(0.3)) {
      const score = call.random.below(60);
      row[at.callerReputationScore] = (score / 20).toFixed(1);
      row[at.callerReputationServiceResult] = score < 55 ? 'allow' : 'captcha-allow';
      row[at.callerReputationScoreReason] = 'OK';
    }
  } else if (direction === 'in') {
    row[at.inboundTrunk] = trunkName;
  } else {
    row[at.outboundTrunk] = trunkName;
    row[at.routeGroup] = `${trunkName}-RG`;
  }
}
