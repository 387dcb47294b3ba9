import { type Product, Product as AnyProduct } from '@hub/contract/products';
import { Finding, ReconciliationSort } from '@hub/contract/reconciliation';

/** What the page shows, as its address has it. */
export interface ReconciliationSearch {
  region?: string | undefined;
  product?: Product | undefined;
  filter?: string | undefined;
  finding?: Finding | undefined;
  q?: string | undefined;
  sort?: ReconciliationSort | undefined;
  order?: 'asc' | 'desc' | undefined;
}

/** What of an address the page understands. */
export function searchOf(asked: { [Name in keyof ReconciliationSearch]?: string | undefined }): ReconciliationSearch {
  const sort = ReconciliationSort.safeParse(asked.sort).data;
  return {
    region: asked.region,
    product: AnyProduct.safeParse(asked.product).data,
    filter: asked.filter === '' ? undefined : asked.filter?.slice(0, 4000), // as the server takes it
    finding: Finding.safeParse(asked.finding).data,
    q: asked.q === '' ? undefined : asked.q?.slice(0, 200),
    sort,
    order: sort === undefined ? undefined : asked.order === 'desc' ? 'desc' : 'asc',
  };
}

export type Go = (change: ReconciliationSearch, isPassing?: boolean) => void;
