/** How a field of a call record is read. Only `required_*` and `time` can reject a record; the lenient kinds are emptied and counted. */
export type ColumnKind =
  | 'required_time'
  | 'time'
  | 'lenient_time'
  | 'required_count'
  | 'count'
  | 'uuid'
  | 'flag'
  | 'word'
  | 'text';

export interface CallHistoryColumn {
  /** Column in the regional table call_leg. */
  name: string;
  /** Head in the CSV report. Files are matched by it without regard to case. */
  header: string;
  kind: ColumnKind;
}

const column = (name: string, header: string, kind: ColumnKind): CallHistoryColumn => ({ name, header, kind });

/** Webex Calling Detailed Call History: all 83 columns in the order of the CSV report (DOMAIN 6.5). */
export const callHistoryColumns: readonly CallHistoryColumn[] = [
  column('start_time', 'Start time', 'required_time'),
  column('answer_time', 'Answer time', 'time'),
  column('duration', 'Duration', 'required_count'),
  column('calling_number', 'Calling number', 'text'),
  column('called_number', 'Called number', 'text'),
  column('user', 'User', 'text'),
  column('calling_line_id', 'Calling line ID', 'text'),
  column('called_line_id', 'Called line ID', 'text'),
  column('correlation_id', 'Correlation ID', 'uuid'),
  column('location', 'Location', 'word'),
  column('inbound_trunk', 'Inbound trunk', 'word'),
  column('outbound_trunk', 'Outbound trunk', 'word'),
  column('route_group', 'Route group', 'word'),
  column('direction', 'Direction', 'word'),
  column('call_type', 'Call type', 'word'),
  column('client_type', 'Client type', 'word'),
  column('client_version', 'Client version', 'word'),
  column('sub_client_type', 'Sub client type', 'word'),
  column('os_type', 'OS type', 'word'),
  column('device_mac', 'Device Mac', 'text'),
  column('model', 'Model', 'word'),
  column('answered', 'Answered', 'flag'),
  column('international_country', 'International Country', 'word'),
  column('original_reason', 'Original reason', 'word'),
  column('related_reason', 'Related reason', 'word'),
  column('redirect_reason', 'Redirect reason', 'word'),
  column('site_main_number', 'Site main number', 'word'),
  column('site_timezone', 'Site timezone', 'word'),
  column('user_type', 'User type', 'word'),
  column('call_id', 'Call ID', 'text'),
  column('local_session_id', 'Local SessionID', 'text'),
  column('remote_session_id', 'Remote SessionID', 'text'),
  column('user_uuid', 'User UUID', 'uuid'),
  column('org_uuid', 'Org UUID', 'uuid'),
  column('report_id', 'Report ID', 'uuid'),
  column('department_id', 'Department ID', 'word'),
  column('site_uuid', 'Site UUID', 'uuid'),
  column('releasing_party', 'Releasing party', 'word'),
  column('redirecting_number', 'Redirecting number', 'text'),
  column('transfer_related_call_id', 'Transfer related call ID', 'text'),
  column('dialed_digits', 'Dialed digits', 'text'),
  column('authorization_code', 'Authorization code', 'word'),
  column('call_transfer_time', 'Call transfer time', 'lenient_time'),
  column('user_number', 'User number', 'text'),
  column('local_call_id', 'Local call ID', 'text'),
  column('remote_call_id', 'Remote call ID', 'text'),
  column('network_call_id', 'Network call ID', 'text'),
  column('related_call_id', 'Related call ID', 'text'),
  column('call_outcome', 'Call outcome', 'word'),
  column('call_outcome_reason', 'Call outcome reason', 'word'),
  column('final_local_session_id', 'Final local sessionID', 'text'),
  column('final_remote_session_id', 'Final remote sessionID', 'text'),
  column('answer_indicator', 'Answer Indicator', 'word'),
  column('ring_duration', 'Ring duration', 'count'),
  column('release_time', 'Release time', 'time'),
  column('report_time', 'Report time', 'time'),
  column('pstn_legal_entity', 'PSTN legal entity', 'word'),
  column('pstn_vendor_org_id', 'PSTN vendor Org ID', 'word'),
  column('pstn_vendor_name', 'PSTN vendor name', 'word'),
  column('pstn_provider_id', 'PSTN provider ID', 'word'),
  column('caller_id_number', 'Caller ID number', 'text'),
  column('external_caller_id_number', 'External caller ID number', 'text'),
  column('device_owner_uuid', 'Device owner UUID', 'text'),
  column('call_recording_platform_name', 'Call Recording Platform Name', 'word'),
  column('call_recording_result', 'Call Recording Result', 'word'),
  column('call_recording_trigger', 'Call Recording Trigger', 'word'),
  column('redirecting_party_uuid', 'Redirecting party UUID', 'text'),
  column('public_calling_ip_address', 'Public Calling IP Address', 'word'),
  column('public_called_ip_address', 'Public Called IP Address', 'word'),
  column('original_called_party_uuid', 'Original called party UUID', 'text'),
  column('recall_type', 'Recall Type', 'word'),
  column('hold_duration', 'Hold Duration', 'count'),
  column('auto_attendant_key_pressed', 'Auto Attendant Key Pressed', 'word'),
  column('queue_type', 'Queue Type', 'word'),
  column('answered_elsewhere', 'Answered Elsewhere', 'word'),
  column('route_list_calls_overage', 'Route list calls overage', 'word'),
  column('caller_reputation_score', 'Caller Reputation Score', 'word'),
  column('caller_reputation_service_result', 'Caller Reputation Service Result', 'word'),
  column('caller_reputation_score_reason', 'Caller Reputation Score Reason', 'word'),
  column('interaction_id', 'Interaction ID', 'text'),
  column('wxcc_consult_merge_status', 'WxCC consult merge status', 'word'),
  column('elin', 'ELIN', 'word'),
  column('emergency_number_source', 'Emergency number source', 'word'),
];

/** Without these a file cannot be imported: they identify the leg, or a number of the usage table needs them. */
export const neededColumns: readonly string[] = [
  'start_time',
  'duration',
  'answered',
  'direction',
  'user_type',
  'client_type',
  'location',
  'model',
  'call_id',
  'correlation_id',
  'user_uuid',
  'org_uuid',
  'report_id',
  'report_time',
];

const lenientKinds: readonly ColumnKind[] = ['lenient_time', 'count', 'uuid', 'flag'];

/** The columns that may be emptied; their place here is their bit in call_leg.emptied. Never reorder. */
export const lenientColumns: readonly CallHistoryColumn[] = callHistoryColumns.filter((entry) =>
  lenientKinds.includes(entry.kind),
);

/** Headers compare by this: case, and spaces around and between words, do not matter. */
export const normalHeader = (header: string): string => header.trim().toLowerCase().replace(/\s+/g, ' ');
