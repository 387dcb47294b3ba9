import { renewalWindows } from '@hub/contract/renewal-rules';
import type { RenewalWork } from '@hub/contract/renewals';

/** Nothing was written down of this term yet; its notice is that of the term before. */
export const blankWork = (termEndsOn: string, noticeDays: number = renewalWindows.notice): RenewalWork => ({
  termEndsOn,
  stage: 'not_started',
  owner: null,
  note: '',
  noticeDays,
  version: 0,
  changedBy: null,
  changedAt: null,
});
