-- The names of the columns that a mapping was made for, as the file has them, so that it can be changed without the file. Names only: rows of customers stay in their region.
alter table tenant.import_mapping add column header jsonb;
update tenant.import_mapping mapping set header = (
  select batch.header from tenant.import_batch batch
  where batch.mapping_id = mapping.id and batch.header is not null
  order by batch.number limit 1
);
