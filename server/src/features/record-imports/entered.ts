import type { RegionCode } from '@hub/contract/regions';
import type { Fault } from './row-reading.ts';

/** What became of a file. */
export interface Entered {
  /** Rows. */
  created: number;
  changed: number;
  unchanged: number;
  faults: Fault[];
  /** Customers of which something is another now. */
  touched: string[];
  /** Organizations that a customer has since this. */
  linked: { region: RegionCode; orgUuid: string }[];
}
