import type { RegionCode } from '@hub/contract/regions';
import { organizationsOf } from './demo-organizations.ts';
import type { DemoOrganization, DemoScenario } from './demo-scenario.ts';
import type { LegEndpoint } from './endpoints.ts';
import { type ReportOf, type Row, rowReport } from './report-lines.ts';
import { type About, deviceRow, locationRow, phoneNumberRow } from './report-rows.ts';
import { type Party, rosterOf, type Site } from './roster.ts';
import { SeededRandom } from './seeded-random.ts';

type RowsOf = (of: About, organization: DemoOrganization, random: SeededRandom) => Row[];

/** What every organization of the region has, as of each day. */
const inventory = (kind: string, rowsOf: RowsOf): ReportOf =>
  rowReport((scenario: DemoScenario, region: RegionCode) => ({
    ofCall: () => [],
    ofDay: (day) =>
      organizationsOf(scenario, region).flatMap((organization) => {
        const { orgUuid } = organization;
        return rowsOf({ orgUuid, day }, organization, new SeededRandom(`${kind}|${scenario.seed}|${orgUuid}`));
      }),
  }));

const userTypes: Record<string, string> = {
  User: 'People',
  Place: 'Workspace',
  VirtualLine: 'Virtual Line',
  HuntGroup: 'Hunt Group',
  AutomatedAttendantVideo: 'Auto Attendant',
  CallCenterStandard: 'Call Queue',
  CallCenterPremium: 'Call Queue',
  VoiceMailRetrieval: 'Voice Portal',
};

const ownersOf = ({ people, huntGroup, attendant, queue, voicePortal }: Site): Party[] =>
  [...people, huntGroup, attendant, queue, voicePortal].filter((party) => party !== undefined);

const inactiveShare = 0.02;

export const phoneNumberReport = inventory('numbers', (of, organization, random) =>
  rosterOf(organization).sites.flatMap((site) =>
    ownersOf(site).map((owner) =>
      phoneNumberRow(of, owner, {
        country: organization.country,
        userType: userTypes[owner.userType] ?? owner.userType,
        isActive: !random.chance(inactiveShare),
        email: '',
      }),
    ),
  ),
);

/** "Cisco 8851", "Cisco Room Kit"; of a device without a model, and of one of another maker, what it says itself. */
const productOf = ({ clientType, model }: LegEndpoint): string =>
  clientType !== 'WXC_DEVICE' || model === 'NA' ? model.replace(/^NA$/, '') : `Cisco ${model.replace(/-3PCC$/, '')}`;

function typeOf({ clientType, model }: LegEndpoint): string {
  if (/^(ATA|DBS)/.test(model)) return 'ata or dect';
  return clientType === 'WXC_DEVICE' && /^[A-Z][a-z]/.test(model) ? 'room device' : 'phone';
}

function statusOf(random: SeededRandom): string {
  const share = random.unit();
  return share < 0.93 ? 'connected' : share < 0.97 ? 'connected with issues' : 'disconnected';
}

const addressOf = (mac: string): string => mac.match(/../g)?.join(':') ?? mac;

export const deviceReport = inventory('devices', (of, organization, random) =>
  rosterOf(organization).sites.flatMap(({ people }) =>
    people.flatMap((owner) => {
      const devices = new Map(owner.endpoints.map((endpoint) => [endpoint.mac, endpoint]));
      devices.delete('');
      return [...devices.values()].map((endpoint) =>
        deviceRow(of, owner, {
          product: productOf(endpoint),
          type: typeOf(endpoint),
          mac: addressOf(endpoint.mac),
          status: statusOf(random),
          firmware: endpoint.clientVersion,
          email: '',
        }),
      );
    }),
  ),
);

const streets = ['Harbour Street', 'Mill Lane', 'Station Road', 'Orchard Avenue', 'Quarry Hill'];
const languages: Record<string, string> = {
  de: 'de_DE',
  fr: 'fr_FR',
  es: 'es_ES',
  nl: 'nl_NL',
  sv: 'sv_SE',
  ko: 'ko_KR',
};

export const locationReport = inventory('locations', (of, organization, random) => {
  const { country, sites } = rosterOf(organization);
  return sites.map(({ facts }) =>
    locationRow(of, facts, {
      address: `${random.between(1, 240)} ${random.pick(streets)}`,
      city: country.cities.find(({ name }) => facts.name.startsWith(name))?.name ?? '',
      state: '',
      postalCode: '',
      country: country.code,
      timeZone: '',
      language: languages[country.language] ?? 'en_US',
    }),
  );
});
