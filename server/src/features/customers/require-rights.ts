import { parseQuery, type Query, type QueryTerm } from '@hub/contract/customer-query';
import { tellsCalling, tellsContracts } from '@hub/contract/customer-query-fields';
import type { CustomerSort } from '@hub/contract/customers';
import type { Permission } from '@hub/contract/permissions';
import { type Ctx, requirePermission, seesCalling, seesContracts } from '../access/index.ts';
import { readFilter } from './read-filter.ts';

/**
 * What a question tells by its answer: a filter or an order by IDs of subscriptions or numbers of licenses needs the right to see them, and so
 * does a filter by what stands out in the calling. Groups are passed over, whoever is in one is so for everybody. Throws permission_denied,
 * token_scope_missing.
 */
export function requireRights(ctx: Ctx, query: Query, sort?: CustomerSort): void {
  for (const right of lacking(ctx, query, sort)) requirePermission(ctx, right);
}

/** As requireRights, of a question that is to be kept. Throws filter_invalid, filter_too_long too. */
export const requireAskable = (ctx: Ctx, filter: string, sort: CustomerSort): void =>
  requireRights(ctx, readFilter(filter), sort);

/** Whether a question that was kept is refused to the actor. */
export function isRefused(ctx: Ctx, { filter, sort }: { filter: string; sort: CustomerSort }): boolean {
  const read = parseQuery(filter);
  return 'ok' in read && lacking(ctx, read.ok, sort).length > 0;
}

function lacking({ actor }: Ctx, query: Query, sort?: CustomerSort): Permission[] {
  const ofContracts = sort === 'licenses' || sort === 'unassigned' || hasTerm(query, isAboutContracts);
  return [
    ...(ofContracts && !seesContracts(actor) ? (['subscriptions.read'] as const) : []),
    ...(hasTerm(query, isAboutCalling) && !seesCalling(actor) ? (['calling_usage.read'] as const) : []),
  ];
}

function hasTerm(query: Query, is: (term: QueryTerm) => boolean): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.some((part) => hasTerm(part, is));
  return query.kind === 'not' ? hasTerm(query.part, is) : is(query);
}

const isAboutContracts = (term: QueryTerm): boolean =>
  term.kind !== 'text' && tellsContracts(term.field, term.kind === 'choice' ? term.values : []);
const isAboutCalling = (term: QueryTerm): boolean => term.kind !== 'text' && tellsCalling(term.field);
