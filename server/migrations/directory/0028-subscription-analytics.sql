-- When a partner calls the assignment of a subscription low (contract/src/low-assignment.ts); null: as it comes.
alter table identity.partner add column low_assignment_rule jsonb;

-- What subscription analytics counted at the end of a day (docs/adr/0026-subscription-analytics.md): sums of which its cards are made, so that
-- regions add up. `kind`: the header, the header with every product, or a product.
create table tenant.subscription_night (
  partner_id uuid not null references identity.partner on delete cascade,
  region text not null,
  kind text not null,
  day date not null,
  parts jsonb not null,
  -- Told afterwards from dated contracts and snapshots.
  is_backfilled boolean not null,
  -- Of which imports, and where it was told afterwards of which contracts: what is told of others is told anew.
  told_of text not null,
  primary key (partner_id, region, kind, day)
);
-- Of all customers of the partner: nobody's who sees some of them only.
create policy whole_partner on tenant.subscription_night as restrictive using ((select tenant.scope_person()) is null);
