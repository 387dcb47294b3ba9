-- What a source of calling engagement counted in one UTC week that begins on a Sunday, by customer or within customers
-- (docs/adr/0037-counted-weeks.md). A row counts while `mark` is the mark of what the week is counted from: it is never changed, and what arrives
-- late, is undone or deleted makes another mark. A row without an organization says that the week was counted, and is written last.
CREATE TABLE @region.metric_week (
  partner_id UUID,
  source LowCardinality(String),
  told_by LowCardinality(String),
  week Date,
  mark LowCardinality(String),
  org_uuid UUID,
  row_key String,
  row_name String,
  counts Array(Float64)
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(week)
ORDER BY (partner_id, source, told_by, week, org_uuid, row_key)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
