import type { Product } from '@hub/contract/products';
import { renewedEnd } from '../statuses/index.ts';

export interface OwnedCustomer {
  id: string;
  name: string;
  orgUuid: string | null;
}

/** A subscription or trial as the directory has it. */
export interface ContractFacts {
  kind: 'subscription' | 'trial';
  id: string;
  customerId: string;
  reference: string;
  startsOn: string;
  endsOn: string | null;
  termMonths: number | null;
  autoRenews: boolean;
  /** The day of its first order that counts. */
  orderedOn: string | null;
  /** Products with how many are ordered, `calling 10,meetings 25`: hundreds of thousands are faster as a text. Null: none. */
  held: string | null;
}

/** The same as it is kept in memory: whose it is, and what it holds. */
export interface KnownContract extends Omit<ContractFacts, 'customerId' | 'held'> {
  customer: OwnedCustomer;
  held: readonly HeldProduct[];
}

interface HeldProduct {
  product: Product;
  ordered: number;
}

/** A subscription or trial that runs on a day. */
export interface RunningContract {
  kind: 'subscription' | 'trial';
  id: string;
  customer: OwnedCustomer;
  reference: string;
  addedOn: string;
  isAddedByOrder: boolean;
  /** The last day of the term that runs; null: without end, or not known. */
  endsOn: string | null;
  autoRenews: boolean;
  /** Of that day. */
  daysSinceAdded: number;
  /** Until it ends or renews. */
  daysUntilEnd: number | null;
  held: readonly HeldProduct[];
}

export function knownContract({ held, ...facts }: ContractFacts, customer: OwnedCustomer): KnownContract {
  return {
    ...facts,
    customer,
    held: (held ?? '').split(',').flatMap((line) => {
      const [product, ordered] = line.split(' ');
      return ordered === undefined ? [] : [{ product: product as Product, ordered: Number(ordered) }];
    }),
  };
}

/** It runs on its first day and on its last one, and what renews by itself goes on. Undefined: it does not run that day. */
export function runningOn(day: string, contract: KnownContract): RunningContract | undefined {
  const { kind, id, customer, reference, startsOn, autoRenews, orderedOn, held } = contract;
  const isRunning = startsOn <= day && (autoRenews || contract.endsOn === null || day <= contract.endsOn);
  if (!isRunning) return undefined;
  const isAddedByOrder = orderedOn !== null && orderedOn <= day;
  const addedOn = isAddedByOrder ? orderedOn : startsOn;
  const endsOn = autoRenews ? renewedEnd(contract, day) : contract.endsOn;
  return {
    kind,
    id,
    customer,
    reference,
    addedOn,
    isAddedByOrder,
    endsOn,
    autoRenews,
    daysSinceAdded: daysBetween(addedOn, day),
    daysUntilEnd: endsOn === null ? null : daysBetween(day, endsOn),
    held,
  };
}

const dayMilliseconds = 86_400_000;

const mostDays = 20_000;
const dayNumbers = new Map<string, number>();

/** Days since 1970, remembered: hundreds of thousands of lines have few different ones. */
function dayNumber(day: string): number {
  const known = dayNumbers.get(day);
  if (known !== undefined) return known;
  const number = Date.parse(day) / dayMilliseconds;
  if (dayNumbers.size >= mostDays) dayNumbers.clear();
  dayNumbers.set(day, number);
  return number;
}

const dayTexts = new Map<number, string>();

/** The day so many days after 1 January 1970. */
export function dayText(number: number): string {
  const known = dayTexts.get(number);
  if (known !== undefined) return known;
  const text = new Date(number * dayMilliseconds).toISOString().slice(0, 10);
  if (dayTexts.size >= mostDays) dayTexts.clear();
  dayTexts.set(number, text);
  return text;
}

export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10);

/** Full calendar months: from 31 January to 28 February there is none, to 1 March there is one. */
export function monthsBetween(from: string, to: string): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  return Math.max(0, (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay < fromDay ? 1 : 0));
}
