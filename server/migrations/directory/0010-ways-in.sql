-- Files come in packed, in parts, by machines that ask twice, and out of a folder.
-- Beside whatever sources there are by then.
do $$ declare admitted text;
begin
  select string_agg(quote_literal(m[1]), ', ') into admitted
  from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''', 'g') m
  where k.conrelid = 'tenant.import_batch'::regclass and k.conname = 'import_batch_source_check';
  alter table tenant.import_batch drop constraint import_batch_source_check;
  execute format('alter table tenant.import_batch add constraint import_batch_source_check check (source in (%s, ''watched''))', admitted);
end $$;
alter table tenant.import_batch drop constraint import_batch_format_check;
alter table tenant.import_batch add constraint import_batch_format_check check (format in ('csv', 'json', 'zip'));
alter table tenant.import_batch drop constraint import_batch_stage_check;
alter table tenant.import_batch add constraint import_batch_stage_check
  check (stage in ('unpacking', 'recognizing', 'reading', 'checking', 'publishing'));
-- The ZIP file that this import was unpacked from. A ZIP of several files ends as committed without rows of its own.
alter table tenant.import_batch add column archive_id uuid references tenant.import_batch on delete set null;
create index on tenant.import_batch (archive_id) where archive_id is not null;

-- An Idempotency-Key and the import that it named first.
create table tenant.import_key (
  partner_id uuid not null references identity.partner on delete cascade,
  -- Who sees only their own imports has keys of their own; everybody else of the partner shares theirs, under the partner's id.
  owner uuid not null,
  key text not null,
  import_id uuid not null references tenant.import_batch on delete cascade,
  file_name text not null,
  file_bytes bigint not null,
  sha256 bytea not null,
  created_at timestamptz not null,
  primary key (partner_id, owner, key)
);
create policy own_keys on tenant.import_key as restrictive
  using ((select tenant.scope_person()) is null or owner = (select tenant.scope_person()));
create index on tenant.import_key (import_id);
create index on tenant.import_key (partner_id, created_at);

-- A file that comes in part by part. Its bytes lie in its region's spool under its id, which becomes that of its import.
create table tenant.import_upload (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  region text not null,
  file_name text not null,
  file_bytes bigint not null check (file_bytes > 0),
  -- What lies on the disk for good; whatever the file holds behind it is written again.
  received_bytes bigint not null default 0 check (received_bytes between 0 and file_bytes),
  -- The request that may move received_bytes: the one that came last.
  writer uuid,
  created_by uuid references identity.person on delete cascade,
  created_at timestamptz not null,
  touched_at timestamptz not null
);
create index on tenant.import_upload (partner_id, region, touched_at);
create index on tenant.import_upload (created_by);
create policy own_uploads on tenant.import_upload as restrictive
  using ((select tenant.scope_person()) is null or created_by = (select tenant.scope_person()));
