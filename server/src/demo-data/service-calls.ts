import { at, type LegRow } from './call-history-columns.ts';
import { addLeg, type CallDraft, type Line, relateLeg } from './leg-row.ts';
import { directLine, incomingCall, insideLine, person, talkSeconds } from './person-calls.ts';
import { outsideLine, writeCarrier } from './pstn.ts';
import type { Party, Site } from './roster.ts';

/** The leg of a hunt group, attendant or queue: taken by the service itself for as long as it holds the call. */
function addServiceLeg(call: CallDraft, service: Party, from: Line, startMs: number, seconds: number): LegRow {
  const row = addLeg(call, {
    party: service,
    direction: 'TERMINATING',
    startMs,
    ringSeconds: 0,
    talkSeconds: seconds,
    isAnswered: true,
    from,
    to: directLine(service),
    callType: 'SIP_INBOUND',
  });
  writeCarrier(row, call, 'in');
  return row;
}

function distinctPeople(call: CallDraft, site: Site, count: number): Party[] {
  const found = new Set<Party>();
  for (let tries = 0; tries < count * 3 && found.size < count; tries++) found.add(person(call.random, site));
  return [...found];
}

/** The service offers its call to a person. */
function addOffer(
  call: CallDraft,
  agent: Party,
  from: Line,
  offer: { startMs: number; ringSeconds: number; talkSeconds: number; isAnswered: boolean },
  service: LegRow,
  reason: 'HuntGroup' | 'CallQueue',
): LegRow {
  const row = addLeg(call, {
    ...offer,
    party: agent,
    direction: 'TERMINATING',
    from,
    to: insideLine(agent),
    callType: 'SIP_ENTERPRISE',
  });
  relateLeg(row, service, reason);
  row[at.originalReason] = reason;
  row[at.redirectReason] = reason;
  row[at.redirectingNumber] = service[at.userNumber] ?? '';
  row[at.redirectingPartyUuid] = service[at.userUuid] ?? '';
  row[at.originalCalledPartyUuid] = service[at.userUuid] ?? '';
  return row;
}

/** Rings two to four phones at once; who is too slow is marked as answered elsewhere. */
export function huntGroupCall(call: CallDraft, site: Site): void {
  const { random, startMs } = call;
  if (!site.huntGroup) return incomingCall(call, site);
  ringHuntGroup(call, site, site.huntGroup, outsideLine(call, call.roster.country), startMs, random.between(2, 16));
}

function ringHuntGroup(
  call: CallDraft,
  site: Site,
  group: Party,
  from: Line,
  startMs: number,
  ringSeconds: number,
): void {
  const { random } = call;
  const isAnswered = !random.chance(call.failureShare) && random.chance(0.85);
  const seconds = talkSeconds(random);
  const service = addServiceLeg(call, group, from, startMs, isAnswered ? ringSeconds + seconds : 30);
  const agents = distinctPeople(call, site, random.between(2, 4));
  const winner = random.below(agents.length);
  agents.forEach((agent, place) => {
    const wins = isAnswered && place === winner;
    const offer = {
      startMs: startMs + 60 + place * 15,
      ringSeconds: isAnswered ? ringSeconds : 30,
      talkSeconds: seconds,
      isAnswered: wins,
    };
    const row = addOffer(call, agent, from, offer, service, 'HuntGroup');
    if (isAnswered && !wins) row[at.answeredElsewhere] = 'Yes';
  });
}

/** Waits for an agent, is offered to one after the other, or gives up. */
export function queueCall(call: CallDraft, site: Site): void {
  if (!site.queue) return huntGroupCall(call, site);
  waitInQueue(call, site, site.queue, outsideLine(call, call.roster.country), call.startMs);
}

function waitInQueue(call: CallDraft, site: Site, queue: Party, from: Line, startMs: number): void {
  const { random } = call;
  const queueType = queue.userType === 'CallCenterPremium' ? 'Customer Assist' : 'Call Queue';
  const wait = Math.floor(5 + 200 * random.unit() ** 3);
  const isAbandoned = random.chance(call.abandonedShare + call.failureShare);
  const seconds = talkSeconds(random) + 30;
  const service = addServiceLeg(call, queue, from, startMs, isAbandoned ? wait : wait + seconds);
  service[at.queueType] = queueType;
  if (isAbandoned) {
    service[at.releasingParty] = 'Remote';
    return;
  }
  // Each refusal costs eight seconds of ringing before the next agent is tried.
  const agents = distinctPeople(call, site, random.chance(0.75) ? 1 : random.between(2, 3));
  agents.forEach((agent, place) => {
    const takes = place === agents.length - 1;
    const offer = {
      startMs: startMs + wait * 1000 + place * 8500,
      ringSeconds: takes ? random.between(1, 7) : 8,
      talkSeconds: seconds,
      isAnswered: takes,
    };
    const row = addOffer(call, agent, from, offer, service, 'CallQueue');
    row[at.queueType] = queueType;
    if (!takes) {
      row[at.answeredElsewhere] = 'Yes';
      return;
    }
    if (queueType === 'Customer Assist') {
      row[at.callRecordingPlatformName] = 'Webex';
      row[at.callRecordingTrigger] = 'always';
      row[at.callRecordingResult] = random.chance(0.985) ? 'successful' : 'failed';
    }
  });
}

/** The caller listens to a menu and presses a key: on to a person, the hunt group or the queue. */
export function attendantCall(call: CallDraft, site: Site): void {
  const { random, startMs } = call;
  if (!site.attendant) return incomingCall(call, site);
  const from = outsideLine(call, call.roster.country);
  const menuSeconds = random.between(6, 40);
  const service = addServiceLeg(call, site.attendant, from, startMs, menuSeconds);
  if (random.chance(0.14)) return; // hung up in the menu
  const key = random.between(0, 4);
  service[at.autoAttendantKeyPressed] = String(key);
  const nextMs = startMs + menuSeconds * 1000;
  if (key === 1 && site.huntGroup)
    return ringHuntGroup(call, site, site.huntGroup, from, nextMs, random.between(2, 16));
  if (key === 2 && site.queue) return waitInQueue(call, site, site.queue, from, nextMs);
  const called = person(random, site);
  const row = addLeg(call, {
    party: called,
    direction: 'TERMINATING',
    startMs: nextMs,
    ringSeconds: random.between(2, 22),
    talkSeconds: talkSeconds(random),
    isAnswered: random.chance(0.82),
    from,
    to: insideLine(called),
    callType: 'SIP_ENTERPRISE',
  });
  row[at.relatedCallId] = service[at.localCallId] ?? '';
  row[at.redirectingPartyUuid] = site.attendant.uuid;
  row[at.redirectingNumber] = site.attendant.number;
  row[at.redirectReason] = 'Unconditional';
}
