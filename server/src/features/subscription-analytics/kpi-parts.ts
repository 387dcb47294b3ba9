import { headlineProducts } from '@hub/contract/subscription-analytics';
import type { Product } from '@hub/contract/products';
import type { SubscriptionMetricKey } from '@hub/contract/subscription-metrics';
import { availableOf, type Line, overOf } from './lines.ts';
import type { RunningContract } from './running-contracts.ts';
import { isExpiring, isIn, isLow, isOver, isRenewing } from './sections.ts';
import { linesOfProduct } from './told-once.ts';

/** Sums of which cards are made, by name. A customer is of one region, so regions add up. */
export type Parts = Readonly<Record<string, number>>;

/** What a header or a product of a region is counted from on a day. */
export interface Counted {
  day: string;
  contracts: readonly RunningContract[];
  /** Of every product. */
  lines: readonly Line[];
  /** The same by customer. */
  byCustomer: ReadonlyMap<string, CustomerCounted>;
}

/** Lines of a customer mostly stand together, so that few are looked up. */
function customerIds(of: readonly { contract: RunningContract }[]): Set<string> {
  const ids = new Set<string>();
  let last = '';
  for (const { contract } of of) {
    const { id } = contract.customer;
    if (id !== last) ids.add(id);
    last = id;
  }
  return ids;
}

const customersOf = (of: readonly { contract: RunningContract }[]): number => customerIds(of).size;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** The products that the header is about. */
export const isOfHeader = (product: Product, isEvery: boolean): boolean =>
  isEvery || (headlineProducts as readonly Product[]).includes(product);

/** Of customers with a line of the header's products: their contracts, whatever these hold, and those of their lines that are of these products. */
export function headlineOf({ contracts, lines }: Pick<Counted, 'contracts' | 'lines'>, isEvery: boolean) {
  const own = lines.filter(({ product }) => isOfHeader(product, isEvery));
  const customers = customerIds(own);
  return { lines: own, contracts: contracts.filter(({ customer }) => customers.has(customer.id)) };
}

/** What a customer is in the header, with these lines. Undefined: nothing, since no line is of its products. */
export interface HeaderCounts {
  isExpiring: boolean;
  isRenewing: boolean;
  isLow: boolean;
  isOver: boolean;
  known: number;
}

/** One customer's, and what it counts in the header, told once for each kind of header. */
export interface CustomerCounted {
  contracts: readonly RunningContract[];
  lines: readonly Line[];
  counts: { header?: HeaderCounts | null; everyProduct?: HeaderCounts | null };
}

function headerCounts({ contracts, lines }: CustomerCounted, isEvery: boolean): HeaderCounts | null {
  const own = lines.filter(({ product }) => isOfHeader(product, isEvery));
  if (own.length === 0) return null;
  return {
    isExpiring: contracts.some((contract) => isExpiring({ contract, daysUntilEnd: contract.daysUntilEnd })),
    isRenewing: contracts.some((contract) => isRenewing({ contract, daysUntilEnd: contract.daysUntilEnd })),
    isLow: own.some(isLow),
    isOver: own.some(isOver),
    known: own.filter(({ assigned }) => assigned !== null).length,
  };
}

export function headlineParts({ byCustomer }: Counted, isEvery: boolean): Parts {
  const parts = { customers: 0, expiring: 0, renewing: 0, low: 0, over: 0, known: 0 };
  const kind = isEvery ? 'everyProduct' : 'header';
  for (const own of byCustomer.values()) {
    let counts = own.counts[kind];
    if (counts === undefined) own.counts[kind] = counts = headerCounts(own, isEvery);
    if (counts === null) continue;
    parts.customers++;
    parts.expiring += Number(counts.isExpiring);
    parts.renewing += Number(counts.isRenewing);
    parts.low += Number(counts.isLow);
    parts.over += Number(counts.isOver);
    parts.known += counts.known;
  }
  return parts;
}

/** ΣA and ΣU, each with ΣT of the lines that tell it. */
function heldBy(name: string, lines: readonly Line[]): Parts {
  const assigned = lines.filter((line) => line.assigned !== null);
  const used = lines.filter((line) => line.used !== null);
  return {
    [`${name}Customers`]: customersOf(lines),
    [`${name}Assigned`]: sum(assigned.map((line) => line.assigned ?? 0)),
    [`${name}TotalOfAssigned`]: sum(assigned.map(({ total }) => total)),
    [`${name}Used`]: sum(used.map((line) => line.used ?? 0)),
    [`${name}TotalOfUsed`]: sum(used.map(({ total }) => total)),
  };
}

export function productParts({ lines: all }: Pick<Counted, 'lines'>, product: Product): Parts {
  const lines = linesOfProduct(all, product);
  const added = customerIds(lines.filter(isIn.recently_added));
  const low = lines.filter(isIn.low_assignment);
  const lowInUse = low.filter(({ used }) => used !== null);
  const over = lines.filter(isIn.over_limit);
  return {
    known: lines.filter(({ assigned }) => assigned !== null).length,
    newCustomers: added.size,
    newTotal: sum(lines.filter(({ contract }) => added.has(contract.customer.id)).map(({ total }) => total)),
    ...heldBy('expiring', lines.filter(isIn.expiring)),
    ...heldBy('renewing', lines.filter(isIn.renewing)),
    ...heldBy('low', low),
    lowUsedOfAssigned: sum(lowInUse.map(({ used, assigned }) => Math.min(used ?? 0, assigned ?? 0))),
    lowAssignedOfUsed: sum(lowInUse.map(({ assigned }) => assigned ?? 0)),
    lowUnassigned: sum(low.map((line) => availableOf(line) ?? 0)),
    overCustomers: customersOf(over),
    overLicenses: sum(over.map((line) => overOf(line) ?? 0)),
  };
}

export function addParts(all: readonly Parts[]): Parts {
  const added: Record<string, number> = {};
  for (const parts of all) for (const [name, value] of Object.entries(parts)) added[name] = (added[name] ?? 0) + value;
  return added;
}

type Formula = (of: (part: string) => number) => number | null;

const count =
  (part: string): Formula =>
  (of) =>
    of(part);
/** Nothing is low and nothing is over where no assignment is known: that is not 0. */
const countOfKnown =
  (part: string): Formula =>
  (of) =>
    of('known') === 0 ? null : of(part);
const ratio =
  (above: string, below: string, factor = 1): Formula =>
  (of) =>
    of(below) === 0 ? null : (factor * of(above)) / of(below);

/** The catalog's cards as formulas over the parts; sums are added up over regions first and divided last. */
export const kpiFormulas: Record<SubscriptionMetricKey, Formula> = {
  totalCustomers: count('customers'),
  nearingExpiration: count('expiring'),
  nearingRenewal: count('renewing'),
  lowLicenseAssignment: countOfKnown('low'),
  overLicenseLimit: countOfKnown('over'),

  newCustomers: count('newCustomers'),
  newLicenses: count('newTotal'),
  expiringCustomers: count('expiringCustomers'),
  expiringAssignment: ratio('expiringAssigned', 'expiringTotalOfAssigned', 100),
  expiringUsage: ratio('expiringUsed', 'expiringTotalOfUsed', 100),
  renewingCustomers: count('renewingCustomers'),
  renewingAssignment: ratio('renewingAssigned', 'renewingTotalOfAssigned', 100),
  renewingUsage: ratio('renewingUsed', 'renewingTotalOfUsed', 100),
  lowCustomers: countOfKnown('lowCustomers'),
  lowAssignment: ratio('lowAssigned', 'lowTotalOfAssigned', 100),
  lowUsage: ratio('lowUsedOfAssigned', 'lowTotalOfUsed', 100),
  lowUsageOfAssigned: ratio('lowUsedOfAssigned', 'lowAssignedOfUsed', 100),
  lowUnassigned: countOfKnown('lowUnassigned'),
  overCustomers: countOfKnown('overCustomers'),
  overLicenses: countOfKnown('overLicenses'),
  overAverage: ratio('overLicenses', 'overCustomers'),
};

export const kpiValue = (key: SubscriptionMetricKey, parts: Parts): number | null =>
  kpiFormulas[key]((part) => parts[part] ?? 0);
