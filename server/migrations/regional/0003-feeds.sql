-- What the endpoints measured, a row a leg: jitter and latency in milliseconds, loss in percent, durations in seconds; NULL was not measured.
-- record_id: organization, user, call and start (DOMAIN, decisions). emptied: as in call_leg, by the lenient columns of the feed.
CREATE TABLE @region.media_quality (
  partner_id UUID,
  batch UInt32,
  emptied UInt32,
  record_id         UUID,
  start_time        DateTime64(3, 'UTC'),
  org_uuid          UUID,
  location          LowCardinality(String),
  user              String,
  email             String,
  user_uuid         UUID,
  call_id           String,
  correlation_id    UUID,
  caller_indicator  LowCardinality(String),
  call_type         LowCardinality(String),
  duration          Nullable(Float64),
  video_duration    Nullable(Float64),
  endpoint          LowCardinality(String),
  device            LowCardinality(String),
  device_mac        String,
  user_agent        LowCardinality(String),
  audio_codec       LowCardinality(String),
  video_codec       LowCardinality(String),
  audio_jitter      Nullable(Float64),
  audio_packet_loss Nullable(Float64),
  audio_latency     Nullable(Float64),
  video_jitter      Nullable(Float64),
  video_packet_loss Nullable(Float64),
  video_latency     Nullable(Float64),
  path_optimization LowCardinality(String),
  network           LowCardinality(String),
  reported_quality  LowCardinality(String),
  day Date MATERIALIZED toDate(start_time),
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, if(location IN ('NA', 'na'), '', toString(location)))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (partner_id, org_uuid, start_time, record_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.held_media_quality AS @region.media_quality;

-- Statistics of one object in one period, both days included: of a day, or of what the report spans. Times in seconds.
CREATE TABLE @region.call_queue_stat (
  partner_id UUID,
  batch UInt32,
  emptied UInt32,
  record_id                 UUID,
  period_from               Date,
  period_to                 Date,
  org_uuid                  UUID,
  location                  LowCardinality(String),
  call_queue                LowCardinality(String),
  phone_number              String,
  extension                 String,
  total_hold_seconds        Nullable(Float64),
  average_hold_seconds      Nullable(Float64),
  total_talk_seconds        Nullable(Float64),
  average_talk_seconds      Nullable(Float64),
  total_handle_seconds      Nullable(Float64),
  average_handle_seconds    Nullable(Float64),
  total_wait_seconds        Nullable(Float64),
  average_wait_seconds      Nullable(Float64),
  total_abandoned_seconds   Nullable(Float64),
  average_abandoned_seconds Nullable(Float64),
  answered_calls            Nullable(UInt32),
  answered_percent          Nullable(Float64),
  abandoned_calls           Nullable(UInt32),
  abandoned_percent         Nullable(Float64),
  total_calls               Nullable(UInt32),
  overflowed_calls          Nullable(UInt32),
  timed_out_calls           Nullable(UInt32),
  transferred_calls         Nullable(UInt32),
  average_agents_assigned   Nullable(Float64),
  average_agents_handling   Nullable(Float64),
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, if(location IN ('NA', 'na'), '', toString(location)))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(period_from)
ORDER BY (partner_id, org_uuid, period_from, record_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.held_call_queue_stat AS @region.call_queue_stat;

-- An agent in a queue.
CREATE TABLE @region.call_queue_agent_stat (
  partner_id UUID,
  batch UInt32,
  emptied UInt32,
  record_id              UUID,
  period_from            Date,
  period_to              Date,
  org_uuid               UUID,
  location               LowCardinality(String),
  agent                  LowCardinality(String),
  call_queue             LowCardinality(String),
  answered_calls         Nullable(UInt32),
  bounced_calls          Nullable(UInt32),
  presented_calls        Nullable(UInt32),
  total_talk_seconds     Nullable(Float64),
  average_talk_seconds   Nullable(Float64),
  total_hold_seconds     Nullable(Float64),
  average_hold_seconds   Nullable(Float64),
  total_handle_seconds   Nullable(Float64),
  average_handle_seconds Nullable(Float64),
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, if(location IN ('NA', 'na'), '', toString(location)))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(period_from)
ORDER BY (partner_id, org_uuid, period_from, record_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.held_call_queue_agent_stat AS @region.call_queue_agent_stat;

-- An auto attendant.
CREATE TABLE @region.auto_attendant_stat (
  partner_id UUID,
  batch UInt32,
  emptied UInt32,
  record_id          UUID,
  period_from        Date,
  period_to          Date,
  org_uuid           UUID,
  location           LowCardinality(String),
  auto_attendant     LowCardinality(String),
  phone_number       String,
  total_calls        Nullable(UInt32),
  answered_calls     Nullable(UInt32),
  unanswered_calls   Nullable(UInt32),
  busy_calls         Nullable(UInt32),
  other_calls        Nullable(UInt32),
  answered_percent   Nullable(Float64),
  total_seconds      Nullable(Float64),
  total_talk_seconds Nullable(Float64),
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, if(location IN ('NA', 'na'), '', toString(location)))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(period_from)
ORDER BY (partner_id, org_uuid, period_from, record_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.held_auto_attendant_stat AS @region.auto_attendant_stat;

-- A hunt group.
CREATE TABLE @region.hunt_group_stat (
  partner_id UUID,
  batch UInt32,
  emptied UInt32,
  record_id                 UUID,
  period_from               Date,
  period_to                 Date,
  org_uuid                  UUID,
  location                  LowCardinality(String),
  hunt_group                LowCardinality(String),
  phone_number              String,
  extension                 String,
  total_talk_seconds        Nullable(Float64),
  average_talk_seconds      Nullable(Float64),
  total_handle_seconds      Nullable(Float64),
  average_handle_seconds    Nullable(Float64),
  total_wait_seconds        Nullable(Float64),
  average_wait_seconds      Nullable(Float64),
  total_abandoned_seconds   Nullable(Float64),
  average_abandoned_seconds Nullable(Float64),
  answered_calls            Nullable(UInt32),
  answered_percent          Nullable(Float64),
  abandoned_calls           Nullable(UInt32),
  abandoned_percent         Nullable(Float64),
  average_agents_handling   Nullable(Float64),
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, if(location IN ('NA', 'na'), '', toString(location)))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(period_from)
ORDER BY (partner_id, org_uuid, period_from, record_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.held_hunt_group_stat AS @region.hunt_group_stat;

-- The numbers and extensions that an organization had on the days of the period, mostly one.
CREATE TABLE @region.phone_number (
  partner_id UUID,
  batch UInt32,
  emptied UInt32,
  record_id       UUID,
  period_from     Date,
  period_to       Date,
  org_uuid        UUID,
  location        LowCardinality(String),
  country         LowCardinality(String),
  phone_number    String,
  extension       String,
  active          Nullable(Bool),
  user_type       LowCardinality(String),
  number_type     LowCardinality(String),
  email           String,
  user_uuid       UUID,
  last_known      String,
  pstn_connection LowCardinality(String),
  location_id     String,
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, if(location IN ('NA', 'na'), '', toString(location)))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(period_from)
ORDER BY (partner_id, org_uuid, period_from, record_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.held_phone_number AS @region.phone_number;

-- The devices that an organization had on the days of the period, mostly one.
CREATE TABLE @region.device (
  partner_id UUID,
  batch UInt32,
  emptied UInt32,
  record_id       UUID,
  period_from     Date,
  period_to       Date,
  org_uuid        UUID,
  location        LowCardinality(String),
  device          String,
  product         LowCardinality(String),
  device_type     LowCardinality(String),
  mac             String,
  serial          String,
  ip              String,
  status          LowCardinality(String),
  firmware        LowCardinality(String),
  upgrade_channel LowCardinality(String),
  phone_number    String,
  extension       String,
  email           String,
  user_uuid       UUID,
  location_id     String,
  first_seen      Nullable(DateTime64(3, 'UTC')),
  last_seen       Nullable(DateTime64(3, 'UTC')),
  tags            String,
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, if(location IN ('NA', 'na'), '', toString(location)))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(period_from)
ORDER BY (partner_id, org_uuid, period_from, record_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.held_device AS @region.device;
