import type { ErrorCode } from '@hub/contract/errors';
import type { ImportBatch } from '@hub/contract/imports';

export interface Needs {
  customer: boolean;
  period: boolean;
}

const needsOfFailure: Partial<Record<ErrorCode, Needs>> = {
  import_needs_customer: { customer: true, period: false },
  import_needs_period: { customer: false, period: true },
  import_needs_customer_and_period: { customer: true, period: true },
};

/** What an import waits to be told; undefined where it waits for nothing. */
export const needsOf = ({ state, failure }: ImportBatch): Needs | undefined =>
  state === 'failed' && failure !== null ? needsOfFailure[failure.code] : undefined;
