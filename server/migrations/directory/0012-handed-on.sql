-- A view that was removed stays for a day: undoing that brings back the same one, with what everybody chose of it.
alter table tenant.saved_view add column removed_at timestamptz;

-- How many people would see a customer only by the merge of another into it, also people whom a person in a scope does not see.
create function tenant.count_handed_on(gone uuid, kept uuid) returns integer language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::int from tenant.assignment a
  where a.customer_id = gone and a.partner_id = current_setting('app.partner_id')::uuid
    and not exists (select 1 from tenant.assignment k where k.customer_id = kept and k.person_id = a.person_id)
$$;
