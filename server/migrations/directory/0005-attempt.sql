-- Counts how often an import was begun: whoever began an earlier one, and was thought dead, changes nothing any more.
alter table tenant.import_batch add column attempt integer not null default 0;
