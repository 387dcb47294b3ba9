import { regionOfCountry } from '@hub/contract/regions';
import type { DemoCustomer, DemoLocation, DemoStory } from './demo-scenario.ts';
import { type City, countryOf } from './places.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface CustomerDraft {
  name: string;
  country: string;
  users: number;
  locations: number;
  callsPerUser: number;
  story?: DemoStory;
  kind?: DemoCustomer['kind'];
  isLinked?: boolean;
  hasFormulaLikeNames?: boolean;
}

const districts = {
  en: ['Headquarters', 'Warehouse', 'Downtown', 'Service Center', 'Dock 4, "North" gate', 'Airport'],
  bg: ['централа', 'склад', 'център', 'цех 2', 'магазин', 'летище'],
  ko: ['본사', '물류센터', '지점', '공장', '연구소', '공항점'],
} as const;

function locationName(language: string, city: City, place: number): string {
  const names = language === 'bg' || language === 'ko' ? districts[language] : districts.en;
  return `${city.name} ${names[place % names.length] ?? ''}`;
}

/** Everything about a customer follows from the draft and the random sequence, which should be its own. */
export function makeCustomer(random: SeededRandom, draft: CustomerDraft): DemoCustomer {
  const { name, country: code, users, callsPerUser } = draft;
  const country = countryOf(code);
  const orgUuid = random.uuid();
  const firstCity = random.below(country.cities.length);
  const locations: DemoLocation[] = [];
  let left = users;
  for (let place = 0; place < draft.locations; place++) {
    const isLast = place === draft.locations - 1;
    // The first office is the biggest; each later one gets about half of what is left, and at least one person.
    const open = draft.locations - place - 1;
    const here = isLast ? left : Math.max(1, Math.min(left - open, Math.round(left * (0.45 + 0.2 * random.unit()))));
    left -= here;
    const city = country.cities[(firstCity + place) % country.cities.length] ?? random.pick(country.cities);
    locations.push({
      name: locationName(country.language, city, place),
      siteUuid: random.uuid(),
      zone: city.zone,
      numberPrefix: city.numberPrefix,
      numberDigits: city.digits,
      users: here,
    });
  }
  const isWholesale = random.chance(0.35);
  const externalNumber = random.between(10_000, 99_999);
  return {
    name,
    country: code,
    region: regionOfCountry(code),
    orgUuid: draft.isLinked === false ? null : orgUuid,
    externalId: isWholesale ? `HC-${externalNumber}` : null,
    kind: draft.kind ?? 'owned',
    locations,
    users,
    size: users < 20 ? 'small' : users < 100 ? 'medium' : 'large',
    story: draft.story ?? 'steady',
    callsPerUser,
    hasTrunk: random.chance(0.2),
    hasFormulaLikeNames: draft.hasFormulaLikeNames ?? false,
  };
}
