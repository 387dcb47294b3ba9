-- In which order removals and merges of tags and the batches of bulk jobs came: whoever writes tags holds the partner's lock, so of one
-- partner the numbers are in the order of what happened. What built on another is taken back before it.
create sequence job.tag_act;
alter table tenant.removed_tag add column act_number bigint not null default nextval('job.tag_act');
-- What the other tag of a merge was called: gone and made again, it is another one of that name.
alter table tenant.removed_tag add column into_name text;
-- When a batch looked at it; null before that, and of jobs of earlier releases.
alter table tenant.bulk_item add column act_number bigint;

-- What acts behind a number touched of these holders, of those acts that can still be taken back: past the scope, never past the partner. A
-- merge touches both tags, also of who had both, a job what it changed.
create function tenant.tag_touches(after bigint, holder_ids uuid[])
  returns table (act_number bigint, kind text, holder_id uuid, tag_id uuid, tag_name text, act text, act_name text, removed_at timestamptz)
  language sql stable security definer set search_path = pg_catalog as $$
  select r.act_number, r.kind, coalesce(h.subscription_id, h.customer_id), touched.id, touched.name, 'tag', r.name, r.removed_at
  from tenant.removed_tag r join tenant.removed_tag_holder h on h.removed_tag_id = r.id
    cross join lateral (values (r.id, r.name), (r.into_tag_id, r.into_name)) as touched (id, name)
  where r.partner_id = current_setting('app.partner_id')::uuid and r.act_number > after and touched.id is not null
    and coalesce(h.subscription_id, h.customer_id) = any(holder_ids)
  union all
  select i.act_number, 'customer', i.customer_id, (e ->> 'id')::uuid, e ->> 'name', 'job', p.name, null
  from tenant.bulk_item i join tenant.bulk_job j on j.id = i.job_id
    left join tenant.bulk_job u on u.id = j.undone_by
    left join identity.person p on p.id = j.person_id
    cross join lateral jsonb_array_elements((i.before -> 'added') || (i.before -> 'removed')) as e
  where i.partner_id = current_setting('app.partner_id')::uuid and i.act_number > after and i.customer_id = any(holder_ids)
    and i.outcome = 'changed' and j.act ->> 'act' in ('add_tags', 'remove_tags')
    and j.undoes is null and u.state is distinct from 'done'
$$;

-- Which rules (statusRules in status-rules.ts) everybody of the partner was derived by at least: where they are newer, all are derived anew.
alter table identity.partner add column status_rules_applied integer not null default 0;
alter table identity.partner alter column status_rules_applied set default 1;
