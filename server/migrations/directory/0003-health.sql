-- Counts over all partners for /metrics: the policies hide every row from the application, so the owner counts and tells numbers only.
create function job.count_imports() returns table (region text, state text, count bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select region, state, count(*) from tenant.import_batch group by region, state
$$;
revoke all on function job.count_imports() from public;
