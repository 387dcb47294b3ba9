import type { Query, QueryTerm } from '@hub/contract/customer-query';
import { tellsContracts } from '@hub/contract/customer-query-fields';
import type { CustomerSort } from '@hub/contract/customers';
import { type Ctx, requirePermission, seesContracts } from '../access/index.ts';

/**
 * What a question tells by its answer: a filter or an order by IDs of subscriptions or numbers of licenses needs the right to see them.
 * Groups are passed over, whoever is in one is so for everybody. Throws permission_denied, token_scope_missing.
 */
export function requireContracts(ctx: Ctx, query: Query, sort?: CustomerSort): void {
  if (seesContracts(ctx.actor)) return;
  if (sort === 'licenses' || sort === 'unassigned' || asksContracts(query))
    requirePermission(ctx, 'subscriptions.read');
}

function asksContracts(query: Query): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.parts.some(asksContracts);
  return query.kind === 'not' ? asksContracts(query.part) : isAboutContracts(query);
}

const isAboutContracts = (term: QueryTerm): boolean =>
  term.kind !== 'text' && tellsContracts(term.field, term.kind === 'choice' ? term.values : []);
