import type { QueryClient } from '@tanstack/react-query';
import { customerListQuery, type ListQuestion } from './list-queries.ts';
import { faultOf } from './query-text.ts';
import { viewsQuery } from './view-queries.ts';

/** Asks for the first rows of the address, or of the person's default view, while the page itself is still coming. */
export async function askAhead(
  client: QueryClient,
  {
    q,
    sort,
    order,
  }: { q?: string | undefined; sort?: ListQuestion['sort'] | undefined; order?: ListQuestion['order'] | undefined },
): Promise<void> {
  const isBare = q === undefined && sort === undefined;
  const views = isBare ? await client.query(viewsQuery) : undefined;
  const usual = views?.items.find(({ isDefault }) => isDefault);
  const question: ListQuestion = {
    filter: usual?.filter ?? q ?? '',
    sort: usual?.sort ?? sort ?? 'urgency',
    order: usual?.order ?? order ?? 'asc',
  };
  // What may be asked by that order, and what is wrong with a filter, the page knows.
  if (question.sort === 'licenses' || question.sort === 'unassigned' || faultOf(question.filter) !== null) return;
  await client.infiniteQuery(customerListQuery(question));
}
