import { CustomerStatus, type StatusEntry } from '@hub/contract/customer-statuses';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { Ctx } from '../access/index.ts';
import { searchText } from '@hub/contract/search-text';
import { dateIn } from './date-in.ts';
import { deriveStatuses } from './status-rules.ts';
import {
  lockCustomers,
  readFacts,
  readPolicyForDeriving,
  readStatuses,
  writeDerived,
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
  const rows: (StatusEntry & { customerId: string })[] = [];
  const gone: { customerId: string; status: string }[] = [];
  const derived = [...facts].map(([customerId, own]) => {
    const { statuses, ...rest } = deriveStatuses(own, today, policy);
    const before = new Map(
      (stored.get(customerId) ?? []).map((entry) => [entry.status, JSON.stringify(sameShape(entry))]),
    );
    for (const entry of statuses)
      if (before.get(entry.status) !== JSON.stringify(sameShape(entry))) rows.push({ ...entry, customerId });
    const said = new Set<string>(statuses.map(({ status }) => status));
    for (const status of before.keys()) if (!said.has(status)) gone.push({ customerId, status });
    return {
      customerId,
      rank: rankOf(statuses),
      nameKey: searchText(own.name),
      searchText: own.searched.map(searchText).join('\n'),
      ...rest,
    };
  });
  await writeStatuses(tx, { partnerId, today, rows, gone });
  await writeDerived(tx, derived);
  return new Set([...rows, ...gone].map(({ customerId }) => customerId)).size;
}

/** PostgreSQL keeps the keys of a jsonb in an order of its own. */
const sameShape = ({ since, reasons }: StatusEntry): unknown => [since, reasons.map(sorted)];
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value)
        .toSorted(([a], [b]) => a.localeCompare(b))
        .map(([key, part]) => [key, sorted(part)])
    : value;

/** The place of the highest status among all; one behind the last where there is none. */
const rankOf = (statuses: readonly StatusEntry[]): number =>
  statuses[0] === undefined ? CustomerStatus.options.length : CustomerStatus.options.indexOf(statuses[0].status);
