-- Months of the calendar from the one of a day to that of another.
create function tenant.months_apart(a date, b date) returns integer language sql immutable as $$
  select ((date_part('year', b) - date_part('year', a)) * 12 + date_part('month', b) - date_part('month', a))::integer
$$;
-- The last day of the term in which a day lies, as renewedEnd tells it (server/src/features/statuses/status-rules.ts): what renews by itself goes on
-- by its term; a renewal that is past and whose term is not known leaves no date behind. Inlined into the questions of the workbench.
create function tenant.term_end(ends_on date, term_months integer, auto_renews boolean, today date) returns date language sql immutable as $$
  select case
    when not auto_renews or ends_on >= today then ends_on
    when (ends_on + make_interval(months => term_months * (tenant.months_apart(ends_on, today) / term_months)))::date >= today
      then (ends_on + make_interval(months => term_months * (tenant.months_apart(ends_on, today) / term_months)))::date
    else (ends_on + make_interval(months => term_months * (tenant.months_apart(ends_on, today) / term_months + 1)))::date
  end
$$;

-- The work on one term of a subscription (docs/adr/0029-renewals.md): a new term begins a row of its own, and the one before stays.
create table tenant.renewal_work (
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  subscription_id uuid not null references tenant.subscription on delete cascade,
  term_ends_on date not null,
  stage text not null check (stage in ('not_started', 'contacted', 'quoted', 'agreed', 'lost')),
  owner_id uuid references identity.person on delete set null,
  note text not null,
  notice_days integer not null check (notice_days between 0 and 365),
  version integer not null,
  changed_by uuid references identity.person on delete set null,
  changed_at timestamptz not null,
  primary key (subscription_id, term_ends_on)
);
create index on tenant.renewal_work (customer_id);
create index on tenant.renewal_work (partner_id);
create index on tenant.renewal_work (owner_id);
create index on tenant.renewal_work (changed_by);
create policy assigned_customers on tenant.renewal_work as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));

-- Whether a person has this customer, also one whom a person in a scope does not see.
create function tenant.is_assigned(person uuid, customer uuid) returns boolean language sql stable security definer set search_path = pg_catalog as $$
  select exists (select 1 from tenant.assignment a
    where a.person_id = person and a.customer_id = customer and a.partner_id = current_setting('app.partner_id')::uuid)
$$;

-- The newest period of a product, of many subscriptions at once: of licenses before that of fees.
create index on tenant.invoice_line (subscription_id, product, (quantity > 0) desc, period_from desc, period_to desc)
  where state <> 'void' and amount >= 0;
