import type { RegionCode } from '@hub/contract/regions';
import { at, type LegRow } from './call-history-columns.ts';
import type { DemoOrganization, DemoScenario } from './demo-scenario.ts';
import { reportingOrganizations } from './demo-organizations.ts';
import { dayNumber } from './instants.ts';
import { type ReportMaker, type Row, rowReport } from './report-lines.ts';
import { SeededRandom } from './seeded-random.ts';
import { isOutageOn, troubleOf } from './troubles.ts';

type EndpointKind = 'desktop' | 'mobile' | 'teams' | 'browser' | 'phone' | 'room' | 'third-party' | 'unknown';

interface Habits {
  /** Shares of its legs on an ordinary day: poor, without one of the measurements, with video when colleagues talk. */
  poor: number;
  missing: number;
  video: number;
}

const habitsOf: Record<EndpointKind, Habits> = {
  desktop: { poor: 0.022, missing: 0.02, video: 0.2 },
  mobile: { poor: 0.06, missing: 0.03, video: 0.07 },
  teams: { poor: 0.025, missing: 0.08, video: 0 },
  browser: { poor: 0.055, missing: 0.04, video: 0.12 },
  phone: { poor: 0.01, missing: 0.015, video: 0 },
  room: { poor: 0.013, missing: 0.01, video: 0.5 },
  'third-party': { poor: 0.03, missing: 0.5, video: 0 },
  unknown: { poor: 0.03, missing: 0.3, video: 0 },
};

/** Of the legs with media the endpoint tells about so many. */
const reportedShare = 0.92;
const outagePoorShare = 0.42;
const weakSiteFactor = 5;
const mostPoorShare = 0.5;

const textAt = (leg: LegRow, place: number): string => leg[place] ?? '';

/** Undefined: ATA and DECT, gateways and the mobile network measure nothing. */
function endpointKindOf(leg: LegRow): EndpointKind | undefined {
  const [client, model, system] = [at.clientType, at.model, at.osType].map((place) => textAt(leg, place)) as [
    string,
    string,
    string,
  ];
  if (client === 'WXC_SIP_GW' || /^(ATA|DBS)/.test(model) || textAt(leg, at.subClientType) === 'MOBILE_NETWORK')
    return undefined;
  if (client === 'TEAMS_WXC_CLIENT') return 'teams';
  if (client === 'WXC_CLIENT')
    return /ios|android/i.test(system) ? 'mobile' : system === 'Chrome' ? 'browser' : 'desktop';
  if (client !== 'WXC_DEVICE') return 'third-party';
  if (model === '' || model === 'NA') return 'unknown';
  return /^\d/.test(model) ? 'phone' : 'room';
}

const personTypes = ['User', 'Place', 'VirtualLine'];

/** Whether somebody spoke. */
const hasMedia = (leg: LegRow): boolean =>
  leg[at.answered] === 'TRUE' && leg[at.duration] !== '0' && personTypes.includes(textAt(leg, at.userType));

type Measurements = readonly [jitter: string, packetLoss: string, latency: string];

const tenths = (random: SeededRandom, from: number, to: number): string =>
  (random.between(from * 10, to * 10) / 10).toFixed(1);

/** Of a good stream all three are far below 150 ms, 5 % and 400 ms; of a poor one mostly one is over. */
function measure(random: SeededRandom, isPoor: boolean): [string, string, string] {
  const measured: [string, string, string] = [
    tenths(random, 1, 28),
    (random.unit() ** 3 * 1.8).toFixed(2),
    String(random.between(18, 165)),
  ];
  if (!isPoor) return measured;
  const share = random.unit();
  if (share < 0.55 || share > 0.9) measured[1] = tenths(random, 5, 19);
  if ((share >= 0.35 && share < 0.75) || share > 0.96) measured[0] = tenths(random, 150, 330);
  if (share >= 0.7) measured[2] = String(random.between(400, 980));
  return measured;
}

/** Some endpoints leave something out, a few everything. */
function leaveOut(random: SeededRandom, measured: [string, string, string], missing: number): Measurements {
  const share = random.unit();
  if (share < missing * 0.1) return ['', '', ''];
  if (share < missing) measured[random.pick([0, 2, 2])] = 'NA';
  return measured;
}

const nothing: Measurements = ['', '', ''];

const audioCodecs = ['opus', 'opus', 'opus', 'G.722', 'PCMU'];
const networks: Record<EndpointKind, readonly string[]> = {
  desktop: ['WiFi', 'WiFi', 'Ethernet'],
  mobile: ['WiFi', 'Cellular'],
  teams: ['WiFi', 'Ethernet'],
  browser: ['WiFi'],
  phone: ['Ethernet'],
  room: ['Ethernet'],
  'third-party': ['Ethernet'],
  unknown: ['Ethernet'],
};

interface Conditions {
  random: SeededRandom;
  /** Share of poor legs of a kind of endpoint in a location. */
  poorShare: (kind: EndpointKind, siteUuid: string) => number;
}

function conditionsOf(scenario: DemoScenario, organization: DemoOrganization, day: string): Conditions {
  const { orgUuid, locations } = organization;
  const usual = 0.6 + 0.8 * new SeededRandom(`media|${scenario.seed}|${orgUuid}`).unit();
  const weakSite = troubleOf(organization) === 'weak-site' ? locations[1]?.siteUuid : undefined;
  const isOutage = isOutageOn(organization, dayNumber(day), scenario.madeOn);
  return {
    random: new SeededRandom(`media|${scenario.seed}|${scenario.name}|${orgUuid}|${day}`),
    poorShare: (kind, siteUuid) =>
      isOutage
        ? outagePoorShare
        : Math.min(mostPoorShare, habitsOf[kind].poor * usual * (siteUuid === weakSite ? weakSiteFactor : 1)),
  };
}

function mediaRow(leg: LegRow, kind: EndpointKind, { random, poorShare }: Conditions): Row {
  const isPoor = random.chance(poorShare(kind, textAt(leg, at.siteUuid)));
  const { missing, video } = habitsOf[kind];
  const audio = leaveOut(random, measure(random, isPoor), missing);
  const seconds = Number(leg[at.duration]);
  const hasVideo = random.chance(video) && leg[at.callType] === 'SIP_ENTERPRISE';
  const videoSeconds = hasVideo ? Math.max(1, Math.floor(seconds * (0.6 + 0.4 * random.unit()))) : 0;
  const seen = hasVideo ? leaveOut(random, measure(random, isPoor && random.chance(0.6)), missing) : nothing;
  return {
    'Org UUID': textAt(leg, at.orgUuid),
    'Start time': textAt(leg, at.startTime),
    Location: textAt(leg, at.location),
    User: textAt(leg, at.user),
    'User UUID': textAt(leg, at.userUuid),
    'Call ID': textAt(leg, at.callId),
    'Correlation ID': textAt(leg, at.correlationId),
    'Caller indicator': leg[at.direction] === 'ORIGINATING' ? 'Caller' : 'Callee',
    'Call type': textAt(leg, at.callType),
    'Call duration': seconds,
    'Video duration': videoSeconds,
    Endpoint: textAt(leg, at.clientType),
    // An app is known by the system that it runs on.
    Device: kind === 'unknown' ? '' : textAt(leg, at.model).replace(/^NA$/, '') || textAt(leg, at.osType),
    'Device MAC': textAt(leg, at.deviceMac),
    'UA version': textAt(leg, at.clientVersion),
    Network: random.pick(networks[kind]),
    'Audio codec': random.pick(audioCodecs),
    'Audio jitter': audio[0],
    'Audio packet loss': audio[1],
    'Audio latency': audio[2],
    'Video codec': hasVideo ? 'H.264' : '',
    'Video jitter': seen[0],
    'Video packet loss': seen[1],
    'Video latency': seen[2],
  };
}

/** What the endpoints measured: a row for most answered legs of people, workspaces and virtual lines, under the leg's own ids. */
function mediaQualityMaker(scenario: DemoScenario, region: RegionCode): ReportMaker {
  const organizations = reportingOrganizations(scenario, region);
  let known = '';
  let conditions: Conditions | undefined;
  const conditionsFor = (leg: LegRow): Conditions | undefined => {
    const [orgUuid, day] = [textAt(leg, at.orgUuid), textAt(leg, at.startTime).slice(0, 10)];
    if (known === orgUuid + day) return conditions; // the calls of an organization's day follow each other
    known = orgUuid + day;
    const organization = organizations.get(orgUuid);
    conditions = organization && conditionsOf(scenario, organization, day);
    return conditions;
  };
  return {
    ofCall: (legs) =>
      legs.flatMap((leg) => {
        const kind = hasMedia(leg) ? endpointKindOf(leg) : undefined;
        const current = kind && conditionsFor(leg);
        return kind && current?.random.chance(reportedShare) === true ? [mediaRow(leg, kind, current)] : [];
      }),
    ofDay: () => [],
  };
}

export const mediaQualityReport = rowReport(mediaQualityMaker);
