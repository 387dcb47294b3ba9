import type { Rollup } from './rollup.ts';

const reasonIs = (...reasons: string[]): string =>
  `related_reason IN (${reasons.map((reason) => `'${reason}'`).join(', ')})`;

/** Which legs a feature is told by (DOMAIN 6.4). A call that used several counts once in each. */
export const featureLegs = {
  autoAttendantCalls: 'bitAnd(counted_as, 128) != 0',
  queueCalls: 'bitAnd(counted_as, 256) != 0',
  huntGroupCalls: 'bitAnd(counted_as, 64) != 0',
  forwardedCalls: "startsWith(related_reason, 'CallForward')",
  transferredCalls: reasonIs('ConsultativeTransfer'),
  voicemailCalls: "startsWith(user_type, 'VoiceMail')",
  recordedCalls: "related_reason = 'CallRecording' OR call_recording_result NOT IN ('', 'NA', 'na')",
  pickupCalls: reasonIs('CallPickup', 'DirectedCallPickup'),
  parkedCalls: reasonIs('CallPark', 'CallParkRetrieve'),
  executiveCalls: "startsWith(related_reason, 'Executive')",
  bargeInCalls: reasonIs('BargeIn'),
  singleNumberReachCalls: `user_type = 'BroadworksAnywhere' OR ${reasonIs('AnywhereLocation', 'AnywherePortal')}`,
};

export type FeaturePart = keyof typeof featureLegs;
export const featureParts = Object.keys(featureLegs) as FeaturePart[];

const isQueueLeg = "startsWith(user_type, 'CallCenter')";
/** By name, the bit of a call in the rollup: in another order they are another definition. */
const bits = [...featureParts.map((part) => [part, featureLegs[part]] as const), ['isQueueLeg', isQueueLeg] as const];
const bitOf = (name: FeaturePart | 'isQueueLeg'): number => 2 ** bits.findIndex(([of]) => of === name);

/** Condition on rows of the rollup: that the call used the feature there; or has a leg of a queue, in whichever direction. */
export const hasFeature = (name: FeaturePart | 'isQueueLeg'): string => `bitAnd(features, ${bitOf(name)}) != 0`;

/** Legs of a call that used the same features at a place on a day. Most use none, and have no row. */
export const featureRollup: Rollup = {
  table: 'feature_rollup',
  groups: {
    place_key: 'place_key',
    call_key: 'call_key',
    features: `toUInt16(${bits.map(([name, legs]) => `(${legs}) * ${bitOf(name)}`).join(' + ')})`,
  },
  sums: { legs: 'toInt64(count())' },
  facts: `(${bits.map(([, legs]) => `(${legs})`).join(' OR ')})`,
};
