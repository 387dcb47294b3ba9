import type { EngagementSearch, Go } from './engagement-search.ts';
import type { Period } from './period.ts';
import type { Scope } from './scope.ts';

export interface ViewProps {
  scope: Scope;
  period: Period;
  search: EngagementSearch;
  go: Go;
}
