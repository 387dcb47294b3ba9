import type { RegionCode } from '@hub/contract/regions';
import { asOrganization, busyResellerCustomers, busyResellerStrangers, partnerName } from './busy-reseller.ts';
import { weekendShare } from './business-day.ts';
import { numberedCompanyName } from './company-names.ts';
import type { DemoCustomer, DemoScenario, ScenarioName } from './demo-scenario.ts';
import { type CustomerDraft, makeCustomer } from './make-customer.ts';
import { SeededRandom } from './seeded-random.ts';

export interface ScenarioOptions {
  /** The date that the stories refer to (a customer stopped three weeks before it). Default: 2026-11-22. */
  madeOn?: string;
  /** million-legs only. */
  millionLegs?: { legs: number; days: number; region?: RegionCode };
}

const defaultMadeOn = '2026-11-22'; // fixed, so that a scenario without the option is the same on every day

const tinyDrafts: readonly CustomerDraft[] = [
  { name: 'Bluemarl Ceramics', country: 'US', users: 14, locations: 2, callsPerUser: 0.8 },
  { name: 'Brightmoor Care Line', country: 'US', users: 10, locations: 1, callsPerUser: 1.6, story: 'contact-center' },
  { name: 'Frostpeak Outfitters', country: 'CA', users: 9, locations: 2, callsPerUser: 0.8 },
  { name: 'Синчецово Логистика ЕООД', country: 'BG', users: 8, locations: 2, callsPerUser: 0.8 },
  {
    name: 'Sheetwise Bookkeeping',
    country: 'GB',
    users: 8,
    locations: 1,
    callsPerUser: 0.9,
    hasFormulaLikeNames: true,
  },
  { name: 'Amberquist Hospitality LLC', country: 'AE', users: 7, locations: 1, callsPerUser: 0.8 },
];
const tinyStranger: CustomerDraft = {
  name: 'Ternholm Outfitters',
  country: 'US',
  users: 4,
  locations: 1,
  callsPerUser: 0.8,
};

const countryOfRegion: Record<RegionCode, string> = { us: 'US', ca: 'CA', eu: 'DE', uae: 'AE' };
const millionLegsCustomers = 5000;
// Measured over these customers' four weeks without a holiday (demo-data.test.ts holds the total within 5 % of what was asked for).
const legsPerCall = 1.47;

function millionLegs(seed: string, options: { legs: number; days: number; region?: RegionCode }): DemoCustomer[] {
  const random = new SeededRandom(`${seed}|million-legs|customers`);
  const country = countryOfRegion[options.region ?? 'us'];
  const sizes = Array.from(
    { length: millionLegsCustomers },
    () => 4 + Math.floor(56 * random.unit() * random.unit() * random.unit()),
  );
  const users = sizes.reduce((sum, size) => sum + size, 0);
  const workingDays = options.days * ((5 + 2 * weekendShare) / 7);
  const callsPerUser = options.legs / legsPerCall / workingDays / users;
  return sizes.map((size, index) =>
    makeCustomer(new SeededRandom(`${seed}|million-legs|${index}`), {
      name: numberedCompanyName(index),
      country,
      users: size,
      locations: 3,
      callsPerUser,
    }),
  );
}

function customersOf(name: ScenarioName, seed: string, options: ScenarioOptions): DemoCustomer[] {
  switch (name) {
    case 'tiny':
      return tinyDrafts.map((draft) => makeCustomer(new SeededRandom(`${seed}|tiny|${draft.name}`), draft));
    case 'busy-reseller':
      return busyResellerCustomers(seed);
    case 'million-legs':
      return millionLegs(seed, options.millionLegs ?? { legs: 1_000_000, days: 28 });
  }
}

/** The same name, seed and options give the same scenario, always. */
export function demoScenario(name: ScenarioName, seed: string, options: ScenarioOptions = {}): DemoScenario {
  const tinyStrangers = (): DemoScenario['strangers'] => [
    asOrganization(makeCustomer(new SeededRandom(`${seed}|tiny|stranger`), tinyStranger)),
  ];
  return {
    name,
    seed,
    madeOn: options.madeOn ?? defaultMadeOn,
    partnerName,
    administrators: [
      { name: 'Juno Valderhaug', email: 'juno.valderhaug@halyard.example', role: 'partner_full' },
      { name: 'Marek Ostrow', email: 'marek.ostrow@halyard.example', role: 'partner_full' },
      { name: 'Ина Вереницова', email: 'ina.verenitsova@halyard.example', role: 'partner_read_only' },
    ],
    customers: customersOf(name, seed, options),
    strangers: name === 'busy-reseller' ? busyResellerStrangers(seed) : name === 'tiny' ? tinyStrangers() : [],
  };
}
