import type { DemoLocation, DemoOrganization } from './demo-scenario.ts';
import { type LegEndpoint, noEndpoint, personEndpoints, placeEndpoints } from './endpoints.ts';
import { formulaLikeNames, personName } from './person-names.ts';
import { type Country, countryOf, type NameLanguage } from './places.ts';
import { SeededRandom } from './seeded-random.ts';

/** A person, workspace, virtual line or service: whatever a call leg can belong to. */
export interface Party {
  name: string;
  uuid: string;
  userType: string;
  extension: string;
  /** E.164, or the extension of who has no number of their own. */
  number: string;
  site: SiteFacts;
  /** Main and second app or device. */
  endpoints: readonly [LegEndpoint, LegEndpoint];
}

export interface SiteFacts {
  name: string;
  uuid: string;
  mainNumber: string;
}

export interface Site {
  facts: SiteFacts;
  location: DemoLocation;
  people: readonly Party[];
  huntGroup: Party | undefined;
  attendant: Party | undefined;
  queue: Party | undefined;
  voicePortal: Party;
}

export interface Roster {
  organization: DemoOrganization;
  country: Country;
  sites: readonly Site[];
  /** Owner of the trunk's legs, where calls pass through a premises gateway. */
  trunkName: string;
}

// Service words where the country's people write another script.
const serviceNames: Partial<Record<NameLanguage, readonly [huntGroup: string, attendant: string, queue: string]>> = {
  bg: ['Търговски отдел', 'Главно меню', 'Обслужване на клиенти'],
  ko: ['영업팀', '대표 안내', '고객 상담'],
};
const englishServices: readonly [string, string, string] = ['Sales Hunt Group', 'Main Menu', 'Customer Service'];
const placeNames = ['Lobby', 'Boardroom', 'Huddle 2', 'Reception', 'Workshop', 'Meeting Room 5'];

const digitsOf = (n: number, length: number): string => String(n).padStart(length, '0');

function makeSite(
  random: SeededRandom,
  organization: DemoOrganization,
  country: Country,
  location: DemoLocation,
): Site {
  const people: Party[] = [];
  const range = 10 ** location.numberDigits;
  const firstNumber = random.below(range);
  const numberAt = (place: number): string =>
    location.numberPrefix + digitsOf((firstNumber + place) % range, location.numberDigits);
  const isContactCenter = organization.story === 'contact-center';
  const facts: SiteFacts = { name: location.name, uuid: location.siteUuid, mainNumber: numberAt(0) };
  const party = (
    userType: string,
    name: string,
    extension: string,
    number: string,
    endpoints: Party['endpoints'],
  ): Party => ({
    name,
    uuid: random.uuid(),
    userType,
    extension,
    number,
    site: facts,
    endpoints,
  });
  const service = (isThere: boolean, userType: string, name: string, extension: string): Party | undefined =>
    isThere
      ? party(
          userType,
          name,
          extension,
          location.numberPrefix + extension.slice(1).padStart(location.numberDigits, '0').slice(-location.numberDigits),
          [noEndpoint, noEndpoint],
        )
      : undefined;

  for (let i = 0; i < location.users; i++) {
    const extension = String(2001 + i);
    const number = i + 5 < range ? numberAt(i + 5) : extension;
    const formulaLike = organization.hasFormulaLikeNames ? formulaLikeNames[i] : undefined;
    // The first three are people in any case; of the others every 13th is a workspace and every 29th a virtual line.
    if (i > 2 && i % 13 === 3) {
      people.push(
        party('Place', `${random.pick(placeNames)} ${location.name}`, extension, number, placeEndpoints(random)),
      );
    } else if (i > 2 && i % 29 === 8) {
      people.push(
        party(
          'VirtualLine',
          `${personName(random, country.language)} (line 2)`,
          extension,
          number,
          personEndpoints(random),
        ),
      );
    } else {
      people.push(
        party('User', formulaLike ?? personName(random, country.language), extension, number, personEndpoints(random)),
      );
    }
  }
  const [huntName, attendantName, queueName] = serviceNames[country.language] ?? englishServices;
  const queueType = isContactCenter ? 'CallCenterPremium' : 'CallCenterStandard';
  const isMid = location.users >= 5;
  const hasAllServices = isMid && organization.hasAllServices === true;
  return {
    facts,
    location,
    people,
    huntGroup: service((isMid && random.chance(0.6)) || hasAllServices, 'HuntGroup', huntName, '8010'),
    attendant: service(
      (isMid && random.chance(0.6)) || hasAllServices,
      'AutomatedAttendantVideo',
      attendantName,
      '8000',
    ),
    queue: service(isContactCenter || (isMid && random.chance(0.25)), queueType, queueName, '8020'),
    voicePortal: party('VoiceMailRetrieval', 'Voice Portal', '8999', numberAt(1), [noEndpoint, noEndpoint]),
  };
}

const rosters = new WeakMap<DemoOrganization, Roster>();

/** People and services of an organization: a function of its Org UUID, so the same on every day. Kept while the scenario lives. */
export function rosterOf(organization: DemoOrganization): Roster {
  const known = rosters.get(organization);
  if (known) return known;
  const random = new SeededRandom(`roster|${organization.orgUuid}`);
  const country = countryOf(organization.country);
  const sites = organization.locations.map((location) => makeSite(random, organization, country, location));
  const roster: Roster = {
    organization,
    country,
    sites,
    trunkName: organization.hasTrunk ? `LGW-${random.between(10, 99)}` : '',
  };
  rosters.set(organization, roster);
  return roster;
}
