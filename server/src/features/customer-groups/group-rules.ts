import { parseQuery, type Query } from '@hub/contract/customer-query';
import { searchText } from '@hub/contract/search-text';

export interface NamedFilter {
  name: string;
  filter: string | null;
}

/** Groups that a filter names, as the filter language compares names. */
function namedIn(filter: string): Set<string> {
  const read = parseQuery(filter);
  return new Set('ok' in read ? groupsIn(read.ok) : []);
}

function groupsIn(query: Query): string[] {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.flatMap(groupsIn);
  if (query.kind === 'not') return groupsIn(query.part);
  if (query.kind !== 'named' || query.field !== 'group') return [];
  return query.values.flatMap((name) => (name === null ? [] : [searchText(name)]));
}

/** The first of these groups whose filter names that one. */
export function userOf(name: string, others: readonly NamedFilter[]): string | undefined {
  const key = searchText(name);
  return others.find(({ filter }) => filter !== null && namedIn(filter).has(key))?.name;
}

/** The group in a filter through which a group would hold itself; it may be the group itself. */
export function leadsBack({ name, filter }: NamedFilter, others: readonly NamedFilter[]): string | undefined {
  if (filter === null) return undefined;
  const goal = searchText(name);
  const byKey = Map.groupBy(others, (group) => searchText(group.name));
  for (const first of namedIn(filter)) {
    const seen = new Set<string>();
    const pending = [first];
    for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
      if (key === goal) return byKey.get(first)?.[0]?.name ?? name;
      if (seen.has(key)) continue;
      seen.add(key);
      for (const group of byKey.get(key) ?? []) if (group.filter !== null) pending.push(...namedIn(group.filter));
    }
  }
  return undefined;
}
