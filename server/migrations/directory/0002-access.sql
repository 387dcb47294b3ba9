-- Five roles, assignments of customers to partner administrators, invitations, access tokens, and the audit log's filters.
alter table identity.membership drop constraint membership_role_check;
alter table identity.membership add constraint membership_role_check
  check (role in ('partner_full', 'partner_admin', 'partner_read_only', 'help_desk_basic', 'help_desk_advanced'));
-- Names the list of organizations that the regional stores hold for this person (scope_member). A list never changes: another list, another key.
alter table identity.membership add column scope_key uuid not null default gen_random_uuid();
alter table identity.membership add column last_used_at timestamptz;

create table identity.invitation (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  email text not null check (email = lower(email)),
  role text not null check (role in ('partner_full', 'partner_admin', 'partner_read_only', 'help_desk_basic', 'help_desk_advanced')),
  -- SHA-256 of the link's secret.
  secret_hash bytea not null unique,
  invited_by uuid references identity.person on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
-- One open invitation per address and partner.
create unique index invitation_open on identity.invitation (partner_id, email) where used_at is null;

create table identity.access_token (
  id uuid primary key,
  -- SHA-256 of the token.
  token_hash bytea not null unique,
  prefix text not null,
  name text not null check (name <> ''),
  scopes text[] not null,
  person_id uuid not null,
  partner_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  -- Whoever leaves a partner leaves the tokens for it.
  foreign key (person_id, partner_id) references identity.membership on delete cascade
);
create index on identity.access_token (person_id, partner_id);

create table tenant.assignment (
  partner_id uuid not null references identity.partner on delete cascade,
  person_id uuid not null,
  customer_id uuid not null,
  primary key (person_id, customer_id),
  foreign key (person_id, partner_id) references identity.membership on delete cascade,
  -- Deferred: who sees only assigned customers must have a new one assigned before it is written.
  foreign key (customer_id) references tenant.customer on delete cascade deferrable initially deferred
);
create index on tenant.assignment (customer_id);
create index on tenant.assignment (partner_id);

-- Whoever acts in a scope has lists of other people changed too. These functions run as the owner, whom no policy binds, and so each names
-- the partner itself: they look past the scope, never past the partner.
create function tenant.renew_scope_of_assigned() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update identity.membership m set scope_key = gen_random_uuid()
  where exists (select 1 from changed c where c.person_id = m.person_id and c.partner_id = m.partner_id);
  return null;
end $$;
create trigger assigned after insert on tenant.assignment
  referencing new table as changed for each statement execute function tenant.renew_scope_of_assigned();
create trigger unassigned after delete on tenant.assignment
  referencing old table as changed for each statement execute function tenant.renew_scope_of_assigned();

create function tenant.renew_scope_of_linked() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update identity.membership m set scope_key = gen_random_uuid()
  where m.partner_id = new.partner_id
    and m.person_id in (select a.person_id from tenant.assignment a where a.customer_id = new.id);
  return null;
end $$;
create trigger linked after update of org_uuid, region on tenant.customer
  for each row when (old.org_uuid is distinct from new.org_uuid or old.region is distinct from new.region)
  execute function tenant.renew_scope_of_linked();

alter table tenant.audit_event add column token_id uuid;
-- The customer in whose name or at whose organization something was done.
alter table tenant.audit_event add column customer_id uuid;
update tenant.audit_event set customer_id = target_id::uuid where target_kind = 'customer';
drop index tenant.audit_event_partner_id_at_idx;
create index on tenant.audit_event (partner_id, at desc, id desc);
create index on tenant.audit_event (partner_id, action);
create index on tenant.audit_event (partner_id, actor_person_id, at desc);
create index on tenant.audit_event (partner_id, customer_id, at desc) where customer_id is not null;

-- The person in whose scope a transaction works; null where it works for the whole partner. Set by inTenant together with app.partner_id.
create function tenant.scope_person() returns uuid language sql stable
  return nullif(current_setting('app.scope_person', true), '')::uuid;

-- Restrictive: they narrow the policy of the partner, which is written beside them (migrate.ts). Reading what one writes needs the same right.
create policy own_assignments on tenant.assignment as restrictive
  using ((select tenant.scope_person()) is null or person_id = (select tenant.scope_person()));
create policy assigned_customers on tenant.customer as restrictive
  using ((select tenant.scope_person()) is null
    or id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())))
  with check (true);
create policy own_imports on tenant.import_batch as restrictive
  using ((select tenant.scope_person()) is null or created_by = (select tenant.scope_person()));
create policy own_events on tenant.audit_event as restrictive
  using ((select tenant.scope_person()) is null or actor_person_id = (select tenant.scope_person())
    or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())))
  with check ((select tenant.scope_person()) is null or actor_person_id = (select tenant.scope_person()));

-- What of a region's facts counts concerns everybody's imports; nothing but their numbers leaves.
create function tenant.region_visibility(wanted text)
returns table (open integer[], superseding integer[], newest integer, version text, data_as_of timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(number) filter (where state <> 'committed'), '{}'),
    coalesce(array_agg(number) filter (where has_superseded), '{}'),
    coalesce(max(number), 0),
    count(*) filter (where state = 'committed') || '-' || count(*) filter (where has_superseded),
    max(ended_at) filter (where state = 'committed' and new_rows + replaced_rows > 0)
  from tenant.import_batch where partner_id = current_setting('app.partner_id')::uuid and region = wanted
$$;

-- Whether the partner has stored any call leg.
create function tenant.has_call_legs() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from tenant.import_batch where partner_id = current_setting('app.partner_id')::uuid and state = 'committed' and new_rows > 0)
$$;
