import { type CompanyLanguage, CompanyNames } from './company-names.ts';
import type { DemoCustomer, DemoOrganization } from './demo-scenario.ts';
import { type CustomerDraft, makeCustomer } from './make-customer.ts';
import { SeededRandom } from './seeded-random.ts';

export const partnerName = 'Halyard Communications';

const longName =
  'Alderquay & Fennimarsh Intercoastal Refrigerated Freight, Warehousing and Customs Brokerage Cooperative Society Limited';

// The customers that a tour of the demo stops at; each shows one thing.
const featured: readonly CustomerDraft[] = [
  { name: partnerName, country: 'US', users: 46, locations: 3, callsPerUser: 0.9, kind: 'own' },
  { name: 'Brightmoor Care Line', country: 'US', users: 120, locations: 2, callsPerUser: 2.2, story: 'contact-center' },
  { name: 'Corvane Analytics', country: 'US', users: 84, locations: 2, callsPerUser: 1.2, story: 'falling' },
  { name: 'Dunmarrow Freight', country: 'US', users: 58, locations: 3, callsPerUser: 0.9, story: 'stopped' },
  { name: 'Opalund Transit', country: 'US', users: 400, locations: 6, callsPerUser: 0.45 },
  { name: 'Lanternby Bay Resort', country: 'US', users: 72, locations: 2, callsPerUser: 0.9, story: 'growing' },
  { name: 'Ternholm Outfitters', country: 'US', users: 25, locations: 1, callsPerUser: 0.8, isLinked: false },
  { name: 'Umberfell Robotics', country: 'US', users: 12, locations: 1, callsPerUser: 0.8, story: 'silent' },
  { name: 'Frostpeak Outfitters', country: 'CA', users: 40, locations: 2, callsPerUser: 0.9, story: 'falling' },
  { name: 'Kelpstone Utilities', country: 'CA', users: 66, locations: 3, callsPerUser: 0.8, story: 'bad-week' },
  { name: 'Quaymoss Insurance', country: 'GB', users: 95, locations: 3, callsPerUser: 1.0, story: 'bad-week' },
  { name: 'Polderin Kwekerijen B.V.', country: 'NL', users: 36, locations: 2, callsPerUser: 1.0, story: 'falling' },
  { name: 'Nordlyst Rederi AB', country: 'SE', users: 31, locations: 2, callsPerUser: 0.8, story: 'stopped' },
  {
    name: 'Sheetwise Bookkeeping',
    country: 'GB',
    users: 18,
    locations: 1,
    callsPerUser: 1.1,
    hasFormulaLikeNames: true,
  },
  { name: longName, country: 'IE', users: 64, locations: 4, callsPerUser: 0.7 },
  {
    name: 'Vesperholt Klinikverbund gGmbH',
    country: 'DE',
    users: 180,
    locations: 5,
    callsPerUser: 0.6,
    story: 'contact-center',
  },
  { name: 'Amberquist Hospitality LLC', country: 'AE', users: 88, locations: 3, callsPerUser: 0.8, story: 'growing' },
  { name: 'Silverteal Marine Services FZE', country: 'AE', users: 9, locations: 1, callsPerUser: 0.6, story: 'silent' },
];

// How many customers each country has, featured ones included: 150 US, 40 CA, 80 EU, 30 UAE.
const customersPerCountry: readonly (readonly [country: string, language: CompanyLanguage, count: number])[] = [
  ['US', 'en', 135],
  ['KR', 'ko', 5],
  ['MX', 'es', 6],
  ['AU', 'en', 4],
  ['CA', 'en', 40],
  ['DE', 'de', 20],
  ['GB', 'en', 16],
  ['BG', 'bg', 10],
  ['FR', 'fr', 11],
  ['NL', 'nl', 8],
  ['SE', 'sv', 6],
  ['IE', 'en', 4],
  ['ES', 'es', 5],
  ['AE', 'gulf', 19],
  ['SA', 'gulf', 6],
  ['QA', 'gulf', 3],
  ['KW', 'gulf', 2],
];

/** Most customers are small: about 27 users in the mean, half below 13. */
function drawUsers(random: SeededRandom): number {
  const share = random.unit();
  if (share < 0.6) return random.between(3, 16);
  if (share < 0.9) return random.between(17, 50);
  return share < 0.99 ? random.between(51, 150) : random.between(151, 400);
}

const locationsFor = (random: SeededRandom, users: number): number =>
  Math.min(6, users, 1 + random.below(users < 17 ? 2 : users < 51 ? 3 : 6));

/** About 300 customers in four regions; nine weeks of their calls are some 400,000 legs. */
export function busyResellerCustomers(seed: string): DemoCustomer[] {
  const random = new SeededRandom(`${seed}|busy-reseller|customers`);
  const names = new CompanyNames(
    random,
    featured.map((draft) => draft.name),
  );
  const drafts: CustomerDraft[] = [...featured];
  for (const [country, language, count] of customersPerCountry) {
    const isFeatured = featured.filter((draft) => draft.country === country).length;
    for (let i = isFeatured; i < count; i++) {
      const users = drawUsers(random);
      drafts.push({
        name: names.next(language),
        country,
        users,
        locations: locationsFor(random, users),
        callsPerUser: 0.25 + 0.75 * random.unit(),
        kind: random.chance(0.07) ? 'external' : 'owned',
      });
    }
  }
  return drafts.map((draft) => makeCustomer(new SeededRandom(`${seed}|busy-reseller|${draft.name}`), draft));
}

const strangerDrafts: readonly CustomerDraft[] = [
  // The organization that the not yet linked customer of this name turns out to have.
  { name: 'Ternholm Outfitters', country: 'US', users: 25, locations: 1, callsPerUser: 0.8 },
  { name: 'Pebblewick Backwaren GmbH', country: 'DE', users: 22, locations: 2, callsPerUser: 0.7 },
];

export function busyResellerStrangers(seed: string): DemoOrganization[] {
  return strangerDrafts.map((draft) =>
    asOrganization(makeCustomer(new SeededRandom(`${seed}|busy-reseller|stranger|${draft.name}`), draft)),
  );
}

/** Only for customers that were drafted as linked; throws otherwise. */
export function asOrganization(customer: DemoCustomer): DemoOrganization {
  const { externalId: _externalId, kind: _kind, orgUuid, ...rest } = customer;
  if (orgUuid === null) throw new Error(`"${customer.name}" was drafted without an organization`);
  return { ...rest, orgUuid };
}
