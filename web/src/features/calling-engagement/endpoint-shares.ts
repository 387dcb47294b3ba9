import type { EndpointType } from '@hub/contract/calling-usage';
import type { MetricRow } from '@hub/contract/metrics';
import { lastOf } from './metric-words.ts';

/** Legs of an endpoint type: their number is exact also when regions are added. */
export interface EndpointShare {
  type: EndpointType;
  known: number;
  poor: number;
}

/** Adds what each region told; most legs first. */
export function endpointShares(rows: readonly MetricRow[]): EndpointShare[] {
  const shares = new Map<EndpointType, EndpointShare>();
  for (const { endpointType: type, values } of rows) {
    if (type === null) continue;
    const { known, poor } = shares.get(type) ?? { known: 0, poor: 0 };
    shares.set(type, {
      type,
      known: known + (lastOf(values, 'knownLegs') ?? 0),
      poor: poor + (lastOf(values, 'poorLegs') ?? 0),
    });
  }
  return [...shares.values()].toSorted((a, b) => b.known - a.known);
}

/** Percent; null where nothing is known. */
export const poorShareOf = ({ known, poor }: Pick<EndpointShare, 'known' | 'poor'>): number | null =>
  known === 0 ? null : (poor / known) * 100;

export const sumOf = (shares: readonly EndpointShare[]) => ({
  known: shares.reduce((sum, { known }) => sum + known, 0),
  poor: shares.reduce((sum, { poor }) => sum + poor, 0),
});
