-- Facts added up by day, for questions over weeks (docs/adr/0023-rollups.md). A row belongs to the import that brought its facts; of versions
-- that an import replaced it has the same row with negative sums. Columns and expressions: imports/rollups.
CREATE TABLE @region.leg_rollup (
  partner_id UUID,
  org_uuid UUID,
  day Date,
  batch UInt32,
  place_key UInt64,
  user_key UInt64,
  legs Int64,
  seconds Int64
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (partner_id, org_uuid, day, user_key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.media_rollup (
  partner_id UUID,
  org_uuid UUID,
  day Date,
  batch UInt32,
  place_key UInt64,
  endpoint_type LowCardinality(String),
  legs Int64,
  documented_good Int64,
  documented_poor Int64,
  any_threshold_good Int64,
  any_threshold_poor Int64,
  audio_legs Int64,
  video_legs Int64,
  video_milliseconds Int64,
  jitter_legs Int64,
  jitter_thousandths Int64,
  latency_legs Int64,
  latency_thousandths Int64,
  loss_legs Int64,
  loss_thousandths Int64
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (partner_id, org_uuid, day, endpoint_type)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Of which partners the rollups hold everything, by the release of their definitions; the others are asked from the facts until they are built.
CREATE TABLE @region.rollup_state (
  partner_id UUID,
  version UInt16
)
ENGINE = MergeTree
ORDER BY (partner_id, version)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
