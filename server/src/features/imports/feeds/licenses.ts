import { column, day, type Feed, organization } from './feed.ts';

/**
 * How many licenses of each product there were on a day, by subscription: a table that anybody may write, or the provider's answer to
 * `GET /licenses` (json-forms.ts). What is not known stays empty. A meetings product counts at each of its sites.
 */
export const licenseSnapshots: Feed = {
  code: 'license_snapshots',
  table: 'license_snapshot',
  held: 'held_license_snapshot',
  columns: [
    { ...day, aliases: [...(day.aliases ?? []), 'Snapshot date', 'snapshot_date'] },
    { ...organization, aliases: [...(organization.aliases ?? []), 'org_id', 'org_uuid'] },
    column('subscription', 'Subscription ID', 'text', ['subscription_id', 'Subscription', 'Subscription reference']),
    column('product', 'Product', 'required_word', ['License', 'License name', 'Product name']),
    column('site', 'Site URL', 'word', ['site_url', 'Site']),
    column('ordered', 'Ordered', 'count', ['Purchased', 'Total units', 'Total licenses', 'Ordered licenses']),
    column('assigned', 'Assigned', 'count', ['Consumed units', 'Assigned licenses']),
    column('used_7d', 'Used 7d', 'count', ['used_7d', 'Used in 7 days', 'Used last 7 days']),
    column('used_90d', 'Used 90d', 'count', ['used_90d', 'Used in 90 days', 'Used last 90 days']),
  ],
  needed: [['subscription'], ['product'], ['ordered', 'assigned']],
  key: { of: [['org_uuid'], ['period_from'], ['period_to'], ['subscription'], ['product'], ['site']] },
  laterBy: 'import',
  time: 'period_from',
};
