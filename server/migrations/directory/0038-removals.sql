-- What went with each removal of rows beside the imports (region_removal counts them): all of an organization, or license snapshots of before a day.
-- Without either, or without a row, nothing is known of it, and what was kept in memory of licenses is told anew.
create table tenant.removal (
  partner_id uuid not null references identity.partner on delete cascade,
  region text not null,
  number integer not null,
  org_uuid uuid,
  licenses_from date, -- snapshots of this day and later ones all stayed
  primary key (partner_id, region, number)
);
