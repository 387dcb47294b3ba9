-- While a person is deleted: the rows that go, and of other rows the fields that are emptied. Keys of rows alone: statements on the facts
-- are kept by the engine for a while, and name this table instead of whom they look for.
CREATE TABLE @region.person_row (
  partner_id UUID,
  deletion UUID,
  of_table LowCardinality(String),
  -- Empty: the row as a whole.
  field LowCardinality(String),
  record_key UUID,
  batch UInt32
)
ENGINE = MergeTree
ORDER BY (partner_id, deletion, of_table, field, record_key, batch)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
