-- What is told of a customer beside its statuses: {"since", "reasons"} of orders whose setup went wrong, null where none did.
alter table tenant.customer add column failed_setup jsonb;
-- Those whose setup went wrong are derived anew at the next look.
insert into tenant.customer_due (customer_id, partner_id, due_on)
  select distinct s.customer_id, s.partner_id, '-infinity'::date from tenant.subscription s where s.setup_state in ('error', 'provisioned_with_errors')
  on conflict (customer_id) do update set due_on = excluded.due_on;

-- Behind an empty line in what is searched stand the references of subscriptions and trials, which were its last lines.
update tenant.customer c set search_text =
    array_to_string(l.lines[1:cardinality(l.lines) - l.contracts], E'\n') || E'\n\n' || array_to_string(l.lines[cardinality(l.lines) - l.contracts + 1:], E'\n')
  from (
    select f.id, string_to_array(f.search_text, E'\n') as lines,
      ((select count(*) from tenant.subscription s where s.customer_id = f.id) + (select count(*) from tenant.trial t where t.customer_id = f.id))::int as contracts
    from tenant.customer f) l
  where l.id = c.id and l.contracts > 0 and cardinality(l.lines) > l.contracts;

-- The day on which a stretch was noted: it may have begun before, where what was recorded on that day told so.
alter table tenant.customer_status_history add column noted_on date;
update tenant.customer_status_history set noted_on = began_on;
alter table tenant.customer_status_history alter column noted_on set not null;
-- Stretches that still hold, the first of their status, noted on the day on which the contract that they are about was recorded.
update tenant.customer_status_history h set began_on = told.since
  from (
    select s.customer_id, s.status, min((r.reason->>'since')::date) as since, min((k.created_at at time zone p.time_zone)::date) as recorded_on
    from tenant.customer_status s
      join identity.partner p on p.id = s.partner_id
      cross join lateral jsonb_array_elements(s.reasons) as r (reason)
      join lateral (
        select created_at from tenant.subscription c where c.partner_id = s.partner_id and c.reference = r.reason->'of'->>'reference'
        union all
        select created_at from tenant.trial c where c.partner_id = s.partner_id and c.reference = r.reason->'of'->>'reference') k on true
    group by s.customer_id, s.status) told
  where told.customer_id = h.customer_id and told.status = h.status and h.ended_on is null and h.began_on = told.recorded_on and told.since < h.began_on
    and not exists (select 1 from tenant.customer_status_history o where o.customer_id = h.customer_id and o.status = h.status and o.id <> h.id);

-- A tag that was removed, or merged into another, stays for a day with those who had it: undoing gives it back to them.
create table tenant.removed_tag (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  -- Who did it; null where that was no person.
  person_id uuid,
  kind text not null check (kind in ('customer', 'subscription')),
  name text not null,
  color text not null,
  description text not null,
  -- Of a merge: the tag that took its place, which may be gone by now.
  into_tag_id uuid,
  holders integer not null,
  removed_at timestamptz not null
);
create index on tenant.removed_tag (partner_id, removed_at);
create policy own_removals on tenant.removed_tag as restrictive
  using ((select tenant.scope_person()) is null or person_id = (select tenant.scope_person()));

create table tenant.removed_tag_holder (
  removed_tag_id uuid not null references tenant.removed_tag on delete cascade,
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  subscription_id uuid references tenant.subscription on delete cascade,
  -- Of a merge: it had both.
  had_other boolean not null
);
create index on tenant.removed_tag_holder (removed_tag_id);
create index on tenant.removed_tag_holder (customer_id);
create index on tenant.removed_tag_holder (subscription_id);
create index on tenant.removed_tag_holder (partner_id);
create policy assigned_customers on tenant.removed_tag_holder as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
