import type { Kpi } from '@hub/contract/subscription-analytics';
import type { SubscriptionMetricKey } from '@hub/contract/subscription-metrics';
import { addParts, kpiValue, type Parts } from './kpi-parts.ts';
import type { Night, NightKind } from './night-queries.ts';
import { plusDays } from './running-contracts.ts';

/** Nights that a card shows, today aside. */
export const historyDays = 91;

interface Told {
  day: string;
  parts: Parts;
  isBackfilled: boolean;
}

/** Nights of one kind over regions: of days that each of them has, since a part of the regions is no number of all. */
export function nightsTogether(regions: readonly (readonly Night[])[], kind: NightKind): Told[] {
  const byDay = Map.groupBy(
    regions.flat().filter((night) => night.kind === kind),
    ({ day }) => day,
  );
  return [...byDay]
    .filter(([, nights]) => nights.length === regions.length)
    .map(([day, nights]) => ({
      day,
      parts: addParts(nights.map(({ parts }) => parts)),
      isBackfilled: nights.some(({ isBackfilled }) => isBackfilled),
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** A card of today, with what nights before told of it. */
export function kpiOf(
  key: SubscriptionMetricKey,
  { parts, nights, today }: { parts: Parts; nights: readonly Told[]; today: string },
): Kpi {
  const value = kpiValue(key, parts);
  const history = nights
    .filter(({ day }) => day < today)
    .map((night) => ({ day: night.day, value: kpiValue(key, night.parts), isBackfilled: night.isBackfilled }));
  const before = history.find(({ day }) => day === plusDays(today, -7))?.value ?? null;
  return {
    key,
    value,
    change: value === null || before === null ? null : value - before,
    history: history.length === 0 ? [] : [...history, { day: today, value, isBackfilled: false }],
  };
}
