import { at, callHistoryHeader, type LegRow } from './call-history-columns.ts';
import { instantText, spacedInstantText } from './instants.ts';
import type { Party, Roster, SiteFacts } from './roster.ts';
import type { SeededRandom } from './seeded-random.ts';

/** One call while it is made up: what its legs have in common, and the legs so far. */
export interface CallDraft {
  random: SeededRandom;
  roster: Roster;
  /** "Site timezone" by site on that day. */
  timezones: ReadonlyMap<SiteFacts, string>;
  startMs: number;
  correlationId: string;
  interactionId: string;
  /** Share of the calls that fail: a customer's bad week. */
  failureShare: number;
  /** Share of the queue calls whose callers give up. */
  abandonedShare: number;
  rows: LegRow[];
}

/** A number and the name shown with it. */
export interface Line {
  number: string;
  name: string;
}

export interface LegDraft {
  party: Party;
  direction: 'ORIGINATING' | 'TERMINATING';
  startMs: number;
  ringSeconds: number;
  /** Ignored when not answered. */
  talkSeconds: number;
  isAnswered: boolean;
  from: Line;
  to: Line;
  callType: string;
}

// Real files say "nothing" both ways, empty and NA, changing from row to row in these columns.
const naPlaces: readonly number[] = [
  at.inboundTrunk,
  at.outboundTrunk,
  at.routeGroup,
  at.internationalCountry,
  at.originalReason,
  at.relatedReason,
  at.redirectReason,
  at.departmentId,
  at.authorizationCode,
  at.deviceOwnerUuid,
  at.recallType,
  at.autoAttendantKeyPressed,
  at.queueType,
  at.answeredElsewhere,
  at.elin,
  at.emergencyNumberSource,
  at.callRecordingPlatformName,
  at.callRecordingResult,
  at.callRecordingTrigger,
];
const emptyRow: LegRow = callHistoryHeader.map((_, place) => (place === at.wxccConsultMergeStatus ? 'NA' : ''));
const naRow: LegRow = emptyRow.map((text, place) => (naPlaces.includes(place) ? 'NA' : text));
const naWithoutDevice: LegRow = naRow.map((text, place) =>
  place === at.deviceMac || place === at.model ? 'NA' : text,
);

const hour = 3_600_000;

/** Minutes after the release; 1 in 70 comes hours late, 1 in 2,000 more than a day (records are delivered up to T+1). */
function reportDelay(random: SeededRandom): number {
  const share = random.unit();
  if (share < 0.0005) return 26 * hour + random.below(9 * hour);
  return share < 0.014 ? hour + random.below(9 * hour) : 70_000 + random.below(840_000);
}

function writeParty(row: LegRow, call: CallDraft, party: Party): void {
  row[at.user] = party.name;
  row[at.userType] = party.userType;
  row[at.userUuid] = party.uuid;
  row[at.userNumber] = party.number;
  row[at.location] = party.site.name;
  row[at.siteUuid] = party.site.uuid;
  row[at.siteMainNumber] = party.site.mainNumber;
  row[at.siteTimezone] = call.timezones.get(party.site) ?? '0';
  const endpoint = party.endpoints[call.random.chance(0.75) ? 0 : 1];
  row[at.clientType] = endpoint.clientType;
  row[at.clientVersion] = endpoint.clientVersion;
  row[at.subClientType] = endpoint.subClientType;
  row[at.osType] = endpoint.osType;
  if (endpoint.mac !== '') row[at.deviceMac] = endpoint.mac;
  if (endpoint.model !== '') row[at.model] = endpoint.model;
}

function writeIds(row: LegRow, call: CallDraft): void {
  const { random } = call;
  row[at.correlationId] = call.correlationId;
  row[at.interactionId] = call.interactionId;
  row[at.orgUuid] = call.roster.organization.orgUuid;
  row[at.reportId] = random.uuid();
  row[at.localCallId] = `${random.decimal8()}:0`;
  row[at.remoteCallId] = `${random.decimal8()}:0`;
  row[at.callId] = `SSE${random.decimal8()}${random.decimal8()}@10.21.0.192`;
  row[at.networkCallId] = `BW${random.decimal8()}${random.decimal8()}@10.21.0.192`;
  const local = random.sessionId();
  const remote = random.sessionId();
  row[at.localSessionId] = local;
  row[at.remoteSessionId] = remote;
  row[at.finalLocalSessionId] = local;
  row[at.finalRemoteSessionId] = remote;
}

function writeTimes(row: LegRow, random: SeededRandom, leg: LegDraft): void {
  const answerMs = leg.startMs + leg.ringSeconds * 1000 + random.below(400);
  // Duration is the whole seconds between answer and release.
  const releaseMs = leg.isAnswered ? answerMs + leg.talkSeconds * 1000 + random.below(1000) : answerMs;
  row[at.startTime] = instantText(leg.startMs);
  row[at.answerTime] = leg.isAnswered ? instantText(answerMs) : '';
  row[at.releaseTime] = random.chance(0.015) ? spacedInstantText(releaseMs) : instantText(releaseMs);
  row[at.reportTime] = instantText(releaseMs + reportDelay(random));
  row[at.duration] = leg.isAnswered ? String(leg.talkSeconds) : '0';
  row[at.ringDuration] = String(leg.ringSeconds);
  row[at.holdDuration] =
    leg.isAnswered && leg.talkSeconds > 60 && random.chance(0.12) ? String(random.between(5, 55)) : '0';
}

/** Adds a leg to the call and returns its row, for the shape of the call to fill in what is particular to it. */
export function addLeg(call: CallDraft, leg: LegDraft): LegRow {
  const { random } = call;
  const share = random.unit();
  const row = (share < 0.35 ? naRow : share < 0.5 ? naWithoutDevice : emptyRow).slice();
  writeParty(row, call, leg.party);
  writeIds(row, call);
  writeTimes(row, random, leg);
  row[at.direction] = leg.direction;
  row[at.callType] = leg.callType;
  row[at.answered] = leg.isAnswered ? 'TRUE' : 'FALSE';
  row[at.answerIndicator] = leg.isAnswered ? 'Yes' : 'No';
  row[at.callOutcome] = 'Success';
  row[at.callOutcomeReason] = leg.isAnswered ? 'Normal' : 'NoAnswer';
  row[at.callingNumber] = leg.from.number;
  row[at.callerIdNumber] = leg.from.number;
  row[at.callingLineId] = leg.from.name;
  row[at.calledNumber] = leg.to.number;
  row[at.calledLineId] = leg.to.name;
  row[at.releasingParty] = random.chance(0.55) ? 'Local' : random.chance(0.97) ? 'Remote' : 'Unknown';
  if (leg.direction === 'ORIGINATING') row[at.dialedDigits] = leg.to.number;
  call.rows.push(row);
  return row;
}

const textAt = (row: LegRow, place: number): string => row[place] ?? '';

/** Both ends of one connection: each one's local ids are the other one's remote ids. */
export function pairLegs(one: LegRow, other: LegRow): void {
  one[at.remoteCallId] = textAt(other, at.localCallId);
  other[at.remoteCallId] = textAt(one, at.localCallId);
  one[at.remoteSessionId] = textAt(other, at.localSessionId);
  other[at.remoteSessionId] = textAt(one, at.localSessionId);
  one[at.finalRemoteSessionId] = textAt(other, at.finalLocalSessionId);
  other[at.finalRemoteSessionId] = textAt(one, at.finalLocalSessionId);
}

/** `spawned` exists because a service or a redirection of `cause` made it. */
export function relateLeg(spawned: LegRow, cause: LegRow, reason: string): void {
  spawned[at.relatedCallId] = textAt(cause, at.localCallId);
  spawned[at.relatedReason] = reason;
}

/** `row` was reached over `by`, which had the call before. */
export function markRedirected(row: LegRow, by: Party, reason: string): void {
  row[at.redirectingNumber] = by.extension;
  row[at.redirectingPartyUuid] = by.uuid;
  row[at.originalCalledPartyUuid] = by.uuid;
  row[at.originalReason] = reason;
  row[at.redirectReason] = reason;
}

export function setOutcome(row: LegRow, outcome: 'Success' | 'Refusal' | 'Failure', reason: string): void {
  row[at.callOutcome] = outcome;
  row[at.callOutcomeReason] = reason;
}
