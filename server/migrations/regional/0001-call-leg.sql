-- One call leg per (partner, Report ID). The facts carry the organization, never the customer row: linking touches no facts.
-- Order: one customer's weeks and one month of all customers are both cheap to read. Months are the unit of ATTACH.
-- fsync: what an import acknowledged survives a crash.
CREATE TABLE @region.call_leg (
  partner_id UUID,
  batch UInt32,
  -- Bit n: the n-th lenient column of call-history-columns.ts could not be read and was left empty.
  emptied UInt16,
  start_time                       DateTime64(3, 'UTC'),
  answer_time                      Nullable(DateTime64(3, 'UTC')),
  duration                         UInt32,
  calling_number                   String,
  called_number                    String,
  user                             String,
  calling_line_id                  String,
  called_line_id                   String,
  correlation_id                   UUID,
  location                         LowCardinality(String),
  inbound_trunk                    LowCardinality(String),
  outbound_trunk                   LowCardinality(String),
  route_group                      LowCardinality(String),
  direction                        LowCardinality(String),
  call_type                        LowCardinality(String),
  client_type                      LowCardinality(String),
  client_version                   LowCardinality(String),
  sub_client_type                  LowCardinality(String),
  os_type                          LowCardinality(String),
  device_mac                       String,
  model                            LowCardinality(String),
  answered                         Nullable(Bool),
  international_country            LowCardinality(String),
  original_reason                  LowCardinality(String),
  related_reason                   LowCardinality(String),
  redirect_reason                  LowCardinality(String),
  site_main_number                 LowCardinality(String),
  site_timezone                    LowCardinality(String),
  user_type                        LowCardinality(String),
  call_id                          String,
  local_session_id                 String,
  remote_session_id                String,
  user_uuid                        UUID,
  org_uuid                         UUID,
  report_id                        UUID,
  department_id                    LowCardinality(String),
  site_uuid                        UUID,
  releasing_party                  LowCardinality(String),
  redirecting_number               String,
  transfer_related_call_id         String,
  dialed_digits                    String,
  authorization_code               LowCardinality(String),
  call_transfer_time               Nullable(DateTime64(3, 'UTC')),
  user_number                      String,
  local_call_id                    String,
  remote_call_id                   String,
  network_call_id                  String,
  related_call_id                  String,
  call_outcome                     LowCardinality(String),
  call_outcome_reason              LowCardinality(String),
  final_local_session_id           String,
  final_remote_session_id          String,
  answer_indicator                 LowCardinality(String),
  ring_duration                    Nullable(UInt32),
  release_time                     Nullable(DateTime64(3, 'UTC')),
  report_time                      Nullable(DateTime64(3, 'UTC')),
  pstn_legal_entity                LowCardinality(String),
  pstn_vendor_org_id               LowCardinality(String),
  pstn_vendor_name                 LowCardinality(String),
  pstn_provider_id                 LowCardinality(String),
  caller_id_number                 String,
  external_caller_id_number        String,
  device_owner_uuid                String,
  call_recording_platform_name     LowCardinality(String),
  call_recording_result            LowCardinality(String),
  call_recording_trigger           LowCardinality(String),
  redirecting_party_uuid           String,
  public_calling_ip_address        LowCardinality(String),
  public_called_ip_address         LowCardinality(String),
  original_called_party_uuid       String,
  recall_type                      LowCardinality(String),
  hold_duration                    Nullable(UInt32),
  auto_attendant_key_pressed       LowCardinality(String),
  queue_type                       LowCardinality(String),
  answered_elsewhere               LowCardinality(String),
  route_list_calls_overage         LowCardinality(String),
  caller_reputation_score          LowCardinality(String),
  caller_reputation_service_result LowCardinality(String),
  caller_reputation_score_reason   LowCardinality(String),
  interaction_id                   String,
  wxcc_consult_merge_status        LowCardinality(String),
  elin                             LowCardinality(String),
  emergency_number_source          LowCardinality(String),
  -- A question names days: two bytes a leg instead of eight.
  day Date MATERIALIZED toDate(start_time),
  is_person Bool MATERIALIZED user_type IN ('User', 'Place', 'VirtualLine'),
  -- DOMAIN 6.3; the order of the branches matters: "Desk Phone" is a phone, "Desk Pro" a room device.
  endpoint_type LowCardinality(String) MATERIALIZED multiIf(
    client_type = 'TEAMS_WXC_CLIENT', 'teams',
    client_type = 'WXC_SIP_GW', 'gateway',
    match(model, '(?i)\\b(ata|dect|dbs|vg4)'), 'dect_or_ata',
    client_type = 'WXC_CLIENT' AND (sub_client_type = 'MOBILE_NETWORK' OR match(os_type, '(?i)android|ios|iphone|ipad')), 'mobile_app',
    client_type = 'WXC_CLIENT' AND match(os_type, '(?i)windows|mac|osx|linux'), 'desktop_app',
    client_type = 'WXC_CLIENT' AND match(os_type, '(?i)browser|chrome|firefox|safari|edge|web'), 'browser',
    client_type = 'WXC_DEVICE' AND model IN ('', 'NA', 'na'), 'unknown',
    client_type = 'WXC_DEVICE' AND match(model, '(?i)desk ?phone|^(cisco |cp-|dp-)*[6789][0-9]{3}'), 'desk_phone',
    client_type = 'WXC_DEVICE' AND match(model, '(?i)room|board|codec|desk|quad|\\b[sdm]x[0-9]'), 'room_device',
    client_type = 'WXC_DEVICE', 'desk_phone',
    client_type IN ('SIP', 'WXC_THIRD_PARTY'), 'third_party',
    'unknown'),
  -- What the usage table counts this leg as, a bit each (measures.ts names them); computed once here, a question reads 2 bytes a leg.
  counted_as UInt16 MATERIALIZED
    is_person * (1
      + 2 * (direction = 'ORIGINATING')
      + 4 * ifNull(answered, false)
      + 8 * (endpoint_type = 'desk_phone')
      + 16 * (endpoint_type = 'room_device')
      + 32 * (endpoint_type = 'third_party'))
    + (direction = 'TERMINATING') * (
      64 * (user_type = 'HuntGroup')
      + 128 * (user_type IN ('AutomatedAttendant', 'AutomatedAttendantVideo'))
      + 256 * startsWith(user_type, 'CallCenter')),
  -- Distinct counts go over 64-bit keys: a fifth of the time of the ids themselves (bench/RESULTS.md). A leg without the id counts by itself.
  session_key UInt64 MATERIALIZED sipHash64(if(correlation_id = toUUID('00000000-0000-0000-0000-000000000000'), report_id, correlation_id), user_uuid),
  call_key UInt64 MATERIALIZED if(call_id IN ('', 'NA', 'na'), sipHash64(report_id), sipHash64(call_id)),
  -- One row of the usage table; NA and nothing are the same place. The table place says which one it is.
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, if(location IN ('NA', 'na'), '', toString(location)))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (partner_id, org_uuid, start_time, report_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Rows of organizations that no customer of the partner in this region has. Same shape: releasing them is an import like any other.
CREATE TABLE @region.held_call_leg AS @region.call_leg;

-- What a place_key stands for. A question groups by the key alone and looks 15,000 places up, instead of carrying a name with every leg.
CREATE TABLE @region.place (
  partner_id UUID,
  place_key UInt64,
  org_uuid UUID,
  location String
)
ENGINE = MergeTree
ORDER BY (partner_id, place_key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.rejected_row (
  partner_id UUID,
  batch UInt32,
  file_row UInt64,
  file_line UInt64,
  column String,
  value String,
  reason LowCardinality(String),
  detail String,
  -- The row as it was sent, a value per column of the file.
  record Array(String)
)
ENGINE = MergeTree
ORDER BY (partner_id, batch, file_row)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Older versions of call legs that batch `by_batch` replaced, until they are deleted from call_leg.
CREATE TABLE @region.superseded (
  partner_id UUID,
  by_batch UInt32,
  report_id UUID,
  old_batch UInt32
)
ENGINE = MergeTree
ORDER BY (partner_id, by_batch, report_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Which organizations a person with a partial scope may see; `scope_key` is the only thing a query carries.
CREATE TABLE @region.scope_member (
  partner_id UUID,
  scope_key UUID,
  org_uuid UUID
)
ENGINE = MergeTree
ORDER BY (partner_id, scope_key, org_uuid)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
