-- Counts how often an import was begun: whoever began an earlier one, and was thought dead, changes nothing any more.
alter table tenant.import_batch add column attempt integer not null default 0;
-- What an import waits for that somebody outside must mend; null where it only waits for its turn.
alter table tenant.import_batch add column waits_for text check (waits_for in ('read_only'));
