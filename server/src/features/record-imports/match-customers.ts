import type { CustomerKey, CustomerRow } from './read-rows.ts';
import type { RecordColumn } from '@hub/contract/record-columns';
import type { Fault, Reason } from './row-reading.ts';

/** A customer that a row may mean. */
export interface KnownCustomer {
  id: string;
  name: string;
  orgUuid: string | null;
  externalId: string | null;
  country: string;
  kind: 'owned' | 'external' | 'own';
}

export interface CustomerIndex<Known extends KnownCustomer> {
  byOrg: ReadonlyMap<string, Known>;
  byExternal: ReadonlyMap<string, readonly Known[]>;
  byName: ReadonlyMap<string, readonly Known[]>;
  /** Those without an organization. */
  unlinkedByName: ReadonlyMap<string, readonly Known[]>;
  /** Organizations that customers outside the person's scope have. */
  heldElsewhere: ReadonlySet<string>;
}

export function indexOf<Known extends KnownCustomer>(
  known: readonly Known[],
  heldElsewhere: ReadonlySet<string>,
): CustomerIndex<Known> {
  return {
    byOrg: new Map(known.flatMap((one) => (one.orgUuid === null ? [] : [[one.orgUuid, one] as const]))),
    byExternal: Map.groupBy(
      known.filter(({ externalId }) => externalId !== null),
      ({ externalId }) => externalId ?? '',
    ),
    byName: Map.groupBy(known, ({ name }) => name),
    unlinkedByName: Map.groupBy(
      known.filter(({ orgUuid }) => orgUuid === null),
      ({ name }) => name,
    ),
    heldElsewhere,
  };
}

/** The customer of a contract or sign-in: the first thing that is named decides. */
export function findMeant<Known extends KnownCustomer>(
  { orgUuid, externalId, name }: CustomerKey,
  index: CustomerIndex<Known>,
): { customer: Known } | { column: RecordColumn; reason: Reason } {
  const [column, found]: [RecordColumn, readonly Known[]] =
    orgUuid !== undefined
      ? ['orgUuid', [index.byOrg.get(orgUuid)].filter((one) => one !== undefined)]
      : externalId !== undefined
        ? ['externalId', index.byExternal.get(externalId) ?? []]
        : ['name', index.byName.get(name ?? '') ?? []];
  const [customer] = found;
  if (customer === undefined) return { column, reason: 'unknown_customer' };
  return found.length > 1 ? { column, reason: 'several_customers' } : { customer };
}

export interface MatchedCustomer<Known extends KnownCustomer> {
  row: CustomerRow;
  /** Undefined: it is to be created. */
  customer: Known | undefined;
}

interface Matching<Known extends KnownCustomer> {
  matched: MatchedCustomer<Known>[];
  faults: Fault[];
}

/**
 * Which customer each row of a file of customers means. What a row says once entered must not make the same file mean something else: rows
 * that are rejected are taken out and the others matched anew, until none is; but a customer that a row named by an ID, rejected or not, is
 * never taken for another's by its name.
 */
export function matchCustomers<Known extends KnownCustomer>(
  rows: readonly CustomerRow[],
  index: CustomerIndex<Known>,
): Matching<Known> {
  const faults: Fault[] = [];
  const claimed = new Set<string>();
  let left = rows;
  for (;;) {
    const { matched, faults: found } = matchOnce(left, index, claimed);
    if (found.length === 0) return { matched, faults };
    faults.push(...found);
    const lines = new Set(found.map(({ line }) => line));
    left = left.filter(({ line }) => !lines.has(line));
  }
}

const fault = (row: CustomerRow, column: RecordColumn, reason: Reason, hint = ''): Fault => {
  const { orgUuid, externalId, name, country } = row;
  const value = { orgUuid, externalId, name, country }[column as 'name'] ?? '';
  return { line: row.line, column, value, reason, hint };
};

const hasId = ({ orgUuid, externalId }: CustomerKey): boolean => orgUuid !== undefined || externalId !== undefined;

function matchOnce<Known extends KnownCustomer>(
  given: readonly CustomerRow[],
  index: CustomerIndex<Known>,
  claimed: Set<string>,
): Matching<Known> {
  const twins = twinsWithin(given);
  if (twins.length > 0) return { matched: [], faults: twins };
  const faults: Fault[] = [];
  const meant = new Map<CustomerRow, Known>();

  for (const row of given) {
    const known = row.orgUuid === undefined ? undefined : index.byOrg.get(row.orgUuid);
    if (known) meant.set(row, known);
    else if (row.orgUuid !== undefined && index.heldElsewhere.has(row.orgUuid))
      faults.push(fault(row, 'orgUuid', 'taken'));
  }
  if (faults.length > 0) return { matched: [], faults };

  // Whose organization's row gives them another external ID no longer has the one it had.
  const givenUp = new Map([...meant].map(([row, known]) => [known.id, row.externalId ?? known.externalId]));
  const holdersOf = (externalId: string): Known[] =>
    (index.byExternal.get(externalId) ?? []).filter(({ id }) => (givenUp.get(id) ?? externalId) === externalId);
  for (const row of given) {
    if (meant.has(row) || row.externalId === undefined) continue;
    const [known, ...others] = holdersOf(row.externalId);
    if (known === undefined) continue;
    if (others.length > 0) faults.push(fault(row, 'externalId', 'several_customers'));
    else if (row.orgUuid !== undefined && known.orgUuid !== null)
      faults.push(fault(row, 'externalId', 'taken', known.name));
    else meant.set(row, known);
  }
  for (const { id } of meant.values()) claimed.add(id);
  for (const [row, known] of meant) {
    const holder =
      row.externalId === undefined ? undefined : holdersOf(row.externalId).find(({ id }) => id !== known.id);
    if (holder) faults.push(fault(row, 'externalId', 'taken', holder.name));
  }
  if (faults.length > 0) return { matched: [], faults };

  const wanted = new Map<string, CustomerRow[]>();
  for (const row of given) {
    if (meant.has(row)) continue;
    const [known, another] = firstTwo(
      (row.orgUuid === undefined ? index.byName : index.unlinkedByName).get(row.name) ?? [],
      ({ id, externalId }) =>
        !claimed.has(id) && (row.externalId === undefined || (externalId ?? row.externalId) === row.externalId),
    );
    if (known === undefined) continue;
    if (another !== undefined) faults.push(fault(row, 'name', 'several_customers'));
    else {
      meant.set(row, known);
      const alike = wanted.get(known.id);
      if (alike) alike.push(row);
      else wanted.set(known.id, [row]);
    }
  }
  for (const rows of wanted.values())
    if (rows.length > 1) faults.push(...rows.map((row) => fault(row, 'name', 'several_customers')));
  if (faults.length > 0) return { matched: [], faults };

  faults.push(...sameCustomer(meant));
  for (const [row, known] of meant) {
    if (known.kind === 'own') faults.push(fault(row, 'name', 'own_organization'));
    else if (known.country !== row.country) faults.push(fault(row, 'country', 'no_choice', known.country));
  }
  return { matched: given.map((row) => ({ row, customer: meant.get(row) })), faults: once(faults) };
}

/** A name may be that of thousands: whether there are more than one is all that counts. */
function firstTwo<Item>(
  items: readonly Item[],
  isMeant: (item: Item) => boolean,
): [Item | undefined, Item | undefined] {
  const found: Item[] = [];
  for (const item of items) {
    if (!isMeant(item)) continue;
    found.push(item);
    if (found.length === 2) break;
  }
  return [found[0], found[1]];
}

const once = (faults: readonly Fault[]): Fault[] => [...new Map(faults.map((one) => [one.line, one])).values()];

/** Rows that mean the same customer by different things: the last counts. */
function sameCustomer(meant: ReadonlyMap<CustomerRow, KnownCustomer>): Fault[] {
  const rowsOf = Map.groupBy(meant.keys(), (row) => meant.get(row)?.id);
  return [...rowsOf.values()].flatMap((rows) => {
    const last = Math.max(...rows.map(({ line }) => line));
    return rows.filter(({ line }) => line !== last).map((row) => fault(row, 'name', 'twice', String(last)));
  });
}

/** Rows of a file that are about the same customer, whoever that is: the last counts. */
function twinsWithin(rows: readonly CustomerRow[]): Fault[] {
  const faults: Fault[] = [];
  const lastWith = { orgUuid: new Map<string, number>(), externalId: new Map<string, number>() };
  const withId: CustomerRow[] = [];
  for (const row of rows.toReversed()) {
    if (!hasId(row)) continue;
    const column = (['orgUuid', 'externalId'] as const).find((id) => lastWith[id].has(row[id] ?? ''));
    if (column) {
      faults.push(fault(row, column, 'twice', String(lastWith[column].get(row[column] ?? ''))));
      continue;
    }
    for (const id of ['orgUuid', 'externalId'] as const) {
      const value = row[id];
      if (value !== undefined) lastWith[id].set(value, row.line);
    }
    withId.push(row);
  }
  const withIdByName = Map.groupBy(withId, ({ name }) => name);
  const nameless = Map.groupBy(
    rows.filter((row) => !hasId(row)),
    ({ name }) => name,
  );
  for (const [name, alike] of nameless) {
    const last = alike.at(-1);
    if (last === undefined) continue;
    for (const row of alike.slice(0, -1)) faults.push(fault(row, 'name', 'twice', String(last.line)));
    const [other, ...more] = withIdByName.get(name) ?? [];
    if (other === undefined) continue;
    if (more.length > 0) faults.push(fault(last, 'name', 'several_customers'));
    else if (other.line > last.line) faults.push(fault(last, 'name', 'twice', String(other.line)));
    else faults.push(fault(other, 'name', 'twice', String(last.line)));
  }
  return faults;
}
