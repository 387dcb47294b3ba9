import { CustomerStatus, type FailedSetup, type StatusEntry } from '@hub/contract/customer-statuses';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { searchText } from '@hub/contract/search-text';
import { dateIn } from './date-in.ts';
import { beganOn, datedEnd } from './history-rules.ts';
import { type CustomerFacts, deriveStatuses } from './status-rules.ts';
import { readPolicyForDeriving } from './policy-queries.ts';
import { writeDerived } from './derived-queries.ts';
import {
  lockCustomers,
  readFacts,
  readNotedToday,
  readStatuses,
  settleNotedToday,
  writeStatuses,
} from './statuses-queries.ts';

/**
 * Brings everything that is derived of customers (statuses, sums, search text, sort keys) to what their facts say today, within the
 * transaction that changed the facts: every verb that writes a customer, subscription, trial, licence line or sign-in ends with it. Today
 * is the date in the partner's zone. Returns of how many the statuses changed.
 */
export async function refreshCustomers(tx: TenantTx, ctx: Ctx, customerIds: readonly string[]): Promise<number> {
  const { partnerId } = ctx.actor;
  const ids = await lockCustomers(tx, customerIds);
  const policy = await readPolicyForDeriving(tx, partnerId);
  const today = dateIn(policy.timeZone, ctx.clock.now());
  const facts = await readFacts(tx, ids, policy.timeZone);
  const stored = await readStatuses(tx, ids);
  const noted = Map.groupBy(await readNotedToday(tx, ids, today), ({ customerId }) => customerId);
  const settled: { id: string; endedOn: string | null }[] = [];
  const begun: (StatusEntry & { customerId: string; beganOn: string })[] = [];
  const changed: typeof begun = [];
  const gone: Pick<(typeof begun)[number], 'customerId' | 'status'>[] = [];
  const derived = [...facts].map(([customerId, own]) => {
    const { statuses, ...rest } = deriveStatuses(own, today, policy);
    const before = new Map(
      (stored.get(customerId) ?? []).map((entry) => [entry.status, JSON.stringify(sameShape(entry))]),
    );
    for (const entry of statuses) {
      const known = before.get(entry.status);
      const row = { ...entry, customerId, beganOn: beganOn(entry, own, today) };
      if (known === undefined) begun.push(row);
      else if (known !== JSON.stringify(sameShape(entry))) changed.push(row);
    }
    const said = new Set(statuses.map(({ status }) => status));
    for (const status of before.keys()) if (!said.has(status)) gone.push({ customerId, status });
    for (const stretch of noted.get(customerId) ?? [])
      if (!said.has(stretch.status))
        settled.push({ id: stretch.id, endedOn: datedEnd(stretch, own, { today, windows: policy }) ?? null });
    return {
      customerId,
      rank: rankOf(statuses, rest.failedSetup),
      nameKey: searchText(own.name),
      searchText: searchedIn(own),
      ...rest,
    };
  });
  await settleNotedToday(tx, settled);
  await writeStatuses(tx, { partnerId, today, begun, changed, gone });
  await writeDerived(tx, partnerId, derived);
  return new Set([...begun, ...changed, ...gone].map(({ customerId }) => customerId)).size;
}

/** PostgreSQL keeps the keys of a jsonb in an order of its own. */
const sameShape = ({ since, reasons }: StatusEntry): unknown => [since, reasons.map(sorted)];
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, part]) => [key, sorted(part)])
    : value;

/** The place of the highest status among all, one behind the last where there is none; a failed setup has that of an order that waits. */
function rankOf([first]: readonly StatusEntry[], failedSetup: FailedSetup | undefined): number {
  const places = CustomerStatus.options;
  const rank = first === undefined ? places.length : places.indexOf(first.status);
  return failedSetup === undefined ? rank : Math.min(rank, places.indexOf('ready_for_order_setup'));
}

/** A text a line; behind an empty line the references of contracts, which are not everybody's to find. */
function searchedIn({ searched, subscriptions, trials }: CustomerFacts): string {
  const own = searched.map(searchText).join('\n');
  const references = [...subscriptions, ...trials].map(({ reference }) => searchText(reference)).join('\n');
  return references === '' ? own : `${own}\n\n${references}`;
}
