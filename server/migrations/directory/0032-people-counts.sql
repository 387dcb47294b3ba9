-- A connector may also count, once a day, how many people each organization has; of them nothing but the number is kept.
alter table tenant.connector drop constraint connector_snapshots_check;
alter table tenant.connector add constraint connector_snapshots_check
  check (snapshots <@ array['licenses', 'locations', 'numbers', 'devices', 'people']);
alter table tenant.connector_snapshot drop constraint connector_snapshot_kind_check;
alter table tenant.connector_snapshot add constraint connector_snapshot_kind_check
  check (kind in ('licenses', 'locations', 'numbers', 'devices', 'people'));
-- On the day of taken_on.
alter table tenant.connector_snapshot add column people integer check (people is null or kind = 'people');
