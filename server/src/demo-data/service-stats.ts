import { at, type LegRow } from './call-history-columns.ts';
import type { DemoOrganization } from './demo-scenario.ts';
import { reportingOrganizations } from './demo-organizations.ts';
import { type ReportMaker, type ReportOf, type Row, rowReport } from './report-lines.ts';
import {
  type AgentFigures,
  type About,
  type AttendantFigures,
  autoAttendantRow,
  callQueueRow,
  type HuntGroupFigures,
  huntGroupRow,
  queueAgentRow,
  type QueueFigures,
} from './report-rows.ts';
import { type Party, rosterOf, type Site } from './roster.ts';

/** A service of a location whose statistics somebody brings. */
interface Service {
  orgUuid: string;
  party: Party;
  site: Site;
}

/** A call as a service had it: its own leg, and the phones that it rang. */
interface ServiceCall {
  leg: LegRow;
  offers: LegRow[];
  /** All legs of the call. */
  legs: readonly LegRow[];
}

const personTypes = ['User', 'Place', 'VirtualLine'];

const numberAt = (leg: LegRow, place: number): number => Number(leg[place] ?? '0');
const isAnswered = (leg: LegRow): boolean => leg[at.answered] === 'TRUE';
const holdOf = (leg: LegRow): number => numberAt(leg, at.holdDuration);
const talkOf = (leg: LegRow): number => numberAt(leg, at.duration) - holdOf(leg);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
const namesOf = (legs: readonly LegRow[]): Set<string> => new Set(legs.map((leg) => leg[at.user] ?? ''));

const takenBy = ({ offers }: ServiceCall): LegRow | undefined => offers.find(isAnswered);

const takenOf = (calls: readonly ServiceCall[]): LegRow[] => calls.map(takenBy).filter((leg) => leg !== undefined);

/** From the call's arrival at the service until somebody takes it, in whole seconds; 0 where nobody does. */
function waitOf(call: ServiceCall): number {
  const taken = takenBy(call);
  if (taken === undefined) return 0;
  return Math.round((Date.parse(taken[at.answerTime] ?? '') - Date.parse(call.leg[at.startTime] ?? '')) / 1000);
}

/** Rows of the services of one kind, a day each; a service without calls is not in the report. */
const statistics = (partyOf: PartyOf, rowsOf: RowsOf): ReportOf =>
  rowReport((scenario, region) => statisticsMaker(reportingOrganizations(scenario, region), partyOf, rowsOf));

type PartyOf = (site: Site) => Party | undefined;
type RowsOf = (of: About, service: Service, calls: readonly ServiceCall[]) => Row[];

function statisticsMaker(
  organizations: ReadonlyMap<string, DemoOrganization>,
  partyOf: PartyOf,
  rowsOf: RowsOf,
): ReportMaker {
  const services = new Map<string, Service>();
  for (const [orgUuid, organization] of organizations)
    for (const site of rosterOf(organization).sites) {
      const party = partyOf(site);
      if (party !== undefined) services.set(party.uuid, { orgUuid, party, site });
    }
  const today = new Map<string, { service: Service; calls: ServiceCall[] }>();
  return {
    ofCall(legs) {
      for (const leg of legs) {
        const uuid = leg[at.userUuid] ?? '';
        const service = services.get(uuid);
        if (service === undefined) continue;
        const offers = legs.filter((other) => other !== leg && other[at.relatedCallId] === leg[at.localCallId]);
        const tally = today.get(uuid) ?? { service, calls: [] };
        today.set(uuid, tally);
        tally.calls.push({ leg, offers, legs });
      }
      return [];
    },
    ofDay(day) {
      const rows = [...today.values()].flatMap(({ service, calls }) =>
        rowsOf({ orgUuid: service.orgUuid, day }, service, calls),
      );
      today.clear();
      return rows;
    },
  };
}

type Outcome = 'answered' | 'abandoned' | 'overflowed' | 'timedOut' | 'transferred';

const longestWait = 150; // seconds that a caller may wait

/** The legs tell that nobody took a call, not why: of these some found the queue full and some were passed on, by a digit of the call's id. */
function outcomeOf(call: ServiceCall): Outcome {
  if (takenBy(call) !== undefined) return 'answered';
  const digits = Number((call.leg[at.localCallId] ?? '').slice(6, 8));
  if (digits < 6) return 'overflowed';
  if (digits < 10) return 'transferred';
  return numberAt(call.leg, at.duration) >= longestWait ? 'timedOut' : 'abandoned';
}

function queueFigures({ site }: Service, calls: readonly ServiceCall[]): QueueFigures {
  const byOutcome = Object.groupBy(calls, outcomeOf);
  const count = (outcome: Outcome): number => byOutcome[outcome]?.length ?? 0;
  const unansweredSeconds = (outcome: Outcome): number =>
    sum((byOutcome[outcome] ?? []).map(({ leg }) => numberAt(leg, at.duration)));
  const taken = takenOf(calls);
  const presented = namesOf(calls.flatMap(({ offers }) => offers));
  return {
    answered: count('answered'),
    abandoned: count('abandoned'),
    overflowed: count('overflowed'),
    timedOut: count('timedOut'),
    transferred: count('transferred'),
    talkSeconds: sum(taken.map(talkOf)),
    holdSeconds: sum(taken.map(holdOf)),
    waitSeconds: sum(calls.map(waitOf)) + unansweredSeconds('timedOut') + unansweredSeconds('transferred'),
    abandonedSeconds: unansweredSeconds('abandoned'),
    agentsAssigned: Math.max(presented.size, Math.min(24, Math.ceil(site.people.length / 3))),
    agentsHandling: namesOf(taken).size,
  };
}

export const callQueueReport = statistics(
  ({ queue }) => queue,
  (of, service, calls) => [callQueueRow(of, service.party, queueFigures(service, calls))],
);

function agentFigures(offers: readonly LegRow[]): AgentFigures {
  const taken = offers.filter(isAnswered);
  return {
    answered: taken.length,
    bounced: offers.length - taken.length,
    talkSeconds: sum(taken.map(talkOf)),
    holdSeconds: sum(taken.map(holdOf)),
  };
}

/** The report knows agents by name: two of a name in one location are one. */
export const queueAgentReport = statistics(
  ({ queue }) => queue,
  (of, { party }, calls) => {
    const byAgent = Map.groupBy(
      calls.flatMap(({ offers }) => offers),
      (offer) => offer[at.user] ?? '',
    );
    return [...byAgent].map(([agent, offers]) => queueAgentRow(of, agent, party, agentFigures(offers)));
  },
);

/** Answered: somebody spoke with the caller behind the menu. */
function attendantFigures(calls: readonly ServiceCall[]): AttendantFigures {
  const reached = calls.map(({ leg, legs }) =>
    legs.find((other) => isAnswered(other) && personTypes.includes(other[at.userType] ?? '') && other !== leg),
  );
  const answered = reached.filter((leg) => leg !== undefined);
  const menuSeconds = sum(calls.map(({ leg }) => numberAt(leg, at.duration)));
  return {
    answered: answered.length,
    unanswered: calls.length - answered.length,
    busy: 0,
    totalSeconds: menuSeconds + sum(answered.map((leg) => numberAt(leg, at.duration))),
    menuSeconds,
  };
}

export const autoAttendantReport = statistics(
  ({ attendant }) => attendant,
  (of, { party }, calls) => [autoAttendantRow(of, party, attendantFigures(calls))],
);

function huntGroupFigures(calls: readonly ServiceCall[]): HuntGroupFigures {
  const abandoned = calls.filter((call) => takenBy(call) === undefined);
  const taken = takenOf(calls);
  return {
    answered: taken.length,
    abandoned: abandoned.length,
    talkSeconds: sum(taken.map(talkOf)),
    holdSeconds: sum(taken.map(holdOf)),
    waitSeconds: sum(calls.map(waitOf)),
    abandonedSeconds: sum(abandoned.map(({ leg }) => numberAt(leg, at.duration))),
    agentsHandling: namesOf(taken).size,
  };
}

export const huntGroupReport = statistics(
  ({ huntGroup }) => huntGroup,
  (of, { party }, calls) => [huntGroupRow(of, party, huntGroupFigures(calls))],
);
