import { Product } from '@hub/contract/products';
import type { LicenseLine } from '@hub/contract/subscriptions';

/** A product's licenses as they are shown; what no feed tells is null. */
export interface LicenseShare {
  product: Product;
  ordered: number;
  assigned: number | null;
  available: number | null;
  over: number | null;
}

export function shareOf({ product, ordered, assigned }: LicenseLine): LicenseShare {
  if (assigned === null) return { product, ordered, assigned, available: null, over: null };
  return {
    product,
    ordered,
    assigned,
    available: Math.max(0, ordered - assigned),
    over: Math.max(0, assigned - ordered),
  };
}

/** Lines of several contracts, one a product. What is over on one line is not made good by what is free on another. */
export function sharesByProduct(lines: readonly LicenseLine[]): LicenseShare[] {
  const shares = lines.map(shareOf);
  return Product.options.flatMap((product) => {
    const of = shares.filter((share) => share.product === product);
    const sum = (part: 'assigned' | 'available' | 'over'): number | null =>
      of.reduce<number | null>((total, { [part]: value }) => (value === null ? total : (total ?? 0) + value), null);
    const ordered = of.reduce((total, share) => total + share.ordered, 0);
    return of.length === 0
      ? []
      : [{ product, ordered, assigned: sum('assigned'), available: sum('available'), over: sum('over') }];
  });
}
