-- When a call leg is poor, and from how many legs a week use is regular and heavy (contract/src/calling-policy.ts).
alter table identity.partner add column quality_policy text not null default 'documented' check (quality_policy in ('documented', 'any_threshold'));
alter table identity.partner add column usage_regular_from integer not null default 5 check (usage_regular_from between 2 and 1000);
alter table identity.partner add column usage_heavy_from integer not null default 25 check (usage_heavy_from between 3 and 10000);
alter table identity.partner add check (usage_regular_from < usage_heavy_from);
