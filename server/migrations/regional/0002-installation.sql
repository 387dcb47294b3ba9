-- Whose store this is: compared at each opening, so that no other product and no other region works in it. The first row counts. No part of
-- a backup: what is restored belongs to the installation that it is restored into.
CREATE TABLE @region.installation (
  id UUID,
  region String,
  claimed_at DateTime64(6, 'UTC')
)
ENGINE = MergeTree
ORDER BY (claimed_at, id)
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1;
