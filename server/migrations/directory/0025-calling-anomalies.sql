-- What stands out in the calling of a customer (contract/src/calling-anomalies.ts): aggregates of whole weeks, never a leg.
create table tenant.calling_anomaly (
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null references tenant.customer on delete cascade,
  kind text not null check (kind in ('quality_spike', 'falling_use')),
  since date not null,
  -- As the contract has it, kind and since included.
  told jsonb not null,
  primary key (customer_id, kind)
);
create index on tenant.calling_anomaly (partner_id, kind);
create policy assigned_customers on tenant.calling_anomaly as restrictive using ((select tenant.scope_person()) is null
  or customer_id in (select a.customer_id from tenant.assignment a where a.person_id = (select tenant.scope_person())));

-- Of which state of a region's data, policy, weeks and rules these were told; and up to which days the feeds had come.
create table tenant.calling_anomaly_look (
  partner_id uuid not null references identity.partner on delete cascade,
  region text not null,
  looked_at_state text not null,
  legs_until date,
  media_until date,
  primary key (partner_id, region)
);
