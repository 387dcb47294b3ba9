-- What customers bought and try, when their administrators were last seen, and what is said of them because of it.
alter table identity.partner add column time_zone text not null default 'UTC';
alter table identity.partner add column expires_soon_days integer not null default 14 check (expires_soon_days between 1 and 90);
alter table identity.partner add column inactive_days integer not null default 90 check (inactive_days between 7 and 730);

alter table tenant.customer add column domain text;
-- Where a feed tells of sign-ins: the last one of any administrator of the customer, null where none ever signed in.
alter table tenant.customer add column has_sign_ins boolean not null default false;
alter table tenant.customer add column last_sign_in_on date;
-- Derived, with customer_status: what the list sorts by, and the next day on which it may be another.
alter table tenant.customer add column status_rank smallint not null default 9;
alter table tenant.customer add column next_on date;
alter table tenant.customer add column renews jsonb;
alter table tenant.customer add column status_due_on date default '-infinity';
create index on tenant.customer (partner_id, status_rank, name, id);
create index on tenant.customer (partner_id, next_on, id);
create index on tenant.customer (partner_id, status_due_on) where status_due_on is not null;

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

create policy assigned_customers on tenant.subscription as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.trial as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.license_line as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.customer_status as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.customer_status_history as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
