import { defaultLowAssignmentRule } from '@hub/contract/low-assignment';
import { RegionCode } from '@hub/contract/regions';
import {
  getLicenseTrend,
  getSubscriptionAnalytics,
  listCountedCustomers,
  listSubscriptionRows,
  listTrendMoves,
  SubscriptionRow,
  TrendPoint,
} from '@hub/contract/subscription-analytics';
import {
  headlineMetrics,
  type Section,
  sectionMetrics,
  sections,
  subscriptionMetricOf,
  type SubscriptionMetricKey,
} from '@hub/contract/subscription-metrics';
import { addDays } from '../lib/calendar.ts';

interface Request {
  url: URL;
}

const today = '2026-11-24';
const uuid = (kind: number, index: number): string =>
  `0193000${kind}-0000-7000-8000-${String(index).padStart(12, '0')}`;
export const analyticsCustomer = (index: number): string => uuid(5, index);
export const contractOf = (index: number): string => uuid(6, index);

/** A card: its value follows from its place in the catalog. */
export function aKpi(key: SubscriptionMetricKey, index: number, change: object = {}) {
  const value = subscriptionMetricOf(key).unit === 'percent' ? 60.25 + index : 40 + index;
  return {
    key,
    value,
    change: index - 2,
    history: Array.from({ length: 8 }, (_, night) => ({
      day: addDays(today, night - 7),
      value: value - 7 + night,
      isBackfilled: night < 4,
    })),
    ...change,
  };
}

/** Answers `getSubscriptionAnalytics`; `change` alters the answer of a question. */
export function someAnalytics(change: (search: URLSearchParams) => object = () => ({})) {
  return ({ url: { searchParams } }: Request) => {
    const region = searchParams.get('region');
    return getSubscriptionAnalytics.reply?.parse({
      today,
      timeZone: 'UTC',
      regions: (region === null ? RegionCode.options : [region]).map((each) => ({ region: each, hasAnswered: true })),
      header: headlineMetrics.map((key, index) => aKpi(key, index)),
      sections: Object.fromEntries(
        sections.map((section) => [section, sectionMetrics[section].map((key, index) => aKpi(key, index))]),
      ),
      products: [
        { product: 'meetings', lines: 44 },
        { product: 'calling', lines: 72 },
        { product: 'messaging', lines: 9 },
      ],
      lines: { all: 72, withoutSnapshot: 0, withoutAssigned: 0, withoutUse: 0, usedFromLegs: 0 },
      newestSnapshot: '2026-11-23',
      rule: defaultLowAssignmentRule,
      ...change(searchParams),
    });
  };
}

export function aSubscriptionRow(index: number, change: object = {}) {
  const total = 100 + index;
  const assigned = 80 - index;
  return SubscriptionRow.parse({
    key: `row ${index}`,
    group: null,
    customerId: analyticsCustomer(index),
    customerName: `Customer ${index}`,
    kind: index % 4 === 3 ? 'trial' : 'subscription',
    contractId: contractOf(index),
    reference: index % 4 === 3 ? `Trial-${index}` : `Sub-${index}`,
    product: 'calling',
    addedOn: '2026-10-10',
    isAddedByOrder: false,
    endsOn: '2026-12-24',
    autoRenews: false,
    daysSinceAdded: 45,
    monthsSinceAdded: 1,
    daysUntilEnd: 30,
    monthsRemaining: 1,
    total,
    isTotalFromSnapshot: true,
    asOf: '2026-11-23',
    assigned,
    used: assigned - 20,
    usedFrom: 'feed',
    available: total - assigned,
    over: 0,
    assignedShare: (100 * assigned) / total,
    usedShare: (100 * (assigned - 20)) / total,
    weeklyAssignmentChange: 3,
    weeklyUsageChange: -2,
    lastThreeMonthsUsage: 66,
    lastThreeMonthsFrom: 'feed',
    usageWeeks: Array.from({ length: 13 }, (_, week) => 40 + week),
    peers: { from: 100, to: 499, count: 9, median: 88.4, limit: 61.5, by: 'peers', isLow: true },
    ...change,
  });
}

const sums = { rows: 6, customers: 5, total: 615, assigned: 465, used: 345, available: 150, over: 0 };

/** Answers `listSubscriptionRows`; `change` alters the answer of a section. */
export function someRows(change: (section: Section, search: URLSearchParams) => object = () => ({})) {
  return ({ url: { searchParams } }: Request) =>
    listSubscriptionRows.reply?.parse({
      rows: Array.from({ length: 6 }, (_, index) => aSubscriptionRow(index)),
      groups: [],
      sums: { ...sums, assignedShare: 75.6, usedShare: 56.1 },
      next: null,
      weekDays: Array.from({ length: 13 }, (_, week) => addDays(today, 7 * (week - 12))),
      today,
      ...change(searchParams.get('section') as Section, searchParams), // the contract has refused others
    });
}

export const noRows = { ...sums, rows: 0, customers: 0, total: 0, assignedShare: null, usedShare: null };

function aPoint(from: string, days: number, held: number | null) {
  const isKnown = held !== null;
  return TrendPoint.parse({
    from,
    to: addDays(from, days - 1),
    isOpen: addDays(from, days - 1) >= today,
    ordered: isKnown ? 1000 : null,
    assigned: isKnown ? 800 + held : null,
    used: isKnown ? 500 + held : null,
    available: isKnown ? 200 - held : null,
    over: isKnown ? 0 : null,
    assignedShare: isKnown ? (800 + held) / 10 : null,
    usedShare: isKnown ? (500 + held) / 10 : null,
    availableShare: isKnown ? (200 - held) / 10 : null,
    lines: isKnown ? 72 : 0,
    withoutAssigned: 0,
    withoutUse: isKnown ? 4 : 0,
    usedFromLegs: isKnown ? 8 : 0,
  });
}

/** Answers `getLicenseTrend`: the third week is a gap. */
export function someTrend({ url: { searchParams } }: Request) {
  const days = searchParams.get('bucket') === 'day' ? 1 : 7;
  const count = (Number(searchParams.get('weeks') ?? 13) * 7) / days;
  const first = addDays('2026-11-22', -days * (count - 1));
  const points = (start: string, shift: number) =>
    Array.from({ length: count }, (_, index) =>
      aPoint(addDays(start, index * days), days, index === 2 ? null : index - shift),
    );
  return getLicenseTrend.reply?.parse({
    points: points(first, 0),
    previous: points(addDays(first, -days * count), 10),
    regions: [{ region: 'eu', hasAnswered: true }],
  });
}

const line = (index: number) => ({
  kind: 'subscription',
  contractId: contractOf(index),
  reference: `Sub-${index}`,
  product: 'calling',
  endsOn: '2026-12-24',
  autoRenews: false,
  total: 100,
  assigned: 80,
});

export function someCounted() {
  return listCountedCustomers.reply?.parse({
    items: [0, 1].map((index) => ({
      customerId: analyticsCustomer(index),
      name: `Customer ${index}`,
      lines: [line(index)],
    })),
    next: null,
    count: 2,
  });
}

export function someMoves() {
  const held = { ordered: 100, assigned: 80, used: 60, available: 20 };
  return listTrendMoves.reply?.parse({
    items: [
      {
        customerId: analyticsCustomer(3),
        name: 'Customer 3',
        before: held,
        after: { ...held, assigned: 85, available: null },
        change: { ordered: 0, assigned: 5, used: 0, available: null },
      },
    ],
    next: null,
    count: 1,
  });
}
