-- More feeds than call history, and what a file of them may leave to whoever brings it: whose rows they are, and of which days.
alter table tenant.import_batch drop constraint import_batch_feed_check;
alter table tenant.import_batch add constraint import_batch_feed_check check (feed in (
  'webex_call_history', 'webex_media_quality', 'webex_call_queue_stats', 'webex_call_queue_agent_stats',
  'webex_auto_attendant_stats', 'webex_hunt_group_stats', 'webex_phone_numbers', 'webex_devices'));
alter table tenant.import_batch add column org_uuid uuid;
alter table tenant.import_batch add column period_from date;
alter table tenant.import_batch add column period_to date;
alter table tenant.import_batch add constraint import_batch_period_check
  check ((period_from is null) = (period_to is null) and period_from <= period_to);

-- The age of the data is that of the call legs: nothing that is asked of a region counts the other feeds yet.
create or replace function tenant.region_visibility(wanted text)
returns table (open integer[], superseding integer[], newest integer, version text, data_as_of timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(array_agg(number) filter (where state <> 'committed'), '{}'),
    coalesce(array_agg(number) filter (where has_superseded), '{}'),
    coalesce(max(number), 0),
    count(*) filter (where state = 'committed') || '-' || count(*) filter (where has_superseded),
    max(ended_at) filter (where state = 'committed' and feed = 'webex_call_history' and new_rows + replaced_rows > 0)
  from tenant.import_batch where partner_id = current_setting('app.partner_id')::uuid and region = wanted
$$;

create or replace function tenant.has_call_legs() returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from tenant.import_batch
    where partner_id = current_setting('app.partner_id')::uuid and state = 'committed' and feed = 'webex_call_history' and new_rows > 0)
$$;
