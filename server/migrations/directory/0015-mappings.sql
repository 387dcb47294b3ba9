-- How a partner's own kinds of files are read. Each save is a version of its own; for files with the same columns the last saved applies, until it is removed.
create table tenant.import_mapping (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  -- Of somebody who sees only their own imports, it reads only those; null: the whole partner's.
  owner uuid references identity.person on delete cascade,
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
create unique index on tenant.import_mapping (partner_id, coalesce(owner, partner_id), lower(name), version);
create unique index on tenant.import_mapping (partner_id, coalesce(owner, partner_id), md5(signature)) where is_current;
create index on tenant.import_mapping (owner) where owner is not null;
create policy own_mappings on tenant.import_mapping as restrictive
  using ((select tenant.scope_person()) is null or owner = (select tenant.scope_person()));

-- The mapping that somebody chose for this file, or by which it was read; null where the hub knows by itself how.
alter table tenant.import_batch add column mapping_id uuid references tenant.import_mapping on delete set null;
create index on tenant.import_batch (mapping_id) where mapping_id is not null;
