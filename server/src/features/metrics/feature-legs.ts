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
