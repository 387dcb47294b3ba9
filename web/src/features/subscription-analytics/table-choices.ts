import type { RowGroup, RowSort } from '@hub/contract/subscription-analytics';
import { type Section, sectionColumns } from '@hub/contract/subscription-metrics';

/** What a section's table shows, and in which order. */
export interface TableChoices {
  sort?: RowSort | undefined;
  order?: 'asc' | 'desc' | undefined;
  group?: Exclude<RowGroup, 'none'> | undefined;
  kind?: 'subscription' | 'trial' | undefined;
  q?: string | undefined;
}

export const rowGroups = ['none', 'customer', 'kind', 'band', 'end'] as const satisfies readonly RowGroup[];
export const rowKinds = ['subscription', 'trial'] as const;

/** Choices of five tables share one address: those of one stand in one parameter, such as `sort:total order:desc q:acme`. */
export function choicesText({ sort, order, group, kind, q }: TableChoices): string | undefined {
  const parts = Object.entries({ sort, order, group, kind }).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}:${value}`],
  );
  const text = [...parts, ...(q === undefined || q === '' ? [] : [`q:${q}`])].join(' ');
  return text === '' ? undefined : text;
}

/** Reads them back. What a section's table does not have is left out. */
export function choicesOf(section: Section, text: string | undefined): TableChoices {
  const at = / ?\bq:/.exec(text ?? '')?.index ?? text?.length ?? 0;
  const q = text?.slice(at).replace(/^ ?q:/, '');
  const given = new Map(
    (text ?? '')
      .slice(0, at)
      .split(' ')
      .map((part): [string, string] => [part.split(':')[0] ?? '', part.slice(part.indexOf(':') + 1)]),
  );
  const sort = sortsOf(section).find((key) => key === given.get('sort'));
  const order = (['asc', 'desc'] as const).find((value) => value === given.get('order'));
  const group = rowGroups.find((value) => value === given.get('group'));
  const kind = rowKinds.find((value) => value === given.get('kind'));
  return {
    ...(sort === undefined ? {} : { sort, order: order ?? 'asc' }),
    ...(group === undefined || group === 'none' ? {} : { group }),
    ...(kind === undefined ? {} : { kind }),
    ...(q === undefined || q === '' ? {} : { q: q.slice(0, 200) }),
  };
}

/** What a table can be sorted by: its columns, and of those over the limit how far they are. */
export const sortsOf = (section: Section): RowSort[] => [
  ...sectionColumns[section],
  ...(section === 'over_limit' ? (['over'] as const) : []),
];

/** The order in which the server answers unless another is asked for: what needs a look comes first. */
export const firstOrder: Record<Section, { sort: RowSort; order: 'asc' | 'desc' }> = {
  recently_added: { sort: 'daysSinceAdded', order: 'asc' },
  expiring: { sort: 'daysUntilExpiration', order: 'asc' },
  renewing: { sort: 'daysUntilRenewal', order: 'asc' },
  low_assignment: { sort: 'assignedShare', order: 'asc' },
  over_limit: { sort: 'over', order: 'desc' },
};
