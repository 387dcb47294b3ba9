-- How licenses of a product were held at the end of a day, over all of a partner's own customers, for the trend of years
-- (docs/adr/0026-subscription-analytics.md). A row counts while `mark` is the mark of the imports that the day is told of: it is never changed, and
-- what arrives late, or is undone, makes another mark. The product is empty in a row that says only that the day was told.
CREATE TABLE @region.license_day (
  partner_id UUID,
  day Date,
  mark String,
  product LowCardinality(String),
  lines UInt64,
  ordered UInt64,
  ordered_lines UInt64,
  assigned UInt64,
  assigned_lines UInt64,
  used UInt64,
  used_lines UInt64,
  available UInt64,
  over UInt64,
  compared_lines UInt64,
  ordered_of_assigned UInt64,
  assigned_of_ordered UInt64,
  ordered_of_used UInt64,
  used_of_ordered UInt64,
  leg_lines UInt64
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(day)
ORDER BY (partner_id, day, product)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
