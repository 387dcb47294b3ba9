-- For how many days a partner keeps a feed in a region, where it is another number than the feed's own (contract/src/retention.ts). null: for ever.
create table tenant.retention_rule (
  partner_id uuid not null references identity.partner on delete cascade,
  region text not null,
  feed text not null,
  days integer check (days between 30 and 3650),
  primary key (partner_id, region, feed)
);

-- The last day of the partner's calendar for which rows beyond the limits have been removed; `plan`: what is being removed, until it has been.
create table tenant.retention_night (
  partner_id uuid not null references identity.partner on delete cascade,
  region text not null,
  done_on date not null,
  plan jsonb,
  primary key (partner_id, region)
);

-- How often rows were removed beside the imports: part of the version of the data, by which answers are remembered.
create table tenant.region_removal (
  partner_id uuid not null references identity.partner on delete cascade,
  region text not null,
  removals integer not null,
  primary key (partner_id, region)
);

-- Who was there before there was a limit has a month to look at it.
alter table identity.partner add column retention_begins_on date;
update identity.partner set retention_begins_on = current_date + 30;

create or replace function tenant.region_visibility(wanted text)
returns table (open integer[], superseding integer[], undone integer[], newest integer, version text, data_as_of timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(number) filter (where state <> 'committed'), '{}'),
    coalesce(array_agg(number) filter (where state = 'committed' and has_superseded), '{}'),
    coalesce(array_agg(number) filter (where has_undone), '{}'),
    coalesce(max(number), 0),
    count(*) filter (where state in ('committed', 'undone')) || '-' || count(*) filter (where has_superseded) || '-' || count(*) filter (where state = 'undone')
      || '-' || coalesce((select removals from tenant.region_removal r where r.partner_id = current_setting('app.partner_id')::uuid and r.region = wanted), 0),
    max(ended_at) filter (where state = 'committed' and feed = 'webex_call_history' and new_rows + replaced_rows > 0)
  from tenant.import_batch where partner_id = current_setting('app.partner_id')::uuid and region = wanted
$$;
