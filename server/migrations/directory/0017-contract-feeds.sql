-- What is known of licenses and locations comes as files of their own, and what was ordered and invoiced is recorded with its subscription.
alter table tenant.import_batch drop constraint import_batch_feed_check;
alter table tenant.import_batch add constraint import_batch_feed_check check (feed in (
  'webex_call_history', 'webex_media_quality', 'webex_call_queue_stats', 'webex_call_queue_agent_stats',
  'webex_auto_attendant_stats', 'webex_hunt_group_stats', 'webex_phone_numbers', 'webex_devices', 'webex_locations', 'license_snapshots'));

-- A row for each product of a subscription in an order; known by order, subscription and product.
create table tenant.order_line (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  subscription_id uuid not null references tenant.subscription on delete cascade,
  -- The order's own ID, as the provider and the people call it.
  reference text not null check (reference <> ''),
  product text not null,
  quantity integer not null check (quantity >= 0),
  kind text not null check (kind in ('new', 'change', 'renewal', 'cancel')),
  state text not null check (state in ('submitted', 'processing', 'completed', 'failed', 'canceled')),
  ordered_on date not null,
  created_at timestamptz not null,
  unique (reference, subscription_id, product)
);
create index on tenant.order_line (customer_id, ordered_on, id);
create index on tenant.order_line (subscription_id);
create index on tenant.order_line (partner_id);

-- As orders; below zero is a credit.
create table tenant.invoice_line (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  subscription_id uuid not null references tenant.subscription on delete cascade,
  reference text not null check (reference <> ''),
  product text not null,
  quantity integer not null check (quantity >= 0),
  period_from date not null,
  period_to date not null check (period_to >= period_from),
  -- Exact: in units of the currency, with its decimals and no more digits than anybody pays.
  amount numeric(16, 4) not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  state text not null check (state in ('open', 'paid', 'overdue', 'void')),
  issued_on date,
  due_on date check (due_on >= issued_on),
  created_at timestamptz not null,
  unique (reference, subscription_id, product)
);
create index on tenant.invoice_line (customer_id, period_from, id);
create index on tenant.invoice_line (subscription_id);
create index on tenant.invoice_line (partner_id);

create policy assigned_customers on tenant.order_line as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
create policy assigned_customers on tenant.invoice_line as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));
