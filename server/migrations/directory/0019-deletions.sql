-- What was asked to be deleted of a customer, and what became of it. Ids only: it stays when the customer is gone.
create table tenant.deletion (
  id uuid primary key,
  partner_id uuid not null references identity.partner on delete cascade,
  customer_id uuid not null,
  org_uuid uuid,
  -- The customer itself goes as well, with contracts and all.
  takes_record boolean not null,
  asked_by uuid,
  asked_at timestamptz not null,
  begun_at timestamptz,
  ended_at timestamptz,
  -- How much went with the customer's record; null where it stays.
  record jsonb,
  -- In its canonical form, byte by byte, and the SHA-256 of these bytes in hex.
  receipt text,
  sha256 text,
  check ((ended_at is null) = (receipt is null) and (receipt is null) = (sha256 is null))
);
create unique index on tenant.deletion (customer_id) where ended_at is null;
create index on tenant.deletion (partner_id, id desc);
create policy whole_partner on tenant.deletion as restrictive using ((select tenant.scope_person()) is null);

-- `found`: what is there, written before the first row goes.
create table tenant.deletion_region (
  deletion_id uuid not null references tenant.deletion on delete cascade,
  partner_id uuid not null references identity.partner on delete cascade,
  region text not null,
  found jsonb,
  ended_at timestamptz,
  primary key (deletion_id, region)
);
create index on tenant.deletion_region (partner_id);
create policy whole_partner on tenant.deletion_region as restrictive using ((select tenant.scope_person()) is null);

-- Ids only, as job.import_task. Its turn comes when what had been queued by then has ended.
create table job.deletion_task (
  deletion_id uuid not null references tenant.deletion on delete cascade,
  partner_id uuid not null,
  region text not null,
  after_number bigint not null,
  primary key (deletion_id, region)
);
create index on job.deletion_task (region, deletion_id);
