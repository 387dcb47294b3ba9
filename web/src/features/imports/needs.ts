import type { ErrorCode } from '@hub/contract/errors';
import type { ImportBatch } from '@hub/contract/imports';

export interface Needs {
  customer: boolean;
  period: boolean;
  /** What its columns mean: asked on a page of its own. */
  columns: boolean;
}

const needsOfFailure: Partial<Record<ErrorCode, Needs>> = {
  import_needs_customer: { customer: true, period: false, columns: false },
  import_needs_period: { customer: false, period: true, columns: false },
  import_unknown_columns: { customer: false, period: false, columns: true },
  import_is_records: { customer: false, period: false, columns: true },
  import_columns_missing: { customer: false, period: false, columns: true },
  import_needs_customer_and_period: { customer: true, period: true, columns: false },
};

/** Its file holds what is brought elsewhere. */
export const isOfRecords = ({ state, failure }: ImportBatch): boolean =>
  state === 'failed' && failure?.code === 'import_is_records';

/** What an import waits to be told; undefined where it waits for nothing. */
export const needsOf = ({ state, failure }: ImportBatch): Needs | undefined =>
  state === 'failed' && failure !== null ? needsOfFailure[failure.code] : undefined;
