type Column = readonly [key: string, header: string, jsonKey: string];

const same = <Key extends string>(key: Key, header: string): readonly [Key, string, string] => [key, header, header];

// What this generator writes, kept apart from what the importer reads: a slip in one must not hide in the other.
// Key, head in the CSV report, key in the JSON record where its spelling differs (DOMAIN 6.5 and the documented example).
const columns = [
  same('startTime', 'Start time'),
  same('answerTime', 'Answer time'),
  same('duration', 'Duration'),
  same('callingNumber', 'Calling number'),
  same('calledNumber', 'Called number'),
  same('user', 'User'),
  same('callingLineId', 'Calling line ID'),
  same('calledLineId', 'Called line ID'),
  same('correlationId', 'Correlation ID'),
  same('location', 'Location'),
  same('inboundTrunk', 'Inbound trunk'),
  same('outboundTrunk', 'Outbound trunk'),
  same('routeGroup', 'Route group'),
  same('direction', 'Direction'),
  same('callType', 'Call type'),
  same('clientType', 'Client type'),
  same('clientVersion', 'Client version'),
  same('subClientType', 'Sub client type'),
  same('osType', 'OS type'),
  ['deviceMac', 'Device Mac', 'Device MAC'],
  same('model', 'Model'),
  same('answered', 'Answered'),
  ['internationalCountry', 'International Country', 'International country'],
  same('originalReason', 'Original reason'),
  same('relatedReason', 'Related reason'),
  same('redirectReason', 'Redirect reason'),
  same('siteMainNumber', 'Site main number'),
  same('siteTimezone', 'Site timezone'),
  same('userType', 'User type'),
  same('callId', 'Call ID'),
  same('localSessionId', 'Local SessionID'),
  same('remoteSessionId', 'Remote SessionID'),
  same('userUuid', 'User UUID'),
  same('orgUuid', 'Org UUID'),
  same('reportId', 'Report ID'),
  same('departmentId', 'Department ID'),
  same('siteUuid', 'Site UUID'),
  same('releasingParty', 'Releasing party'),
  same('redirectingNumber', 'Redirecting number'),
  same('transferRelatedCallId', 'Transfer related call ID'),
  same('dialedDigits', 'Dialed digits'),
  same('authorizationCode', 'Authorization code'),
  ['callTransferTime', 'Call transfer time', 'Call transfer Time'],
  same('userNumber', 'User number'),
  same('localCallId', 'Local call ID'),
  same('remoteCallId', 'Remote call ID'),
  same('networkCallId', 'Network call ID'),
  same('relatedCallId', 'Related call ID'),
  same('callOutcome', 'Call outcome'),
  same('callOutcomeReason', 'Call outcome reason'),
  ['finalLocalSessionId', 'Final local sessionID', 'Final local SessionID'],
  ['finalRemoteSessionId', 'Final remote sessionID', 'Final remote SessionID'],
  ['answerIndicator', 'Answer Indicator', 'Answer indicator'],
  same('ringDuration', 'Ring duration'),
  same('releaseTime', 'Release time'),
  same('reportTime', 'Report time'),
  ['pstnLegalEntity', 'PSTN legal entity', 'PSTN Legal Entity'],
  ['pstnVendorOrgId', 'PSTN vendor Org ID', 'PSTN Vendor Org ID'],
  ['pstnVendorName', 'PSTN vendor name', 'PSTN Vendor Name'],
  ['pstnProviderId', 'PSTN provider ID', 'PSTN Provider ID'],
  same('callerIdNumber', 'Caller ID number'),
  same('externalCallerIdNumber', 'External caller ID number'),
  same('deviceOwnerUuid', 'Device owner UUID'),
  same('callRecordingPlatformName', 'Call Recording Platform Name'),
  same('callRecordingResult', 'Call Recording Result'),
  same('callRecordingTrigger', 'Call Recording Trigger'),
  same('redirectingPartyUuid', 'Redirecting party UUID'),
  same('publicCallingIpAddress', 'Public Calling IP Address'),
  same('publicCalledIpAddress', 'Public Called IP Address'),
  ['originalCalledPartyUuid', 'Original called party UUID', 'Original Called Party UUID'],
  same('recallType', 'Recall Type'),
  same('holdDuration', 'Hold Duration'),
  same('autoAttendantKeyPressed', 'Auto Attendant Key Pressed'),
  same('queueType', 'Queue Type'),
  same('answeredElsewhere', 'Answered Elsewhere'),
  same('routeListCallsOverage', 'Route list calls overage'),
  same('callerReputationScore', 'Caller Reputation Score'),
  same('callerReputationServiceResult', 'Caller Reputation Service Result'),
  same('callerReputationScoreReason', 'Caller Reputation Score Reason'),
  same('interactionId', 'Interaction ID'),
  same('wxccConsultMergeStatus', 'WxCC consult merge status'),
  same('elin', 'ELIN'),
  same('emergencyNumberSource', 'Emergency number source'),
] as const satisfies readonly Column[];

export type CallHistoryKey = (typeof columns)[number][0];

/** A call leg as its 83 field texts in the order of the CSV report, not yet quoted. */
export type LegRow = string[];

/** Head line of the CSV report. */
export const callHistoryHeader: readonly string[] = columns.map(([, header]) => header);

/** Place of each field in a LegRow. */
export const at = Object.fromEntries(columns.map(([key], place) => [key, place])) as Record<CallHistoryKey, number>;

// Only these hold text that people chose; everything else is made of letters, digits, spaces and + - : . @ / here.
const textPlaces: readonly number[] = [at.user, at.callingLineId, at.calledLineId, at.location];

const needsQuotes = (text: string | undefined): boolean => text !== undefined && /[",\r\n]/.test(text);

/** One line of the CSV report, without the line end. */
export function csvLine(row: LegRow): string {
  if (!textPlaces.some((place) => needsQuotes(row[place]))) return row.join(',');
  const quoted = row.slice();
  for (const place of textPlaces)
    if (needsQuotes(row[place])) quoted[place] = `"${(row[place] ?? '').replaceAll('"', '""')}"`;
  return quoted.join(',');
}

/** The same leg as the detailed call history API sends it. Durations are numbers, Ring duration comes both ways (shared/data). */
export function jsonRecord(row: readonly string[]): Record<string, string | number> {
  const record: Record<string, string | number> = {};
  for (const [place, [key, , jsonKey]] of columns.entries()) {
    const text = row[place] ?? '';
    if (key === 'answered') record[jsonKey] = text.toLowerCase();
    else if (key === 'duration' || key === 'holdDuration') record[jsonKey] = Number(text);
    else if (key === 'ringDuration' && Number(text) % 2 === 1) record[jsonKey] = Number(text);
    else record[jsonKey] = text;
  }
  return record;
}
