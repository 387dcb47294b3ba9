-- Whom a deletion kept out may be let in again: later imports bring them as anybody. What was deleted stays deleted.
alter table tenant.deletion add column let_in_at timestamptz;
-- What later imports are compared with.
create index on tenant.deletion (partner_id, org_uuid) where subject = 'customer' and let_in_at is null;
