-- The ledger names the way in of programs; imports are undone as a whole, and rejected rows come in again corrected.
do $$ declare admitted text;
begin
  select string_agg(quote_literal(m[1]), ', ') into admitted
  from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''', 'g') m
  where k.conrelid = 'tenant.import_batch'::regclass and k.conname = 'import_batch_source_check';
  alter table tenant.import_batch drop constraint import_batch_source_check;
  execute format('alter table tenant.import_batch add constraint import_batch_source_check check (source in (%s, ''api''))', admitted);
end $$;
alter table tenant.import_batch drop constraint import_batch_state_check;
alter table tenant.import_batch add constraint import_batch_state_check
  check (state in ('queued', 'running', 'committed', 'failed', 'canceled', 'undone'));
alter table tenant.import_batch add constraint import_batch_undone_check
  check (state <> 'undone' or read_rows = new_rows + duplicate_rows + replaced_rows + rejected_rows + held_rows);
-- Of which it is known what later imports did with its rows (import_overlap): those that were committed since then.
alter table tenant.import_batch add column can_be_undone boolean not null default false;
-- Versions that it replaced lie marked among the facts.
alter table tenant.import_batch add column has_replaced boolean not null default false;
-- It was undone, and its rows still lie in the store, seen by nobody. Since when: superseded_at.
alter table tenant.import_batch add column has_undone boolean not null default false;
alter table tenant.import_batch add column undone_at timestamptz;
alter table tenant.import_batch add column undone_by uuid references identity.person on delete set null;
-- The import whose rejected rows this one brings again, corrected.
alter table tenant.import_batch add column corrects_id uuid references tenant.import_batch on delete set null;
create index on tenant.import_batch (corrects_id) where corrects_id is not null;
create index on tenant.import_batch (undone_by) where undone_by is not null;

-- What an import did with rows of an earlier one: replaced them, counted its own as known because of them, or let them in (a release).
create table tenant.import_overlap (
  partner_id uuid not null references identity.partner on delete cascade,
  by_number integer not null references tenant.import_batch (number) on delete cascade,
  of_number integer not null references tenant.import_batch (number) on delete cascade,
  rows bigint not null,
  primary key (of_number, by_number)
);
create index on tenant.import_overlap (by_number);
create index on tenant.import_overlap (partner_id);
create policy own_overlaps on tenant.import_overlap as restrictive using ((select tenant.scope_person()) is null);

-- The last import that counts and needs rows of this one, whoever brought it; nothing but its number leaves.
create function tenant.later_import(earlier integer) returns table (number integer, rows bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select o.by_number, o.rows from tenant.import_overlap o join tenant.import_batch b on b.number = o.by_number
  where o.partner_id = current_setting('app.partner_id')::uuid and o.of_number = earlier and b.state = 'committed'
  order by o.by_number desc limit 1
$$;

-- `undone`: what they had replaced counts again, although it is marked in the store.
drop function tenant.region_visibility(text);
create function tenant.region_visibility(wanted text)
returns table (open integer[], superseding integer[], undone integer[], newest integer, version text, data_as_of timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(number) filter (where state <> 'committed'), '{}'),
    coalesce(array_agg(number) filter (where state = 'committed' and has_superseded), '{}'),
    coalesce(array_agg(number) filter (where has_undone), '{}'),
    coalesce(max(number), 0),
    count(*) filter (where state in ('committed', 'undone')) || '-' || count(*) filter (where has_superseded) || '-' || count(*) filter (where state = 'undone'),
    max(ended_at) filter (where state = 'committed' and feed = 'webex_call_history' and new_rows + replaced_rows > 0)
  from tenant.import_batch where partner_id = current_setting('app.partner_id')::uuid and region = wanted
$$;
