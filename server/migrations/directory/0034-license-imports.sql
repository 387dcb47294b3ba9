-- Which imports told of licenses on the days from one to another, and a mark of those that told of days up to a week before its end: an answer about
-- licenses hangs on them, and not on what other feeds bring (docs/adr/0037-states-kept-in-memory.md). As the owner: the imports of everybody count.
create function tenant.license_imports(wanted text, oldest date, first date, last date)
returns table (committed integer[], undone integer[], older text, removals integer)
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(number order by number) filter (where until >= first and state = 'committed'), '{}'),
    coalesce(array_agg(number order by number) filter (where until >= first and state = 'undone'), '{}'),
    md5(coalesce(string_agg(number || state, ',' order by number) filter (where since <= last - 7), '')),
    coalesce((select removals from tenant.region_removal r where r.partner_id = current_setting('app.partner_id')::uuid and r.region = wanted), 0)
  from (select number, state, (covers_from at time zone 'UTC')::date as since, (covers_to at time zone 'UTC')::date as until from tenant.import_batch
    where partner_id = current_setting('app.partner_id')::uuid and region = wanted and feed = 'license_snapshots' and state in ('committed', 'undone')
      and covers_from is not null and covers_to is not null) as told
  where until >= oldest and since <= last
$$;
