-- What a connector fetches once a day beside call records: licenses, locations, numbers, devices. Those that are there go on as they were
-- until somebody chooses.
alter table tenant.connector add column snapshots text[] not null default '{}'
  check (snapshots <@ array['licenses', 'locations', 'numbers', 'devices']);

create table tenant.connector_snapshot (
  connector_id uuid not null,
  partner_id uuid not null references identity.partner on delete cascade,
  org_uuid uuid not null,
  kind text not null check (kind in ('licenses', 'locations', 'numbers', 'devices')),
  -- The newest day, in the partner's zone, of which it has been queued for import.
  taken_on date,
  last_success_at timestamptz,
  faults integer not null default 0,
  fault jsonb,
  fault_at timestamptz,
  not_before timestamptz,
  primary key (connector_id, org_uuid, kind),
  foreign key (connector_id, org_uuid) references tenant.connector_organization on delete cascade
);
create index on tenant.connector_snapshot (partner_id);
create policy assigned_customers on tenant.connector_snapshot as restrictive using ((select tenant.scope_person()) is null
  or org_uuid in (select c.org_uuid from tenant.customer c join tenant.assignment a on a.customer_id = c.id
    where a.person_id = (select tenant.scope_person())));

-- For /metrics, over all partners: ids and times, no names.
create function job.connector_snapshot_ages()
returns table (connector_id uuid, org_uuid uuid, kind text, last_success_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select s.connector_id, s.org_uuid, s.kind, s.last_success_at
  from tenant.connector_snapshot s join tenant.connector c on c.id = s.connector_id
  join tenant.connector_organization o on o.connector_id = s.connector_id and o.org_uuid = s.org_uuid
  where c.state = 'enabled' and s.kind = any(c.snapshots) and o.is_listed and not o.is_left_out and s.last_success_at is not null
$$;
revoke all on function job.connector_snapshot_ages() from public;

-- What came with a key beside the file: whose rows, and of which days. Null: of a key from before, which is not known any more.
alter table tenant.import_key add column given jsonb;
