import { parseQuery, type Query, type QueryTerm } from '@hub/contract/customer-query';
import { tellsContracts } from '@hub/contract/customer-query-fields';
import type { CustomerSort } from '@hub/contract/customers';
import { type Ctx, requirePermission, seesContracts } from '../access/index.ts';
import { readFilter } from './read-filter.ts';

/**
 * What a question tells by its answer: a filter or an order by IDs of subscriptions or numbers of licenses needs the right to see them.
 * Groups are passed over, whoever is in one is so for everybody. Throws permission_denied, token_scope_missing.
 */
export function requireContracts(ctx: Ctx, query: Query, sort?: CustomerSort): void {
  if (seesContracts(ctx.actor)) return;
  if (needsContracts(query, sort)) requirePermission(ctx, 'subscriptions.read');
}

/** As requireContracts, of a question that is to be kept. Throws filter_invalid, filter_too_long too. */
export const requireAskable = (ctx: Ctx, filter: string, sort: CustomerSort): void =>
  requireContracts(ctx, readFilter(filter), sort);

/** Whether a question that was kept is refused to the actor. */
export function isRefused({ actor }: Ctx, { filter, sort }: { filter: string; sort: CustomerSort }): boolean {
  const read = parseQuery(filter);
  return !seesContracts(actor) && 'ok' in read && needsContracts(read.ok, sort);
}

const needsContracts = (query: Query, sort?: CustomerSort): boolean =>
  sort === 'licenses' || sort === 'unassigned' || asksContracts(query);

function asksContracts(query: Query): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.some(asksContracts);
  return query.kind === 'not' ? asksContracts(query.part) : isAboutContracts(query);
}

const isAboutContracts = (term: QueryTerm): boolean =>
  term.kind !== 'text' && tellsContracts(term.field, term.kind === 'choice' ? term.values : []);
