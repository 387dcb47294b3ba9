-- An import may also wait because its region's queue stumbles over something that only the log tells: 'fault'.
alter table tenant.import_batch drop constraint import_batch_waits_for_check;
alter table tenant.import_batch add constraint import_batch_waits_for_check check (waits_for in ('read_only', 'fault'));
