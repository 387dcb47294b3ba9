import type { Product } from '@hub/contract/products';
import type { RegionCode } from '@hub/contract/regions';

/** Of what the page tells: a region's customers or those of all, and the product of the toggle. */
export interface Scope {
  region: RegionCode | 'all';
  product: Product;
  filter: string | undefined;
  everyProduct: boolean;
}

export type RegionScope = Scope & { region: RegionCode };

export const isOfRegion = (scope: Scope): scope is RegionScope => scope.region !== 'all';
