import { type CallingUsageMeasure, callingUsageMaximumDays } from '@hub/contract/calling-usage';
import type { QualityPolicy } from '@hub/contract/calling-policy';
import type { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';

/** A validated question: whole days, both ends included. */
export interface UsageRange {
  from: string;
  to: string;
  /** Whose days they are; UTC where it is absent. */
  zone?: string | undefined;
}

export interface UsageQuestion extends UsageRange {
  region: RegionCode;
  q?: string | undefined;
  customerId?: string | undefined;
  filter?: string | undefined;
  /** The partner's own where it is absent. */
  policy?: QualityPolicy | undefined;
  sort: 'customerName' | 'orgUuid' | 'location' | CallingUsageMeasure;
  order: 'asc' | 'desc';
}

/** Throws range_invalid, range_too_long. */
export function requireRange({ from, to }: UsageRange, maximumDays = callingUsageMaximumDays): void {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (days < 1) throw new HubError('range_invalid');
  if (days > maximumDays) throw new HubError('range_too_long', { maximumDays });
}
