-- What customers bought and try, when their administrators were last seen, and what is said of them because of it.
alter table identity.partner add column time_zone text not null default 'UTC';
alter table identity.partner add column expires_soon_days integer not null default 14 check (expires_soon_days between 1 and 90);
alter table identity.partner add column inactive_days integer not null default 90 check (inactive_days between 7 and 730);

-- Counts changes of the zone and the windows, and up to which of them every customer was derived.
alter table identity.partner add column status_policy_version integer not null default 1;
alter table identity.partner add column status_policy_applied integer not null default 1;

alter table tenant.customer add column domain text;
alter table tenant.customer add column contact_name text not null default '';
alter table tenant.customer add column contact_email text not null default '';
alter table tenant.customer add column contact_phone text not null default '';
alter table tenant.customer add column version integer not null default 1;
-- Where a feed tells of sign-ins: the last one of any administrator of the customer, null where none ever signed in.
alter table tenant.customer add column has_sign_ins boolean not null default false;
alter table tenant.customer add column last_sign_in_on date;
-- Derived from everything below by refreshCustomers, in the transaction that changes any of it: what the list filters, sorts and shows.
-- Name, domain, ids and references of its contracts, one a line, without case and diacritics (search-text.ts).
alter table tenant.customer add column search_text text not null default '';
alter table tenant.customer add column name_key text not null default '';
alter table tenant.customer add column status_rank integer not null default 8;
-- {"on", "verb", "reference"}, and its date to sort by.
alter table tenant.customer add column next jsonb;
alter table tenant.customer add column next_on date;
-- Of what is active: the first end, and the first renewal.
alter table tenant.customer add column ends_on date;
alter table tenant.customer add column renews_on date;
alter table tenant.customer add column has_subscription boolean not null default false;
alter table tenant.customer add column has_trial boolean not null default false;
-- Of what is active.
alter table tenant.customer add column products text[] not null default '{}';
alter table tenant.customer add column licenses_ordered integer not null default 0;
alter table tenant.customer add column licenses_assigned integer;
alter table tenant.customer add column licenses_unassigned integer;
alter table tenant.customer add column licenses_over integer not null default 0;
-- One for each order of the list (customers-order.ts), each page of which begins where the last one ended.
create index on tenant.customer (partner_id, status_rank, coalesce(next_on, 'infinity'::date), id);
create index on tenant.customer (partner_id, name_key, id);
create index on tenant.customer (partner_id, next_on, id);
create index on tenant.customer (partner_id, licenses_ordered, id);
create index on tenant.customer (partner_id, licenses_unassigned, id);
create index on tenant.customer (partner_id, last_sign_in_on, id);
create index on tenant.customer (partner_id, created_at, id);
create index on tenant.customer (partner_id, region, name_key, id);
drop index tenant.customer_partner_id_region_idx;

-- The next day on which any of it may be another; -infinity: not derived yet; no row: never. Apart from the customer, since it changes more
-- often than all the rest, and each change of a customer's row is one of a dozen indexes.
create table tenant.customer_due (
  customer_id uuid primary key references tenant.customer on delete cascade,
  partner_id uuid not null references identity.partner on delete cascade,
  due_on date not null
);
create index on tenant.customer_due (partner_id, due_on);
insert into tenant.customer_due (customer_id, partner_id, due_on) select id, partner_id, '-infinity' from tenant.customer;
create function tenant.make_due() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.customer_due (customer_id, partner_id, due_on) select a.id, a.partner_id, '-infinity' from added a;
  return null;
end $$;
create trigger due after insert on tenant.customer
  referencing new table as added for each statement execute function tenant.make_due();

create table tenant.subscription (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  -- As the provider and the people call it.
  reference text not null check (reference <> ''),
  starts_on date not null,
  ends_on date check (ends_on >= starts_on),
  term_months integer check (term_months between 1 and 120),
  auto_renews boolean not null,
  payment_state text not null check (payment_state in ('current', 'past_due', 'suspended')),
  payment_since date not null,
  setup_state text not null check (setup_state in
    ('provisioned', 'pending_setup', 'provisioning', 'updating', 'pending_rpl_review', 'error', 'provisioned_with_errors')),
  setup_since date not null,
  setup_note text,
  version integer not null default 1,
  created_at timestamptz not null,
  unique (partner_id, reference)
);
create index on tenant.subscription (customer_id);

create table tenant.trial (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  reference text not null check (reference <> ''),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  version integer not null default 1,
  created_at timestamptz not null,
  unique (partner_id, reference)
);
create index on tenant.trial (customer_id);

-- A reference names one subscription or one trial of the partner: a key over both tables, kept by their triggers below.
create table tenant.contract_reference (
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  reference text not null,
  primary key (partner_id, reference)
);
create index on tenant.contract_reference (customer_id);

-- As the owner: what is taken counts past a person's scope, and never past the partner, whose id each row carries.
create function tenant.take_references() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.contract_reference (partner_id, customer_id, reference) select a.partner_id, a.customer_id, a.reference from added a;
  return null;
end $$;
create function tenant.free_references() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from tenant.contract_reference r using gone g where r.partner_id = g.partner_id and r.reference = g.reference;
  return null;
end $$;
create function tenant.move_references() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from tenant.contract_reference r using gone g where r.partner_id = g.partner_id and r.reference = g.reference
    and not exists (select 1 from added a where a.id = g.id and a.reference = g.reference and a.customer_id = g.customer_id);
  insert into tenant.contract_reference (partner_id, customer_id, reference) select a.partner_id, a.customer_id, a.reference from added a
    where not exists (select 1 from gone g where a.id = g.id and a.reference = g.reference and a.customer_id = g.customer_id);
  return null;
end $$;
create trigger taken after insert on tenant.subscription
  referencing new table as added for each statement execute function tenant.take_references();
create trigger freed after delete on tenant.subscription
  referencing old table as gone for each statement execute function tenant.free_references();
create trigger moved after update on tenant.subscription
  referencing old table as gone new table as added for each statement execute function tenant.move_references();
create trigger taken after insert on tenant.trial
  referencing new table as added for each statement execute function tenant.take_references();
create trigger freed after delete on tenant.trial
  referencing old table as gone for each statement execute function tenant.free_references();
create trigger moved after update on tenant.trial
  referencing old table as gone new table as added for each statement execute function tenant.move_references();

-- What of a product a subscription or a trial holds: exactly one of the two is named.
create table tenant.license_line (
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  subscription_id uuid references tenant.subscription on delete cascade,
  trial_id uuid references tenant.trial on delete cascade,
  product text not null,
  ordered integer not null check (ordered >= 0),
  -- Null where no feed tells.
  assigned integer check (assigned >= 0),
  over_since date,
  check (num_nonnulls(subscription_id, trial_id) = 1),
  check (over_since is null or assigned > ordered),
  unique (subscription_id, product),
  unique (trial_id, product)
);
create index on tenant.license_line (partner_id, product, customer_id);
create index on tenant.license_line (customer_id);

create table tenant.customer_status (
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  status text not null,
  since date not null,
  reasons jsonb not null,
  primary key (customer_id, status)
);
create index on tenant.customer_status (partner_id, status);

-- A row a stretch; ended_on is the first day on which it no longer held.
create table tenant.customer_status_history (
  id bigint generated always as identity primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  status text not null,
  began_on date not null,
  ended_on date check (ended_on >= began_on)
);
create index on tenant.customer_status_history (customer_id, began_on);
create index on tenant.customer_status_history (partner_id);

-- Tags of customers and of subscriptions are two lists; name_key is the name without case.
create table tenant.tag (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  kind text not null check (kind in ('customer', 'subscription')),
  name text not null check (name <> ''),
  name_key text not null,
  color text not null,
  description text not null default '',
  created_at timestamptz not null,
  unique (partner_id, kind, name_key)
);

create table tenant.customer_tag (
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  tag_id uuid not null references tenant.tag on delete cascade,
  primary key (customer_id, tag_id)
);
create index on tenant.customer_tag (tag_id);
create index on tenant.customer_tag (partner_id);

create table tenant.subscription_tag (
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  subscription_id uuid not null references tenant.subscription on delete cascade,
  tag_id uuid not null references tenant.tag on delete cascade,
  primary key (subscription_id, tag_id)
);
create index on tenant.subscription_tag (tag_id);
create index on tenant.subscription_tag (customer_id);
create index on tenant.subscription_tag (partner_id);

create table tenant.customer_group (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  name text not null check (name <> ''),
  name_key text not null,
  description text not null default '',
  -- Null: its customers are those of customer_group_member.
  filter text,
  version integer not null default 1,
  created_at timestamptz not null,
  unique (partner_id, name_key)
);

create table tenant.customer_group_member (
  partner_id uuid not null references identity.partner on delete cascade,
  group_id uuid not null references tenant.customer_group on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  primary key (group_id, customer_id)
);
create index on tenant.customer_group_member (customer_id);
create index on tenant.customer_group_member (partner_id);

create table tenant.saved_view (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  person_id uuid not null,
  name text not null check (name <> ''),
  name_key text not null,
  filter text not null,
  sort text not null,
  sort_order text not null check (sort_order in ('asc', 'desc')),
  is_shared boolean not null,
  created_at timestamptz not null,
  unique (partner_id, person_id, name_key),
  -- Whoever leaves the partner takes their views along.
  foreign key (person_id, partner_id) references identity.membership on delete cascade
);
create index on tenant.saved_view (partner_id);

-- What each person chose of the views they see.
create table tenant.saved_view_choice (
  partner_id uuid not null references identity.partner on delete cascade,
  view_id uuid not null references tenant.saved_view on delete cascade,
  person_id uuid not null,
  is_pinned boolean not null,
  is_default boolean not null,
  primary key (view_id, person_id),
  foreign key (person_id, partner_id) references identity.membership on delete cascade
);
create unique index saved_view_default on tenant.saved_view_choice (partner_id, person_id) where is_default;
create index on tenant.saved_view_choice (person_id, partner_id);

-- A job works as the person who started it: it sees and may what they see and may when it runs.
create table tenant.bulk_job (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  person_id uuid not null,
  token_id uuid,
  tracking_id text not null,
  act jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'canceled')),
  -- The job that this one takes back.
  undoes uuid references tenant.bulk_job on delete cascade,
  undone_by uuid references tenant.bulk_job on delete set null,
  total integer not null,
  changed integer not null default 0,
  unchanged integer not null default 0,
  failed integer not null default 0,
  created_at timestamptz not null,
  ended_at timestamptz,
  foreign key (person_id, partner_id) references identity.membership on delete cascade
);
create index on tenant.bulk_job (partner_id, person_id, created_at desc);

create table tenant.bulk_item (
  partner_id uuid not null references identity.partner on delete cascade,
  job_id uuid not null references tenant.bulk_job on delete cascade,
  position integer not null,
  customer_id uuid not null references tenant.customer on delete cascade,
  outcome text check (outcome in ('changed', 'unchanged', 'failed')),
  code text,
  data jsonb not null default '{}',
  -- What the undoing needs; of a job that undoes another, what that one kept.
  before jsonb,
  primary key (job_id, position)
);
create index on tenant.bulk_item (customer_id);
create index on tenant.bulk_item (partner_id);
create index on tenant.bulk_item (job_id, position) where outcome is null;

-- Ids only, as with imports: a worker finds work of every partner without seeing any content.
create table job.bulk_task (
  job_id uuid primary key references tenant.bulk_job on delete cascade,
  partner_id uuid not null,
  created_at timestamptz not null
);

create policy assigned_customers on tenant.customer_tag as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.subscription_tag as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.customer_group_member as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
-- By job, not by customer: who lost a customer meanwhile must have its row refused, not left open for ever. Its name is looked up by customer.
create policy own_jobs on tenant.bulk_job as restrictive
  using ((select tenant.scope_person()) is null or person_id = (select tenant.scope_person()));
create policy own_jobs on tenant.bulk_item as restrictive using ((select tenant.scope_person()) is null
  or job_id in (select j.id from tenant.bulk_job j where j.person_id = (select tenant.scope_person())));
-- A tag or group has holders that a person in a scope does not see: this looks past the scope, never past the partner.
create function tenant.has_holder(tag uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from tenant.customer_tag h where h.tag_id = tag and h.partner_id = current_setting('app.partner_id')::uuid)
    or exists (select 1 from tenant.subscription_tag h where h.tag_id = tag and h.partner_id = current_setting('app.partner_id')::uuid)
$$;
-- How many, past the scope: what only some of them could be taken from is taken from nobody.
create function tenant.count_holders(tag uuid) returns bigint language sql stable security definer set search_path = pg_catalog as $$
  select (select count(*) from tenant.customer_tag h where h.tag_id = tag and h.partner_id = current_setting('app.partner_id')::uuid)
    + (select count(*) from tenant.subscription_tag h where h.tag_id = tag and h.partner_id = current_setting('app.partner_id')::uuid)
$$;
create policy assigned_customers on tenant.subscription as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.contract_reference as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.customer_due as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.trial as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.license_line as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.customer_status as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.customer_status_history as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
-- Which of these are in use by anybody of the partner: a file of records is told "taken" of what its person does not see, and no more.
create function tenant.held_organizations(organizations uuid[]) returns setof uuid language sql stable security definer set search_path = pg_catalog as $$
  select c.org_uuid from tenant.customer c where c.partner_id = current_setting('app.partner_id')::uuid and c.org_uuid = any(organizations)
$$;
create function tenant.held_references(given text[]) returns setof text language sql stable security definer set search_path = pg_catalog as $$
  select r.reference from tenant.contract_reference r where r.partner_id = current_setting('app.partner_id')::uuid and r.reference = any(given)
$$;

-- A merge hands on whom the removed customer was assigned to, also people whom a person in a scope does not see.
create function tenant.hand_on_assignments(gone uuid, kept uuid) returns void language sql security definer set search_path = pg_catalog as $$
  insert into tenant.assignment (partner_id, person_id, customer_id)
  select a.partner_id, a.person_id, kept from tenant.assignment a
  where a.customer_id = gone and a.partner_id = current_setting('app.partner_id')::uuid
    and exists (select 1 from tenant.customer c where c.id = kept and c.partner_id = a.partner_id)
  on conflict do nothing
$$;

-- The text search of the list. A row-level policy keeps `like` away from any index, so it is looked up here, past the scope, never past
-- the partner: the ids are conditions on customers that the asker sees. Where the server has no pg_trgm it reads the partner's rows instead.
do $$ begin
  create extension if not exists pg_trgm with schema public;
exception when undefined_file or feature_not_supported or insufficient_privilege then
  raise notice 'no pg_trgm: %', sqlerrm;
end $$;
do $$ declare trigrams text;
begin
  select format('%I.gin_trgm_ops', n.nspname) into trigrams
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
  if trigrams is not null then
    execute format('create index customer_search_text_idx on tenant.customer using gin (search_text %s)', trigrams);
  end if;
end $$;
-- Planned anew each time (execute): how often a text occurs decides how it is looked for.
create function tenant.find_by_text(pattern text, most integer) returns setof uuid language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  return query execute 'select id from tenant.customer where partner_id = $1 and search_text like $2 limit $3'
    using current_setting('app.partner_id')::uuid, pattern, most;
end $$;
