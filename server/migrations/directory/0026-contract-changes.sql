-- Whose contracts, or what subscription analytics says of them besides, each transaction changed (docs/adr/0033-contracts-kept-in-memory.md).
-- Who has read contracts under a snapshot reads only those anew that a transaction changed which that snapshot did not see yet.
-- Rows are only added: transactions do not wait for each other. No key to the customer, which may be what went.
create table tenant.contract_change (
  partner_id uuid not null references identity.partner on delete cascade,
  xid xid8 not null,
  customer_id uuid not null,
  at timestamptz not null default now(),
  primary key (partner_id, xid, customer_id)
);
create index on tenant.contract_change (at);

-- Up to here changes were taken away: who has not read since then reads everything.
create table tenant.contract_change_removal (
  partner_id uuid primary key references identity.partner on delete cascade,
  until xid8 not null
);

-- As the owner: what somebody changes without seeing it is changed, too.
create function tenant.note_contracts_added() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.contract_change (partner_id, xid, customer_id)
  select distinct a.partner_id, pg_current_xact_id(), a.customer_id from added a on conflict do nothing;
  return null;
end $$;
create function tenant.note_contracts_gone() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.contract_change (partner_id, xid, customer_id)
  select distinct g.partner_id, pg_current_xact_id(), g.customer_id from gone g
  where exists (select from identity.partner p where p.id = g.partner_id) on conflict do nothing;
  return null;
end $$;
create function tenant.note_contracts_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.contract_change (partner_id, xid, customer_id)
  select c.partner_id, pg_current_xact_id(), c.customer_id
  from (select a.partner_id, a.customer_id from added a union select g.partner_id, g.customer_id from gone g) c on conflict do nothing;
  return null;
end $$;

create function tenant.note_customers_added() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.contract_change (partner_id, xid, customer_id) select a.partner_id, pg_current_xact_id(), a.id from added a on conflict do nothing;
  return null;
end $$;
create function tenant.note_customers_gone() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.contract_change (partner_id, xid, customer_id) select g.partner_id, pg_current_xact_id(), g.id from gone g
  where exists (select from identity.partner p where p.id = g.partner_id) on conflict do nothing;
  return null;
end $$;
-- Statuses and sums of a customer are written often, and are nothing of a contract.
create function tenant.note_customer_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.contract_change (partner_id, xid, customer_id) values (new.partner_id, pg_current_xact_id(), new.id) on conflict do nothing;
  return null;
end $$;
create trigger contracts_added after insert on tenant.customer
  referencing new table as added for each statement execute function tenant.note_customers_added();
create trigger contracts_gone after delete on tenant.customer
  referencing old table as gone for each statement execute function tenant.note_customers_gone();
create trigger contracts_changed after update of name, org_uuid, region, kind on tenant.customer
  for each row when ((old.name, old.org_uuid, old.region, old.kind) is distinct from (new.name, new.org_uuid, new.region, new.kind))
  execute function tenant.note_customer_changed();

-- Payment, setup and assigned licenses come every night, and are read elsewhere.
create function tenant.note_subscriptions_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.contract_change (partner_id, xid, customer_id)
  select distinct c.partner_id, pg_current_xact_id(), c.customer_id from (
    (select partner_id, customer_id, id, reference, starts_on, ends_on, term_months, auto_renews from added except select partner_id, customer_id, id, reference, starts_on, ends_on, term_months, auto_renews from gone) union all
    (select partner_id, customer_id, id, reference, starts_on, ends_on, term_months, auto_renews from gone except select partner_id, customer_id, id, reference, starts_on, ends_on, term_months, auto_renews from added)) c on conflict do nothing;
  return null;
end $$;
create trigger contracts_added after insert on tenant.subscription
  referencing new table as added for each statement execute function tenant.note_contracts_added();
create trigger contracts_gone after delete on tenant.subscription
  referencing old table as gone for each statement execute function tenant.note_contracts_gone();
create trigger contracts_changed after update on tenant.subscription
  referencing old table as gone new table as added for each statement execute function tenant.note_subscriptions_changed();

create trigger contracts_added after insert on tenant.trial
  referencing new table as added for each statement execute function tenant.note_contracts_added();
create trigger contracts_gone after delete on tenant.trial
  referencing old table as gone for each statement execute function tenant.note_contracts_gone();
create trigger contracts_changed after update on tenant.trial
  referencing old table as gone new table as added for each statement execute function tenant.note_contracts_changed();

create function tenant.note_license_lines_changed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.contract_change (partner_id, xid, customer_id)
  select distinct c.partner_id, pg_current_xact_id(), c.customer_id from (
    (select partner_id, customer_id, subscription_id, trial_id, product, ordered from added except select partner_id, customer_id, subscription_id, trial_id, product, ordered from gone) union all
    (select partner_id, customer_id, subscription_id, trial_id, product, ordered from gone except select partner_id, customer_id, subscription_id, trial_id, product, ordered from added)) c on conflict do nothing;
  return null;
end $$;
create trigger contracts_added after insert on tenant.license_line
  referencing new table as added for each statement execute function tenant.note_contracts_added();
create trigger contracts_gone after delete on tenant.license_line
  referencing old table as gone for each statement execute function tenant.note_contracts_gone();
create trigger contracts_changed after update on tenant.license_line
  referencing old table as gone new table as added for each statement execute function tenant.note_license_lines_changed();

create trigger contracts_added after insert on tenant.order_line
  referencing new table as added for each statement execute function tenant.note_contracts_added();
create trigger contracts_gone after delete on tenant.order_line
  referencing old table as gone for each statement execute function tenant.note_contracts_gone();
create trigger contracts_changed after update on tenant.order_line
  referencing old table as gone new table as added for each statement execute function tenant.note_contracts_changed();
