-- License snapshots that follow from assigning in the product (docs/adr/0036-own-snapshots.md): one way in more.
do $$ declare admitted text;
begin
  select string_agg(quote_literal(m[1]), ', ') into admitted
  from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''', 'g') m
  where k.conrelid = 'tenant.import_batch'::regclass and k.conname = 'import_batch_source_check';
  alter table tenant.import_batch drop constraint import_batch_source_check;
  execute format('alter table tenant.import_batch add constraint import_batch_source_check check (source in (%s, ''own''))', admitted);
end $$;

-- What somebody assigned here of a line, by the day as of which it is told; queued: an import brings that day's snapshot.
create table tenant.own_assignment (
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  reference text not null,
  product text not null,
  day date not null,
  ordered integer not null check (ordered >= 0),
  assigned integer check (assigned >= 0),
  noted_at timestamptz not null,
  is_queued boolean not null default false,
  primary key (customer_id, reference, product, day)
);
create index on tenant.own_assignment (partner_id);
create index on tenant.own_assignment (partner_id, day) where not is_queued;
create policy assigned_customers on tenant.own_assignment as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));

-- Whether snapshots of the product's own assignments are among what counts of a region: then questions tell them apart.
create function tenant.has_own_snapshots(wanted text) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from tenant.import_batch
    where partner_id = current_setting('app.partner_id')::uuid and region = wanted and source = 'own' and state = 'committed')
$$;
create index on tenant.import_batch (partner_id, region) where source = 'own' and state = 'committed';
