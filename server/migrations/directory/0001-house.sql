-- People, partners and what they sign in with stand outside row-level security: sign-in happens before a partner is known.
create schema identity;
-- What belongs to one partner. Every table here has partner_id and gets the tenant policy (see migrate.ts).
create schema tenant;
-- Work queues hold ids only, so that a worker can pick work of every partner without seeing any content.
create schema job;

create table identity.partner (
  id uuid primary key,
  name text not null check (name <> ''),
  home_region text not null,
  demo_state text not null default 'none' check (demo_state in ('none', 'loading', 'loaded', 'removing')),
  created_at timestamptz not null
);

create table identity.person (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  language text check (language in ('en', 'bg', 'ko')),
  password_hash text,
  created_at timestamptz not null
);

create table identity.membership (
  person_id uuid not null references identity.person on delete cascade,
  partner_id uuid not null references identity.partner on delete cascade,
  role text not null check (role in ('partner_full', 'partner_read_only')),
  created_at timestamptz not null,
  primary key (person_id, partner_id)
);
create index on identity.membership (partner_id);

create table identity.session (
  id uuid primary key,
  -- SHA-256 of the cookie's random token: who reads this table cannot sign in with it.
  token_hash bytea not null unique,
  csrf_token text not null,
  person_id uuid not null references identity.person on delete cascade,
  partner_id uuid not null references identity.partner on delete cascade,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  user_agent text not null
);
create index on identity.session (person_id);
create index on identity.session (expires_at);

-- Failed sign-ins, for throttling. `key` is an account or an address, hashed.
create table identity.sign_in_failure (
  id uuid primary key,
  key bytea not null,
  at timestamptz not null
);
create index on identity.sign_in_failure (key, at);
create index on identity.sign_in_failure (at);

create table tenant.customer (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  name text not null check (name <> ''),
  org_uuid uuid,
  external_id text,
  country text not null check (country ~ '^[A-Z]{2}$'),
  region text not null,
  kind text not null default 'owned' check (kind in ('owned', 'external', 'own')),
  created_at timestamptz not null,
  -- Unique within the partner only: two partners may hold the same organization and never learn of each other.
  unique (partner_id, org_uuid)
);
create index on tenant.customer (partner_id, name, id);
create index on tenant.customer (partner_id, region);

create sequence job.import_number as integer;

create table tenant.import_batch (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  number integer not null unique default nextval('job.import_number'),
  region text not null,
  source text not null check (source in ('upload', 'command', 'demo', 'release')),
  file_name text not null,
  file_bytes bigint not null,
  sha256 bytea,
  -- Name in the region's spool folder; null once the file is no longer kept.
  spool_name text,
  -- Only for source 'release': the organization whose held rows enter.
  release_org_uuid uuid,
  feed text check (feed in ('webex_call_history')),
  format text check (format in ('csv', 'json')),
  state text not null default 'queued' check (state in ('queued', 'running', 'committed', 'failed', 'canceled')),
  stage text check (stage in ('recognizing', 'reading', 'checking', 'publishing')),
  rows_done bigint not null default 0,
  bytes_done bigint not null default 0,
  rows_per_second real,
  seconds_left real,
  read_rows bigint, new_rows bigint, duplicate_rows bigint, replaced_rows bigint, rejected_rows bigint, held_rows bigint,
  emptied jsonb not null default '[]',
  notes jsonb not null default '[]',
  -- The file's own column names in its order: rejected rows are given back in this shape.
  header jsonb,
  failure jsonb,
  covers_from timestamptz,
  covers_to timestamptz,
  -- Older versions of call legs that this batch replaced are still to be deleted; until then questions leave them out.
  has_superseded boolean not null default false,
  superseded_at timestamptz,
  created_by uuid references identity.person on delete set null,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  check (state <> 'committed' or read_rows = new_rows + duplicate_rows + replaced_rows + rejected_rows + held_rows)
);
create index on tenant.import_batch (partner_id, number desc);
create index on tenant.import_batch (partner_id, region) where state in ('queued', 'running') or has_superseded;

create table job.import_task (
  import_id uuid primary key references tenant.import_batch on delete cascade,
  partner_id uuid not null,
  region text not null,
  number integer not null
);
create index on job.import_task (region, number);

create table tenant.audit_event (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('person', 'operator', 'system')),
  actor_person_id uuid,
  action text not null,
  target_kind text not null,
  target_id text not null,
  before jsonb,
  after jsonb,
  tracking_id text not null
);
create index on tenant.audit_event (partner_id, at desc);
create index on tenant.audit_event (partner_id, target_kind, target_id, at desc);
