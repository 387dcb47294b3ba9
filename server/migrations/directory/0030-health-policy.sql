-- How much each factor of a health score counts at a partner (contract/src/health-score.ts); null: as it comes. Scores are told anew with each question and stored nowhere.
alter table identity.partner add column health_policy jsonb;
