import type { RowGroup, RowSums, SubscriptionRow } from '@hub/contract/subscription-analytics';
import type { Format } from '../../lib/format.ts';
import type { Translate } from '../../lib/i18n.ts';
import type { RowsPage } from './queries.ts';

/** What a table shows: rows, and where they are grouped a head before those of each group. */
export type Item =
  | { is: 'row'; key: string; row: SubscriptionRow }
  | { is: 'group'; key: string; name: string; sums: RowSums };

type Groups = RowsPage['groups'];

export function itemsOf(
  pages: readonly Pick<RowsPage, 'rows' | 'groups'>[],
  nameOf: (group: Groups[number]) => string,
): Item[] {
  const groups = new Map(pages.flatMap((page) => page.groups.map((group) => [group.key, group] as const)));
  const items: Item[] = [];
  let last: string | null = null;
  for (const row of pages.flatMap(({ rows }) => rows)) {
    const group = row.group === null || row.group === last ? undefined : groups.get(row.group);
    if (group !== undefined)
      items.push({ is: 'group', key: `group ${group.key}`, name: nameOf(group), sums: group.sums });
    last = row.group;
    items.push({ is: 'row', key: row.key, row });
  }
  return items;
}

/** Customers have names; kinds, bands and months are told in words. */
export function groupName({ key, name }: Groups[number], by: RowGroup | undefined, t: Translate, f: Format): string {
  switch (by) {
    case 'kind':
      return t(key === 'trial' ? 'analytics.kind.trial' : 'analytics.kind.subscription');
    case 'band':
      return bandText(...bandOf(key), t);
    case 'end':
      return key === '' ? t('analytics.group.noEnd') : f.month(`${key}-01`);
    case 'customer':
    case 'none':
    case undefined:
      return name;
  }
}

function bandOf(key: string): [number, number | null] {
  const [from = '', to = ''] = key.split('-');
  return [Number(from), to === '' ? null : Number(to)];
}

export const bandText = (from: number, to: number | null, t: Translate): string =>
  to === null ? t('analytics.band.open', { from }) : t('analytics.band', { from, to });
