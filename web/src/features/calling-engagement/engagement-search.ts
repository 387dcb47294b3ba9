import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { View } from './scope.ts';

/** Everything the page shows, as its address has it. */
export interface EngagementSearch {
  region?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  zone?: string | undefined;
  view?: View | undefined;
  policy?: QualityPolicy | undefined;
  customerId?: string | undefined;
  location?: string | undefined;
  /** What the rows are, where there is a choice. */
  rows?: string | undefined;
  sort?: string | undefined;
  sortBy?: 'last' | 'change' | undefined;
  order?: 'asc' | 'desc' | undefined;
  q?: string | undefined;
  filter?: string | undefined;
}

/** Changes what is shown; `hash` names the part that is looked at then. */
export type Go = (change: EngagementSearch, hash?: string) => void;

/** Another scope or view has rows of another kind: their order and search do not go with it. */
export const freshRows = {
  rows: undefined,
  sort: undefined,
  sortBy: undefined,
  order: undefined,
  q: undefined,
} as const;
