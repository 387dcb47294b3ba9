-- Gives everything of Partner Hub in this database to the owner of the database, for instance after a restore with another account.
-- A superuser runs it:  psql -d hub -f deploy/take-over-tables.sql
do $$
declare
  keeper text := (select quote_ident(pg_get_userbyid(datdba)) from pg_database where datname = current_database());
  role text := quote_ident(left(current_database(), 59) || '_app');
  ours oid[] := array(select oid from pg_namespace where nspname in ('identity', 'tenant', 'job'));
  found record;
begin
  for found in
    select format('alter schema %s owner to %s', oid::regnamespace, keeper) as sql from pg_namespace where oid = any (ours)
    union all
    -- Sequences of identity columns go with their tables.
    select format('alter table %s owner to %s', c.oid::regclass, keeper) from pg_class c
    where (c.relnamespace = any (ours) or c.oid in (to_regclass('public.migration'), to_regclass('public.installation'))) and c.relkind in ('r', 'p', 'v', 'm')
    union all
    select format('alter sequence %s owner to %s', c.oid::regclass, keeper) from pg_class c
    where c.relnamespace = any (ours) and c.relkind = 'S'
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i'))
    union all
    select format('alter routine %s owner to %s', oid::regprocedure, keeper) from pg_proc where pronamespace = any (ours)
    union all
    select format('alter type %s owner to %s', t.oid::regtype, keeper) from pg_type t
    where t.typnamespace = any (ours) and t.typtype in ('e', 'd')
  loop
    execute found.sql;
  end loop;
  if to_regrole(role) is not null and to_regrole(role) <> to_regrole(keeper) then
    execute format('grant %s to %s with admin option', role, keeper);
  end if;
end $$;
