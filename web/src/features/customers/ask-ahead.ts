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
  if (sort === 'licenses' || sort === 'unassigned' || faultOf(q ?? '') !== null) return; // the page knows what may be asked
  const isBare = q === undefined && sort === undefined;
  const views = isBare ? await client.query(viewsQuery) : undefined;
  const usual = views?.items.find(({ isDefault }) => isDefault);
  await client.infiniteQuery(
    customerListQuery(usual ?? { filter: q ?? '', sort: sort ?? 'urgency', order: order ?? 'asc' }),
  );
}
