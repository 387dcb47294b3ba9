import type { PaymentState, SetupState } from '@hub/contract/customer-statuses';
import type { Product } from '@hub/contract/products';
import { countedLines, sincesOf } from '../subscriptions/index.ts';
import type { KnownCustomer } from './match-customers.ts';
import type { ContractRow } from './read-rows.ts';
import type { RecordColumn } from '@hub/contract/record-columns';
import type { Fault, Reason } from './row-reading.ts';

export interface StoredLine {
  product: Product;
  ordered: number;
  assigned: number | null;
  overSince: string | null;
}

/** A subscription, or a trial: that one has no terms of payment and setup, and the values here never change. */
export interface StoredContract {
  id: string;
  reference: string;
  customerId: string;
  customerName: string;
  startsOn: string;
  endsOn: string | null;
  termMonths: number | null;
  autoRenews: boolean;
  paymentState: PaymentState;
  paymentSince: string;
  setupState: SetupState;
  setupSince: string;
  setupNote: string | null;
  lines: ReadonlyMap<string, StoredLine>;
}

/** A row whose customer is found. */
export interface PlacedRow {
  row: ContractRow;
  customer: KnownCustomer;
}

export interface SettledContracts {
  created: StoredContract[];
  changed: StoredContract[];
  unchanged: StoredContract[];
  /** Rows, by what became of the contract they tell of. */
  rows: { created: number; changed: number; unchanged: number };
  faults: Fault[];
}

export interface World {
  today: string;
  newId: () => string;
  existing: ReadonlyMap<string, StoredContract>;
  /** Who has a reference, for a subscription or a trial; empty where that is not the person's to see. */
  holders: ReadonlyMap<string, string>;
  /** Of these a row was rejected before: what no row names stays. */
  incomplete: ReadonlySet<string>;
  /** Whether the file has the column Product. */
  tellsProducts: boolean;
  /** Whether these are trials, which need a product, and those that would be second ones of a product, with the reference of the first. */
  trials?: { second: ReadonlyMap<string, string> };
}

/** What the contracts of a file are afterwards. Rows of one contract belong together: the last tells its terms, each a product. */
export function settleContracts(rows: readonly PlacedRow[], world: World): SettledContracts {
  const settled: SettledContracts = {
    created: [],
    changed: [],
    unchanged: [],
    rows: { created: 0, changed: 0, unchanged: 0 },
    faults: [],
  };
  for (const [reference, own] of Map.groupBy(rows, ({ row }) => row.reference)) {
    const { left, faults } = agreeing(own);
    settled.faults.push(...faults);
    const last = left.at(-1);
    if (last === undefined) continue;
    const before = world.existing.get(reference);
    const isWhole = world.tellsProducts && faults.length === 0 && !world.incomplete.has(reference);
    const after = contractOf(last, left, before, { ...world, isWhole });
    const refusal = refusalOf(last.customer, before, after, world);
    if (refusal) {
      settled.faults.push(...left.map(({ row, customer }) => faultOf(row, customer, refusal)));
      continue;
    }
    const outcome = before === undefined ? 'created' : isSame(before, after) ? 'unchanged' : 'changed';
    settled.rows[outcome] += left.length;
    settled[outcome].push(after);
  }
  return settled;
}

interface Refusal {
  column: RecordColumn;
  reason: Reason;
  hint: string;
}

function refusalOf(
  customer: KnownCustomer,
  before: StoredContract | undefined,
  after: StoredContract,
  { holders, trials }: World,
): Refusal | undefined {
  if (before !== undefined && before.customerId !== customer.id)
    return { column: 'reference', reason: 'taken', hint: before.customerName };
  const holder = before === undefined ? holders.get(after.reference) : undefined;
  if (holder !== undefined) return { column: 'reference', reason: 'taken', hint: holder };
  // Where the file leaves the end as it is, the start may have come behind it.
  if (after.endsOn !== null && after.endsOn < after.startsOn)
    return { column: 'startsOn', reason: 'ends_before_start', hint: '' };
  if (trials && after.lines.size === 0) return { column: 'product', reason: 'no_product', hint: '' };
  const first = trials?.second.get(after.reference);
  if (first !== undefined) return { column: 'product', reason: 'trial_open', hint: first };
  return undefined;
}

const faultOf = (row: ContractRow, customer: KnownCustomer, { column, reason, hint }: Refusal): Fault => ({
  line: row.line,
  column,
  value:
    { reference: row.reference, startsOn: row.terms.startsOn, product: row.given?.product ?? '' }[column as string] ??
    customer.name,
  reason,
  hint,
});

/** Rows that say something else than the last one, or name a product that a later one names, are out. */
function agreeing(rows: readonly PlacedRow[]): { left: PlacedRow[]; faults: Fault[] } {
  const last = rows.at(-1);
  const left: PlacedRow[] = [];
  const faults: Fault[] = [];
  const lineOf = new Map<string, number>();
  const terms = last && JSON.stringify([last.customer.id, last.row.terms]);
  for (const placed of rows.toReversed()) {
    const { row, customer } = placed;
    const twice = (column: RecordColumn, line: number): void => {
      faults.push(faultOf(row, customer, { column, reason: 'twice', hint: String(line) }));
    };
    const product = row.given?.product ?? '';
    const other = lineOf.get(product);
    if (last && JSON.stringify([customer.id, row.terms]) !== terms) twice('reference', last.row.line);
    else if (other !== undefined) twice(product === '' ? 'reference' : 'product', other);
    else {
      lineOf.set(product, row.line);
      left.unshift(placed);
    }
  }
  return { left, faults };
}

function contractOf(
  { row: { reference, terms }, customer }: PlacedRow,
  rows: readonly PlacedRow[],
  before: StoredContract | undefined,
  { today, newId, isWhole }: World & { isWhole: boolean },
): StoredContract {
  const kept = <Value>(given: Value | undefined, known: Value | undefined, fresh: Value): Value =>
    given === undefined ? (known === undefined ? fresh : known) : given;
  const paymentState = kept(terms.paymentState, before?.paymentState, 'current');
  const setupState = kept(terms.setupState, before?.setupState, 'provisioned');
  const lines = new Map(isWhole ? [] : before?.lines);
  for (const { row } of rows) {
    if (row.given === undefined) continue;
    const { product, ordered, assigned: told } = row.given;
    const known = before?.lines.get(product);
    const assigned = kept(told, known?.assigned, null);
    const counted = countedLines([{ product, ordered, assigned }], known ? [known] : [], today);
    for (const line of counted) lines.set(product, line);
  }
  return {
    id: before?.id ?? newId(),
    reference,
    customerId: customer.id,
    customerName: customer.name,
    startsOn: terms.startsOn,
    endsOn: kept(terms.endsOn, before?.endsOn, null),
    termMonths: kept(terms.termMonths, before?.termMonths, null),
    autoRenews: kept(terms.autoRenews, before?.autoRenews, false),
    paymentState,
    setupState,
    ...sincesOf({ startsOn: terms.startsOn, paymentState, setupState }, before, today),
    setupNote: kept(terms.setupNote, before?.setupNote, null),
    lines,
  };
}

function isSame(before: StoredContract, after: StoredContract): boolean {
  const terms = ({ startsOn, endsOn, termMonths, autoRenews, paymentState, setupState, setupNote }: StoredContract) =>
    JSON.stringify([startsOn, endsOn, termMonths, autoRenews, paymentState, setupState, setupNote]);
  return (
    terms(before) === terms(after) &&
    before.lines.size === after.lines.size &&
    [...after.lines.values()].every(({ product, ordered, assigned }) => {
      const line = before.lines.get(product);
      return line?.ordered === ordered && line.assigned === assigned;
    })
  );
}
