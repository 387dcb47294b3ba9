import type { PaymentState, SetupState } from '@hub/contract/customer-statuses';
import type { Product } from '@hub/contract/products';
import type { DemoCustomer, DemoScenario } from './demo-scenario.ts';
import { personName } from './person-names.ts';
import { countryOf } from './places.ts';
import { SeededRandom } from './seeded-random.ts';

export interface DemoLine {
  product: Product;
  ordered: number;
  assigned: number | null;
  /** In days from madeOn, as all days here. */
  overSince: number | null;
}

export interface DemoSubscription {
  reference: string;
  startsOn: number;
  endsOn: number | null;
  termMonths: number | null;
  autoRenews: boolean;
  paymentState: PaymentState;
  paymentSince: number;
  setupState: SetupState;
  setupSince: number;
  setupNote: string | null;
  lines: DemoLine[];
  tags: string[];
}

export interface DemoTrial {
  reference: string;
  startsOn: number;
  endsOn: number;
  lines: DemoLine[];
}

/** What a customer bought and tries, and what is known of its people. */
export interface DemoRecords {
  domain: string;
  contact: { name: string; email: string; phone: string };
  createdOn: number;
  /** Undefined: no feed tells. Null: nobody ever signed in. */
  lastSignInOn: number | null | undefined;
  subscriptions: DemoSubscription[];
  trials: DemoTrial[];
  tags: string[];
}

/** Why somebody looks at a customer today; most are steady. */
type Situation =
  | 'steady'
  | 'renewing'
  | 'past-due'
  | 'suspended'
  | 'over'
  | 'low'
  | 'expired'
  | 'expiring'
  | 'setup'
  | 'setup-error'
  | 'inactive'
  | 'trial'
  | 'trial-ending'
  | 'trial-beside';

// Of thirty customers of a region fourteen have something; so each region, the smallest too, has one of everything.
const situations: readonly Situation[] = (
  'steady steady renewing steady over low expiring steady trial steady inactive steady past-due steady expired steady setup ' +
  'steady trial-beside steady suspended steady setup-error steady trial-ending steady renewing steady steady steady'
).split(' ') as Situation[];

// What the calls of a customer tell goes before its place in the row.
const situationOfStory: Partial<Record<DemoCustomer['story'], Situation>> = {
  stopped: 'expired',
  falling: 'expiring',
  growing: 'over',
  silent: 'setup',
};

/** The records of every customer but the partner's own organization; the same scenario gives the same, always. */
export function demoRecords(scenario: DemoScenario): Map<DemoCustomer, DemoRecords> {
  const places = new Map<string, number>();
  const others = scenario.customers.filter(({ kind }) => kind !== 'own');
  return new Map(
    others.map((customer, number) => {
      const place = places.get(customer.region) ?? 0;
      places.set(customer.region, place + 1);
      const situation = situationOfStory[customer.story] ?? situations[place % situations.length] ?? 'steady';
      const random = new SeededRandom(`${scenario.seed}|${scenario.name}|records|${customer.name}`);
      return [customer, recordsOf(customer, situation, random, number)];
    }),
  );
}

function recordsOf(customer: DemoCustomer, situation: Situation, random: SeededRandom, number: number): DemoRecords {
  const domain = `${slugOf(customer.name) ?? `customer-${number + 1}`}.example`;
  const country = countryOf(customer.country);
  const city = random.pick(country.cities);
  const digits = Array.from({ length: city.digits }, () => random.below(10)).join('');
  const since = -random.between(120, 1100);
  const isTrialOnly = situation === 'trial' || situation === 'trial-ending';
  const subscriptions = isTrialOnly ? [] : [subscriptionOf(customer, situation, random, { number, since })];
  // Every eighth bought something later, by itself.
  if (situation === 'steady' && number % 8 === 0)
    subscriptions.push({
      ...subscriptionOf(customer, 'steady', random, { number: number + 5000, since: Math.round(since / 2) }),
      lines: [line('contact_center', random.between(2, 9), customer, random)],
    });
  return {
    domain,
    contact: {
      name: personName(random, country.language),
      email: `office@${domain}`,
      phone: `${city.numberPrefix}${digits}`,
    },
    createdOn: isTrialOnly || situation === 'setup' ? -random.between(31, 60) : since,
    lastSignInOn: lastSignInOf(situation, random, number),
    subscriptions,
    trials: trialsOf(customer, situation, random, number),
    tags: tagsOf(customer, situation),
  };
}

/** Letters that a domain may hold; undefined for names in other scripts. */
function slugOf(name: string): string | undefined {
  const slug = name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return slug.length < 4 ? undefined : slug;
}

function subscriptionOf(
  customer: DemoCustomer,
  situation: Situation,
  random: SeededRandom,
  { number, since }: { number: number; since: number },
): DemoSubscription {
  const autoRenews = situation === 'renewing' || (situation === 'steady' && random.chance(0.6));
  const termMonths = random.pick([12, 12, 24, 36]);
  const plain: DemoSubscription = {
    reference: `Sub-${4000 + number}`,
    startsOn: since,
    endsOn: random.between(45, 700),
    termMonths,
    autoRenews,
    paymentState: 'current',
    paymentSince: since,
    setupState: 'provisioned',
    setupSince: since,
    setupNote: null,
    lines: linesOf(customer, situation, random),
    tags: [...(number % 9 === 4 ? ['Price review'] : []), ...(termMonths === 36 ? ['Three years'] : [])],
  };
  switch (situation) {
    case 'renewing':
      return { ...plain, endsOn: random.between(2, 28) };
    case 'past-due':
      return { ...plain, paymentState: 'past_due', paymentSince: -random.between(5, 20) };
    case 'suspended':
      return { ...plain, paymentState: 'suspended', paymentSince: -random.between(8, 30) };
    case 'expired':
      return { ...plain, endsOn: -random.between(4, 25) };
    case 'expiring':
      return { ...plain, endsOn: random.between(2, 12) };
    case 'setup': {
      const began = -random.between(2, 9);
      const setupState = random.pick(['pending_setup', 'provisioning', 'pending_rpl_review'] as const);
      return { ...plain, startsOn: began, setupState, setupSince: began };
    }
    case 'setup-error':
      return {
        ...plain,
        setupState: 'provisioned_with_errors',
        setupSince: -6,
        setupNote: 'Two numbers could not be ported: the current carrier rejected the request.',
      };
    case 'steady':
    case 'over':
    case 'low':
    case 'inactive':
    case 'trial':
    case 'trial-beside':
    case 'trial-ending':
      return plain;
  }
}

function linesOf(customer: DemoCustomer, situation: Situation, random: SeededRandom): DemoLine[] {
  const { users } = customer;
  const calling: DemoLine =
    situation === 'over'
      ? {
          product: 'calling',
          ordered: users,
          assigned: users + random.between(1, 6),
          overSince: -random.between(3, 20),
        }
      : situation === 'low'
        ? { ...line('calling', users, customer, random), ordered: users * 3 }
        : line('calling', users, customer, random);
  const lines = [calling];
  if (random.chance(0.55)) lines.push(line('meetings', Math.ceil(users * 0.7), customer, random));
  if (random.chance(0.3)) lines.push(line('messaging', users, customer, random));
  if (random.chance(0.25)) lines.push(line('devices', Math.ceil(users / 10), customer, random));
  if (customer.story === 'contact-center') lines.push(line('contact_center', Math.ceil(users / 4), customer, random));
  return lines;
}

/** Bought with some to spare. Who is managed from outside tells nobody how many are in use. */
function line(product: Product, needed: number, { kind }: DemoCustomer, random: SeededRandom): DemoLine {
  const ordered = needed + random.below(Math.ceil(needed * 0.25) + 2);
  return { product, ordered, assigned: kind === 'external' ? null : needed, overSince: null };
}

function trialsOf(customer: DemoCustomer, situation: Situation, random: SeededRandom, number: number): DemoTrial[] {
  const trial = (product: Product, startsOn: number, endsOn: number): DemoTrial => ({
    reference: `Trial-${700 + number}`,
    startsOn,
    endsOn,
    lines: [line(product, Math.min(customer.users, 25), customer, random)],
  });
  if (situation === 'trial') return [trial('calling', -random.between(5, 30), random.between(25, 60))];
  if (situation === 'trial-ending') return [trial('calling', -80, random.between(1, 10))];
  if (situation === 'trial-beside')
    return [trial('real_time_translations', -random.between(5, 30), random.between(25, 60))];
  return [];
}

function lastSignInOf(situation: Situation, random: SeededRandom, number: number): DemoRecords['lastSignInOn'] {
  if (situation === 'inactive') return random.chance(0.3) ? null : -random.between(95, 200);
  return number % 7 === 5 ? undefined : -random.below(45);
}

function tagsOf({ users, story, externalId, country }: DemoCustomer, situation: Situation): string[] {
  const isTroubled = story === 'stopped' || story === 'falling' || story === 'bad-week' || situation === 'past-due';
  return [
    ...(users >= 100 ? ['Key account'] : []),
    ...(isTroubled ? ['At risk'] : []),
    ...(situation === 'setup' || situation.startsWith('trial') ? ['Onboarding'] : []),
    ...(externalId !== null && users < 20 ? ['Wholesale'] : []),
    ...(country === 'BG' ? ['България'] : []),
    ...(country === 'KR' ? ['한국'] : []),
  ];
}
