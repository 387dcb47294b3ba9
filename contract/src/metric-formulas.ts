import type { CallingUsageMeasure } from './calling-usage.ts';
import type { MetricKey } from './metrics.ts';

/**
 * How each number of calling is counted, in words, exactly: what it is made of and what it leaves out. Markdown; links lead within docs/metrics.md, which is
 * written from here. The page says it shorter and in three languages. Names in *italics* are columns of the reports.
 */
export const metricFormulas: Record<MetricKey | CallingUsageMeasure, string> = {
  assignedLicenses:
    'Assigned licenses of Webex Calling, calling plans aside: by subscription, product and site the latest license snapshot of the seven days that end with the bucket. Where there is none, and the bucket ended in the last two weeks or is still open, what the subscriptions of the customer have today. Empty where neither is known, and for whoever may not see subscriptions.',
  activeUsers: 'Different users with a person leg in the bucket, made or received, answered or not.',
  activeShare:
    '100 × active users ÷ assigned licenses, over customers of which both the licenses and any call history are known. Empty where no license is assigned.',
  calls:
    'Calls that people made: different pairs of *Correlation ID* and *User UUID* among person legs with *Direction* `ORIGINATING`, answered or not. A leg without a Correlation ID is a call by itself. Left out: received legs, and legs of services. The legs behind the number can be more than the number, since one call may have several.',
  callLegs:
    'Person legs, made and received, answered or not. Between two people of the same customer both halves count.',
  callMinutes:
    'The *Duration* of person legs with *Answered* `true`, summed in seconds, divided by 60 and rounded once per cell, half up. Both sides count: half an hour between two colleagues is 60 minutes. Left out: legs that were not answered, or that do not say, whatever their Duration.',
  videoMinutes:
    'The video duration of media-quality rows, in seconds, divided by 60 and rounded once per cell, half up.',
  minutesPerActiveUser:
    'The seconds under [call minutes](#call-minutes) ÷ 60 ÷ [active users](#active-users). Empty without an active user.',
  highestDailyActiveUsers:
    'The most different users of any one UTC day of the bucket. Of several customers it is the highest day of their sum.',
  averageDailyActiveUsers:
    'The different users of each UTC day of the bucket, added up and divided by the number of its days within the range, also of days without calls: 7 in a whole week.',
  usersNone:
    'Per customer max(0, assigned licenses − active users), added up over the customers of which both are known.',
  usersLight:
    'Users with at least one person leg in the bucket and fewer than regular use begins with. Where regular and heavy use begin, in legs a week, is set by the partner (Settings).',
  usersRegular: 'Users from the number of legs on with which regular use begins, below heavy use.',
  usersHeavy: 'Users from the number of legs on with which heavy use begins.',
  mediaLegs: 'All rows of media quality. Legs without one are in no number of quality.',
  knownLegs: 'Good and poor media rows together: what shares are taken of.',
  goodLegs: 'Media rows that are good by the policy.',
  poorLegs:
    "Rows of the media-quality feed that are poor by the partner's [quality policy](#quality-policies). A row whose measurements do not decide it is unknown, not poor.",
  unknownLegs: 'Media rows that are neither good nor poor, because too little was measured.',
  poorShare: '100 × [poor legs](#poor-legs) ÷ [legs with known quality](#known-legs). Empty where no quality is known.',
  audioLegs: 'Media-quality rows with any measurement of audio: jitter, latency or packet loss.',
  videoLegs: 'Media-quality rows with a video duration above 0.',
  averageJitter:
    'The mean of the audio jitter over the rows that have it. Every row counts alike, however long it lasted.',
  averageLatency:
    'The mean of the audio latency over the rows that have it. Every row counts alike, however long it lasted.',
  averagePacketLoss:
    'The mean of the audio packet loss over the rows that have it. Every row counts alike, however long it lasted.',
  usersAffected:
    'Different users with a poor media row: a *User UUID*, or where the row has none, an e-mail address and a name together.',
  worstEndpointType:
    'The endpoint type with the highest poor share of the customer, of those with a poor row; with equal shares the one with more known legs. The type is read from what the row calls the endpoint and the device, into the same ten types as of call legs.',
  worstLocation:
    'The location with the highest poor share of the customer, of those with a poor row; with equal shares the one with more known legs.',
  autoAttendantCalls:
    'Calls that reached an auto attendant: different *Call ID*s among legs with *User type* `AutomatedAttendantVideo` or `AutomatedAttendant` and *Direction* `TERMINATING`. A leg without a Call ID counts by itself.',
  queueCalls:
    'Calls that reached a call queue: different *Call ID*s among legs with *User type* that begins with `CallCenter` and *Direction* `TERMINATING`. A leg without a Call ID counts by itself. One Call ID that reached two kinds of service is a call of each.',
  huntGroupCalls:
    'Calls that reached a hunt group: different *Call ID*s among legs with *User type* `HuntGroup` and *Direction* `TERMINATING`. A leg without a Call ID counts by itself. Left out: the legs of the agents, which are person legs.',
  forwardedCalls: '*Related reason* begins with `CallForward`.',
  transferredCalls: '*Related reason* `ConsultativeTransfer`.',
  voicemailCalls: '*User type* begins with `VoiceMail`.',
  recordedCalls: '*Related reason* `CallRecording`, or any *Call Recording Result*.',
  pickupCalls: '*Related reason* `CallPickup` or `DirectedCallPickup`.',
  parkedCalls: '*Related reason* `CallPark` or `CallParkRetrieve`.',
  executiveCalls: '*Related reason* begins with `Executive`.',
  bargeInCalls: '*Related reason* `BargeIn`.',
  singleNumberReachCalls:
    '*User type* `BroadworksAnywhere`, or *Related reason* `AnywhereLocation` or `AnywherePortal`.',
  queues: 'Different queues, by location and name, with a row.',
  queueTotalCalls: '*Total Calls*, added up.',
  queueAnswered: '*Answered Calls*, added up.',
  queueAnsweredShare: '100 × answered ÷ queue calls. Empty without a call.',
  queueAbandoned: '*Abandoned Calls*, added up: of callers who hung up, or left a message, before an agent was free.',
  queueAbandonedShare:
    '100 × abandoned ÷ queue calls, over all calls, so that large queues weigh more. Empty without a call.',
  queueAbandonedShareMean:
    'The abandoned share of each customer with queue calls, added up and divided by their number: each customer weighs alike.',
  queueAnswerTime:
    '*Total Wait Time* ÷ (answered + overflowed calls), over the rows that have a wait time. That total also holds the waits of calls that timed out or were transferred, which are not divided by.',
  queueAbandonTime: '*Total Abandoned Time* ÷ abandoned calls, over the rows that have that time.',
  queueOverflowed: '*Calls Overflowed*, added up: calls that found the queue full.',
  queueTimedOut: '*Calls Timed Out*, added up: calls that had waited the longest time allowed.',
  queueTransferred: '*Calls Transferred*, added up: calls that were transferred out of the queue.',
  agentsAssigned:
    'The mean of *Avg No. of Agents Assigned* over the rows of a queue, added up over queues. An agent of two queues is in both. Empty where no row says it.',
  agentsHandling:
    'The mean of *Avg No. of Agents Handling Calls* over the rows of a queue, added up over queues. Empty where no row says it.',
  deskPhoneLegs: 'Person legs of the [endpoint type](#endpoint-types) desk phone.',
  roomDeviceLegs: 'Person legs of the endpoint type room device.',
  otherDeviceLegs:
    'Person legs of the endpoint type third-party device. The three device columns do not add up to the total: apps, Teams, DECT and ATA, gateways and unknown devices are in none of them.',
  queueCallsTimedOut: 'Calls that left a queue because they had waited the longest time allowed.',
  queueCallsOverflowed: 'Calls that found a queue full.',
  queueCallsTransferred: 'Calls that were transferred out of a queue.',
  queueCallsAbandoned: 'Calls whose caller hung up, or left a message, before an agent was free.',
};
