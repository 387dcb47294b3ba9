import type { Visibility } from './import-queries.ts';

/** Stands where a site would: the snapshot is made of what was assigned in the product. No provider's site is called so. */
export const ownSite = 'Partner Hub';

const columns = 'org_uuid, subscription, product, site, period_from, batch, ordered, assigned, used_7d, used_90d';
const nothing = Array(4).fill('toNullable(toUInt32(0))').join(', ');

/**
 * Rows of license snapshots for questions that take the latest record of each name and site of a line, and add those up. What a provider tells of a
 * line by name and site, and what was assigned in the product, tell of the same licenses: with each record of the one the other holds nothing from
 * that moment on, so that the sum is what the later one says. What a question is asked FROM; `line`: tells products of one line by their name.
 */
export function licenseRows({ hasOwn }: Visibility, { where, line }: { where: string; line: string }): string {
  if (!hasOwn) return `@region.license_snapshot WHERE ${where}`;
  const of = `SELECT ${columns}, ${line} AS line FROM @region.license_snapshot WHERE ${where}`;
  const own = `${of} AND site = '${ownSite}'`;
  const others = `${of} AND site != '${ownSite}' AND (org_uuid, subscription) IN (SELECT org_uuid, subscription FROM (${own}))`;
  const same = 'USING (org_uuid, subscription, line)';
  return `(SELECT ${columns} FROM @region.license_snapshot WHERE ${where}
    UNION ALL SELECT DISTINCT org_uuid, subscription, n.product, n.site, o.period_from, o.batch, ${nothing}
      FROM (${own}) AS o JOIN (SELECT DISTINCT org_uuid, subscription, line, product, site FROM (${others})) AS n ${same}
    UNION ALL SELECT DISTINCT org_uuid, subscription, n.product, n.site, o.period_from, o.batch, ${nothing}
      FROM (${others}) AS o JOIN (SELECT DISTINCT org_uuid, subscription, line, product, site FROM (${own})) AS n ${same})`;
}

/** Narrows a question to what providers tell. */
export const withoutOwn = ({ hasOwn }: Visibility): string => (hasOwn ? ` AND site != '${ownSite}'` : '');
