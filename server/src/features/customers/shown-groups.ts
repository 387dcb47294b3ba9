import { parseQuery, type Query, type QueryTerm } from '@hub/contract/customer-query';
import { searchText } from '@hub/contract/search-text';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { type Ctx, scopePersonOf } from '../access/index.ts';
import { countInGroup } from './count-in-group.ts';
import { findGroups, findMemberGroups } from './facet-queries.ts';

/** What a person in a scope is told of groups, and of filters that others wrote: nothing that names a customer of somebody else. */
export interface Shown {
  isShownGroup: (groupId: string) => boolean;
  /** Whether the text of a filter may be told. */
  isToldFilter: (filter: string) => boolean;
}

const everything: Shown = { isShownGroup: () => true, isToldFilter: () => true };

/** Groups are shown by at least one customer that the actor sees. */
export async function findShown(tx: TenantTx, ctx: Ctx): Promise<Shown> {
  if (scopePersonOf(ctx.actor) === undefined) return everything;
  const groups = await findGroups(tx);
  const ids = new Set(await findMemberGroups(tx));
  for (const { id, filter } of groups) if (filter !== null && (await countInGroup(tx, ctx, filter)) > 0) ids.add(id);
  const keys = new Set(groups.filter(({ id }) => ids.has(id)).map(({ name }) => searchText(name)));
  return {
    isShownGroup: (groupId) => ids.has(groupId),
    isToldFilter(filter) {
      const read = parseQuery(filter);
      return 'ok' in read && !hasTerm(read.ok, (term) => namesSomebody(term, keys));
    },
  };
}

function hasTerm(query: Query, test: (term: QueryTerm) => boolean): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.some((part) => hasTerm(part, test));
  return query.kind === 'not' ? hasTerm(query.part, test) : test(query);
}

/** A text may be a name; names, domains, IDs and references belong to one customer; a group that is not shown may be called after one. */
function namesSomebody(term: QueryTerm, shownGroups: ReadonlySet<string>): boolean {
  if (term.kind === 'text' || term.kind === 'words') return true;
  if (term.kind === 'choice') return term.field === 'id';
  if (term.kind !== 'named' || term.field !== 'group') return false;
  return term.values.some((name) => name !== null && !shownGroups.has(searchText(name)));
}
