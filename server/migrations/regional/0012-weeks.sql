-- What further questions of calling engagement are added up for (docs/adr/0039-weeks-and-what-is-rare.md), as the rollups before them. The day of a
-- week's row is its Sunday.
CREATE TABLE @region.leg_week_rollup (
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

CREATE TABLE @region.media_week_rollup AS @region.media_rollup;

-- Users of whom a media row is poor.
CREATE TABLE @region.poor_rollup (
  partner_id UUID,
  org_uuid UUID,
  day Date,
  batch UInt32,
  place_key UInt64,
  user_key UInt64,
  documented_poor Int64,
  any_threshold_poor Int64
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (partner_id, org_uuid, day, user_key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

-- Calls that used a feature, and which, a bit each.
CREATE TABLE @region.feature_rollup (
  partner_id UUID,
  org_uuid UUID,
  day Date,
  batch UInt32,
  place_key UInt64,
  call_key UInt64,
  features UInt16,
  legs Int64
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (partner_id, org_uuid, day, call_key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
