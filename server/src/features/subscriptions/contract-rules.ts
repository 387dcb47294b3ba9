import type { PaymentState, SetupState } from '@hub/contract/customer-statuses';
import type { LicenseLine } from '@hub/contract/subscriptions';
import { isUnpaid, setupStageOf } from '../statuses/index.ts';

/** A licence line with the day on which assigned was first seen above ordered; null while it is not. */
export type CountedLine = LicenseLine & { overSince: string | null };

/** A line that is over its limit stays over since the day it was first; one that comes down forgets. */
export function countedLines(
  lines: readonly LicenseLine[],
  before: readonly CountedLine[],
  today: string,
): CountedLine[] {
  const overSinceOf = new Map(before.map(({ product, overSince }) => [product, overSince]));
  return lines.map((line) => ({
    ...line,
    overSince: isOver(line) ? (overSinceOf.get(line.product) ?? today) : null,
  }));
}

const isOver = ({ ordered, assigned }: LicenseLine): boolean => assigned !== null && assigned > ordered;

interface States {
  startsOn: string;
  paymentState: PaymentState;
  setupState: SetupState;
}
interface Sinces {
  paymentSince: string;
  setupSince: string;
}

/**
 * Since when what follows from its states is so: what is unpaid and then suspended is unpaid since the first day of it, and so it is with a
 * setup that waits or that failed. A new subscription's setup that waits has waited from its first day on if that is past; since when it is
 * not paid, or its setup failed, nobody knows, so that counts from the day on which it was recorded.
 */
export function sincesOf(after: States, before: (States & Sinces) | undefined, today: string): Sinces {
  const stage = setupStageOf(after.setupState);
  if (before === undefined)
    return { paymentSince: today, setupSince: stage === 'waiting' && after.startsOn < today ? after.startsOn : today };
  return {
    paymentSince: isUnpaid(after.paymentState) === isUnpaid(before.paymentState) ? before.paymentSince : today,
    setupSince: stage === setupStageOf(before.setupState) ? before.setupSince : today,
  };
}

/** On its last day a contract still runs; what renews by itself never ends. */
export const hasEnded = (
  { endsOn, autoRenews = false }: { endsOn: string | null; autoRenews?: boolean },
  today: string,
): boolean => endsOn !== null && endsOn < today && !autoRenews;
