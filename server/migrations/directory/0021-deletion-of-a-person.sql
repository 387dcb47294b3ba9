-- A deletion may be of one person among the rows of a customer. Of who that is only keyed hashes are kept.
alter table tenant.deletion add column subject text not null default 'customer' check (subject in ('customer', 'person'));
-- Of the hashes of what a person is known by: asking again finds what was asked.
alter table tenant.deletion add column person_hash text;
alter table tenant.deletion add constraint deletion_person_check check ((subject = 'person') = (person_hash is not null));
drop index tenant.deletion_customer_id_idx;
create unique index on tenant.deletion (customer_id, coalesce(person_hash, '')) where ended_at is null;

-- What deleted people are known by, which every later import of the organization is compared with: HMAC-SHA-256 in hex by a key that is
-- derived from the installation's, which key_id names.
create table tenant.forgotten_identifier (
  deletion_id uuid not null references tenant.deletion on delete cascade,
  partner_id uuid not null references identity.partner on delete cascade,
  org_uuid uuid not null,
  hash text not null,
  key_id text not null,
  -- It alone tells whose a row is; else it does where the row has no user UUID and no e-mail address.
  decides boolean not null,
  primary key (deletion_id, hash)
);
create index on tenant.forgotten_identifier (partner_id, org_uuid);
create policy whole_partner on tenant.forgotten_identifier as restrictive using ((select tenant.scope_person()) is null);
