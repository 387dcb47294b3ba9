-- How many licenses of a product an organization has in a subscription on a day, and how many of them were used: NULL is not known.
-- The same product at two meeting sites are two records. Licenses are at no location: the column is
-- there for what is asked of every feed.
CREATE TABLE @region.license_snapshot (
  partner_id UUID,
  batch UInt32,
  emptied UInt32,
  record_id    UUID,
  period_from  Date,
  period_to    Date,
  org_uuid     UUID,
  subscription LowCardinality(String),
  product      LowCardinality(String),
  site         LowCardinality(String),
  ordered      Nullable(UInt32),
  assigned     Nullable(UInt32),
  used_7d      Nullable(UInt32),
  used_90d     Nullable(UInt32),
  location     LowCardinality(String) DEFAULT '',
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, toString(location)),
  replaced_by  UInt32 DEFAULT 0
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(period_from)
ORDER BY (partner_id, org_uuid, period_from, record_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.held_license_snapshot AS @region.license_snapshot;

-- What locations an organization has on a day.
CREATE TABLE @region.location (
  partner_id UUID,
  batch UInt32,
  emptied UInt32,
  record_id   UUID,
  period_from Date,
  period_to   Date,
  org_uuid    UUID,
  location    LowCardinality(String),
  location_id String,
  address_1   String,
  address_2   String,
  city        LowCardinality(String),
  state       LowCardinality(String),
  postal_code String,
  country     LowCardinality(String),
  time_zone   LowCardinality(String),
  language    LowCardinality(String),
  main_number String,
  place_key UInt64 MATERIALIZED sipHash64(org_uuid, if(location IN ('NA', 'na'), '', toString(location))),
  replaced_by UInt32 DEFAULT 0
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(period_from)
ORDER BY (partner_id, org_uuid, period_from, record_id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;

CREATE TABLE @region.held_location AS @region.location;
