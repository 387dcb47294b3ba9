-- How a partner's own kinds of files are read. Each save is a version of its own; the newest of a name applies, until it is removed.
create table tenant.import_mapping (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  name text not null check (char_length(name) between 1 and 60),
  version integer not null check (version > 0),
  feed text not null,
  -- The columns of the files that it reads unasked (file-columns.ts).
  signature text not null,
  definition jsonb not null,
  is_current boolean not null default true,
  created_by uuid references identity.person on delete set null,
  created_at timestamptz not null
);
create unique index on tenant.import_mapping (partner_id, lower(name), version);
create unique index on tenant.import_mapping (partner_id, md5(signature)) where is_current;

-- The mapping that somebody chose for this file; null where the hub knows by itself how to read it.
alter table tenant.import_batch add column mapping_id uuid references tenant.import_mapping on delete set null;
create index on tenant.import_batch (mapping_id) where mapping_id is not null;
