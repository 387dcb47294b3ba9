-- What the hub fetches by itself. One source more than are admitted by then, whichever those are.
do $$ declare admitted text;
begin
  select string_agg(quote_literal(m[1]), ', ') into admitted
  from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''', 'g') m
  where k.conrelid = 'tenant.import_batch'::regclass and k.conname = 'import_batch_source_check';
  alter table tenant.import_batch drop constraint import_batch_source_check;
  execute format('alter table tenant.import_batch add constraint import_batch_source_check check (source in (%s, ''connector''))', admitted);
end $$;

create table tenant.connector (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  name text not null check (name <> ''),
  name_key text not null,
  base_url text not null,
  calls_url text not null,
  -- Domains beside those of the two addresses to which the provider may send us on.
  other_domains text[] not null default '{}',
  -- Where records of organizations go that have no customer yet.
  region text not null,
  every_minutes integer not null check (every_minutes between 5 and 1440),
  back_days integer not null check (back_days between 0 and 30),
  pulls_unlinked boolean not null,
  -- The country of customers that are made of organizations by themselves; null: none are.
  adds_in text,
  state text not null check (state in ('enabled', 'paused')),
  -- Why the hub paused it by itself; null where a person did.
  pause_code text,
  running_since timestamptz,
  last_run_at timestamptz,
  last_success_at timestamptz,
  -- {"code", "data"} of the last run where it failed as a whole, and when that was found.
  fault jsonb,
  fault_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  unique (partner_id, name_key)
);

-- Apart from what is read and shown: AES-256-GCM, bound to partner and connector (platform/vault).
create table tenant.connector_secret (
  connector_id uuid primary key references tenant.connector on delete cascade,
  partner_id uuid not null references identity.partner on delete cascade,
  kind text not null check (kind in ('token', 'refresh')),
  key_id text not null,
  sealed bytea not null,
  -- Counts what was sealed: whoever worked with an earlier one has no word on it.
  version integer not null default 1,
  set_at timestamptz not null,
  expires_at timestamptz
);
create index on tenant.connector_secret (partner_id);

create table tenant.connector_organization (
  connector_id uuid not null references tenant.connector on delete cascade,
  partner_id uuid not null references identity.partner on delete cascade,
  org_uuid uuid not null,
  name text not null,
  -- False once the provider no longer lists it.
  is_listed boolean not null default true,
  is_left_out boolean not null default false,
  -- Everything that the provider had taken in by then has been queued for import.
  pulled_to timestamptz,
  -- What is still to be fetched of the time before, oldest first.
  back_from timestamptz,
  back_to timestamptz,
  -- The provider refused what is older.
  back_floor timestamptz,
  -- The host to which the provider sent us on for this organization's calls.
  calls_origin text,
  last_success_at timestamptz,
  faults integer not null default 0,
  fault jsonb,
  fault_at timestamptz,
  not_before timestamptz,
  check ((back_from is null) = (back_to is null)),
  primary key (connector_id, org_uuid)
);
create index on tenant.connector_organization (partner_id, org_uuid);
create policy assigned_customers on tenant.connector_organization as restrictive using ((select tenant.scope_person()) is null
  or org_uuid in (select c.org_uuid from tenant.customer c join tenant.assignment a on a.customer_id = c.id
    where a.person_id = (select tenant.scope_person())));

-- Ids only: a worker finds what is due of every partner without seeing any content. No row: paused.
create table job.connector_task (
  connector_id uuid primary key references tenant.connector on delete cascade,
  partner_id uuid not null,
  due_at timestamptz not null
);
create index on job.connector_task (due_at);

-- For /metrics, over all partners: ids and times, no names.
create function job.connector_lags()
returns table (connector_id uuid, org_uuid uuid, pulled_to timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select o.connector_id, o.org_uuid, o.pulled_to
  from tenant.connector_organization o join tenant.connector c on c.id = o.connector_id
  where c.state = 'enabled' and o.is_listed and not o.is_left_out and o.pulled_to is not null
$$;
create function job.connector_states()
returns table (connector_id uuid, state text, last_success_at timestamptz, has_fault boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select id, state, last_success_at, fault is not null from tenant.connector
$$;
revoke all on function job.connector_lags() from public;
revoke all on function job.connector_states() from public;
