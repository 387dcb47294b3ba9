-- A release lets in what those brought who may write to the organization; one that somebody asked for who sees all customers lets in the rest too.
alter table tenant.import_batch add column releases_all boolean not null default false;
