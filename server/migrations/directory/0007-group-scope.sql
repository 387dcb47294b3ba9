-- A customer group as a scope: its customers are assigned to the person for as long as they are in it.
create table tenant.group_assignment (
  partner_id uuid not null references identity.partner on delete cascade,
  person_id uuid not null,
  group_id uuid not null references tenant.customer_group on delete cascade,
  primary key (person_id, group_id),
  foreign key (person_id, partner_id) references identity.membership on delete cascade
);
create index on tenant.group_assignment (group_id);
create index on tenant.group_assignment (partner_id);
create policy own_groups on tenant.group_assignment as restrictive
  using ((select tenant.scope_person()) is null or person_id = (select tenant.scope_person()));

-- False: only through a group. Every policy goes on reading this one table.
alter table tenant.assignment add column is_direct boolean not null default true;

-- These run as the owner, whom no policy binds: rows meet by their ids, and each keeps to the partner that both belong to.
create function tenant.assign_group_members() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.assignment (partner_id, person_id, customer_id, is_direct)
  select c.partner_id, g.person_id, c.customer_id, false
  from changed c join tenant.group_assignment g on g.group_id = c.group_id and g.partner_id = c.partner_id
  on conflict do nothing;
  return null;
end $$;
create trigger group_member_added after insert on tenant.customer_group_member
  referencing new table as changed for each statement execute function tenant.assign_group_members();

create function tenant.assign_group() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into tenant.assignment (partner_id, person_id, customer_id, is_direct)
  select c.partner_id, c.person_id, m.customer_id, false
  from changed c join tenant.customer_group_member m on m.group_id = c.group_id and m.partner_id = c.partner_id
  on conflict do nothing;
  return null;
end $$;
create trigger group_assigned after insert on tenant.group_assignment
  referencing new table as changed for each statement execute function tenant.assign_group();

create function tenant.is_assigned_by_group(person uuid, customer uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from tenant.group_assignment g join tenant.customer_group_member m on m.group_id = g.group_id
    where g.person_id = person and m.customer_id = customer and g.partner_id = current_setting('app.partner_id')::uuid)
$$;

-- What no group gives any more goes, whichever of the two was removed first.
create function tenant.unassign_group_members() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from tenant.assignment a using changed c
  where a.customer_id = c.customer_id and not a.is_direct and not exists (
    select 1 from tenant.group_assignment g join tenant.customer_group_member m on m.group_id = g.group_id
    where g.person_id = a.person_id and m.customer_id = a.customer_id);
  return null;
end $$;
create trigger group_member_removed after delete on tenant.customer_group_member
  referencing old table as changed for each statement execute function tenant.unassign_group_members();

create function tenant.unassign_group() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from tenant.assignment a using changed c
  where a.person_id = c.person_id and a.partner_id = c.partner_id and not a.is_direct and not exists (
    select 1 from tenant.group_assignment g join tenant.customer_group_member m on m.group_id = g.group_id
    where g.person_id = a.person_id and m.customer_id = a.customer_id);
  return null;
end $$;
create trigger group_unassigned after delete on tenant.group_assignment
  referencing old table as changed for each statement execute function tenant.unassign_group();

-- As in 0006; what only a group gave comes by the group, which the merge hands on as well.
create or replace function tenant.hand_on_assignments(gone uuid, kept uuid) returns void language sql security definer set search_path = pg_catalog as $$
  insert into tenant.assignment (partner_id, person_id, customer_id)
  select a.partner_id, a.person_id, kept from tenant.assignment a
  where a.customer_id = gone and a.is_direct and a.partner_id = current_setting('app.partner_id')::uuid
    and exists (select 1 from tenant.customer c where c.id = kept and c.partner_id = a.partner_id)
  on conflict (person_id, customer_id) do update set is_direct = true
$$;
