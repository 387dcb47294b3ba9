import { at } from './call-history-columns.ts';
import { addLeg, type CallDraft, type Line, markRedirected, pairLegs, relateLeg, setOutcome } from './leg-row.ts';
import { outsideDestination, outsideLine, writeCarrier } from './pstn.ts';
import { gatewayEndpoint } from './endpoints.ts';
import type { Party, Site } from './roster.ts';
import type { SeededRandom } from './seeded-random.ts';

export const insideLine = (party: Party): Line => ({ number: party.extension, name: party.name });
export const directLine = (party: Party): Line => ({ number: party.number, name: party.name });

/** Most calls are short, a few last an hour: about 150 s in the mean. Multiplication only, so equal on every machine. */
export function talkSeconds(random: SeededRandom): number {
  const u = random.unit();
  const long = random.unit() ** 2;
  return 4 + Math.floor(260 * u * u + 1800 * long ** 4 * u);
}

/** Some people call much, some hardly ever: the first quarter of a site has half of its calls. */
export function person(random: SeededRandom, site: Site): Party {
  const place = Math.floor(site.people.length * random.unit() ** 2);
  return site.people[place] ?? random.pick(site.people);
}

const refusals = ['UserBusy', 'CallRejected', 'TemporarilyUnavailable', 'UserAbsent', 'NoUserResponse', 'SIP480'];
const failures = ['SIP503', 'DestinationOutOfOrder', 'NoRouteToDestination', 'Internal'];

/** The called party does not take it: the voice portal does. */
function divertToVoicemail(
  call: CallDraft,
  site: Site,
  called: Party,
  from: Line,
  startMs: number,
  seconds: number,
): ReturnType<typeof addLeg> {
  const row = addLeg(call, {
    party: site.voicePortal,
    direction: 'TERMINATING',
    startMs,
    ringSeconds: 0,
    talkSeconds: seconds,
    isAnswered: true,
    from,
    to: insideLine(site.voicePortal),
    callType: 'SIP_ENTERPRISE',
  });
  markRedirected(row, called, 'NoAnswer');
  return row;
}

/** Between two users of the customer: a leg on either side, sometimes a third at the voice portal. */
export function internalCall(call: CallDraft, site: Site, calledSite: Site): void {
  const { random, startMs } = call;
  const caller = person(random, site);
  const called = person(random, calledSite);
  if (caller === called) return outgoingCall(call, site); // nobody rings their own phone
  const isFailed = random.chance(call.failureShare);
  const isAnswered = !isFailed && random.chance(0.74);
  const isVoicemail = !isAnswered && !isFailed && random.chance(0.5);
  const ringSeconds = isFailed ? 0 : isAnswered ? random.between(2, 18) : random.between(16, 32);
  const seconds = isVoicemail ? random.between(6, 70) : talkSeconds(random);
  const from = insideLine(caller);
  const to = insideLine(called);
  const common = { from, to, callType: 'SIP_ENTERPRISE', ringSeconds, talkSeconds: seconds };
  const out = addLeg(call, {
    ...common,
    party: caller,
    direction: 'ORIGINATING',
    startMs,
    isAnswered: isAnswered || isVoicemail,
  });
  const calledStartMs = startMs + random.between(30, 240);
  const inward = addLeg(call, {
    ...common,
    party: called,
    direction: 'TERMINATING',
    startMs: calledStartMs,
    isAnswered,
  });
  if (isVoicemail) {
    const taken = divertToVoicemail(call, calledSite, called, from, startMs + ringSeconds * 1000, seconds);
    pairLegs(out, taken);
    relateLeg(taken, inward, 'CallForwardNoAnswer');
    out[at.answerIndicator] = 'Yes-PostRedirection';
    inward[at.remoteCallId] = out[at.localCallId] ?? '';
  } else {
    pairLegs(out, inward);
    if (isFailed) for (const row of [out, inward]) setOutcome(row, 'Failure', random.pick(failures));
    else if (!isAnswered && random.chance(0.3)) for (const row of [out, inward]) setOutcome(row, 'Success', 'UserBusy');
  }
}

/** To the public network: one person leg; behind a trunk now and then a gateway leg too. */
export function outgoingCall(call: CallDraft, site: Site): void {
  const { random, startMs } = call;
  const caller = person(random, site);
  const destination = outsideDestination(call, call.roster.country);
  const isFailed = random.chance(call.failureShare);
  const isAnswered = !isFailed && random.chance(0.8);
  const ringSeconds = isFailed ? 0 : random.between(4, 26);
  const row = addLeg(call, {
    party: caller,
    direction: 'ORIGINATING',
    startMs,
    ringSeconds,
    talkSeconds: talkSeconds(random),
    isAnswered,
    from: directLine(caller),
    to: destination.line,
    callType: destination.callType,
  });
  row[at.internationalCountry] = destination.internationalCountry || (row[at.internationalCountry] ?? '');
  row[at.externalCallerIdNumber] = caller.site.mainNumber;
  writeCarrier(row, call, 'out');
  if (destination.callType === 'SIP_EMERGENCY') {
    row[at.elin] = caller.site.mainNumber;
    row[at.emergencyNumberSource] = 'ECBN';
  }
  if (isFailed) setOutcome(row, 'Failure', random.pick(failures));
  else if (!isAnswered && random.chance(0.4)) setOutcome(row, 'Refusal', random.pick(refusals));
  const { trunkName } = call.roster;
  if (trunkName !== '' && random.chance(0.15)) {
    const gateway: Party = {
      ...site.voicePortal,
      name: trunkName,
      userType: 'LocalGateway',
      endpoints: [gatewayEndpoint, gatewayEndpoint],
    };
    const tandem = addLeg(call, {
      party: gateway,
      direction: 'TERMINATING',
      startMs: startMs + 20,
      ringSeconds,
      talkSeconds: Number(row[at.duration]),
      isAnswered,
      from: directLine(caller),
      to: destination.line,
      callType: destination.callType,
    });
    pairLegs(row, tandem);
  }
}

/** From the public network straight to a person, who takes it, lets it go to voicemail, has it forwarded, or misses it. */
export function incomingCall(call: CallDraft, site: Site): void {
  const { random, startMs } = call;
  const called = person(random, site);
  const from = outsideLine(call, call.roster.country);
  const isFailed = random.chance(call.failureShare);
  const isAnswered = !isFailed && random.chance(0.72);
  const ringSeconds = isFailed ? 0 : isAnswered ? random.between(2, 20) : random.between(18, 34);
  const seconds = talkSeconds(random);
  const row = addLeg(call, {
    party: called,
    direction: 'TERMINATING',
    startMs,
    ringSeconds,
    talkSeconds: seconds,
    isAnswered,
    from,
    to: directLine(called),
    callType: 'SIP_INBOUND',
  });
  writeCarrier(row, call, 'in');
  if (isFailed) return setOutcome(row, 'Failure', random.pick(failures));
  if (isAnswered) return;
  if (random.chance(0.12)) {
    const mobile = outsideLine(call, call.roster.country);
    const forwarded = addLeg(call, {
      party: called,
      direction: 'ORIGINATING',
      startMs: startMs + ringSeconds * 1000,
      ringSeconds: 6,
      talkSeconds: seconds,
      isAnswered: true,
      from,
      to: { number: mobile.number, name: '' },
      callType: 'SIP_MOBILE',
    });
    relateLeg(forwarded, row, 'CallForwardNoAnswer');
    markRedirected(forwarded, called, 'NoAnswer');
    writeCarrier(forwarded, call, 'out');
    row[at.answerIndicator] = 'Yes-PostRedirection';
  } else if (random.chance(0.55)) {
    relateLeg(
      divertToVoicemail(call, site, called, from, startMs + ringSeconds * 1000, random.between(6, 80)),
      row,
      'CallForwardNoAnswer',
    );
  } else if (random.chance(0.25)) {
    setOutcome(row, 'Refusal', random.pick(refusals));
  }
}

/** Somebody outside speaks with a person, who consults a colleague and hands the call over. */
export function transferredCall(call: CallDraft, site: Site, targetSite: Site): void {
  const { random, startMs } = call;
  const first = person(random, site);
  const second = person(random, targetSite);
  if (first === second) return incomingCall(call, site);
  const from = outsideLine(call, call.roster.country);
  const before = random.between(20, 180);
  const consult = random.between(8, 60);
  const after = talkSeconds(random);
  const ringSeconds = random.between(3, 14);
  const consultMs = startMs + (ringSeconds + before) * 1000;
  const transferMs = consultMs + (consult + 3) * 1000;
  const taken = addLeg(call, {
    party: first,
    direction: 'TERMINATING',
    startMs,
    ringSeconds,
    talkSeconds: before + consult + 3,
    isAnswered: true,
    from,
    to: directLine(first),
    callType: 'SIP_INBOUND',
  });
  writeCarrier(taken, call, 'in');
  const line = {
    from: insideLine(first),
    to: insideLine(second),
    callType: 'SIP_ENTERPRISE',
    ringSeconds: 3,
    isAnswered: true,
  };
  const asked = addLeg(call, {
    ...line,
    party: first,
    direction: 'ORIGINATING',
    startMs: consultMs,
    talkSeconds: consult,
  });
  const given = addLeg(call, {
    ...line,
    party: second,
    direction: 'TERMINATING',
    startMs: consultMs + 90,
    talkSeconds: consult + after,
  });
  pairLegs(asked, given);
  const instant = new Date(transferMs).toISOString();
  for (const row of [taken, asked]) {
    row[at.callTransferTime] = instant;
    row[at.relatedReason] = 'ConsultativeTransfer';
  }
  taken[at.transferRelatedCallId] = asked[at.localCallId] ?? '';
  asked[at.transferRelatedCallId] = taken[at.localCallId] ?? '';
}
