import { randomUUID } from 'node:crypto';
import type { RegionCode } from '@hub/contract/regions';
import { type Ctx, inTenant, regionalScope, scopePersonOf } from '../access/index.ts';
import { AnswerMemory, sharedReads } from '../metrics/index.ts';
import { findChangedCustomers, findContracts, findOwnedCustomers } from './contract-queries.ts';
import { historyDays } from './kpi-history.ts';
import { type KnownContract, knownContract, plusDays } from './running-contracts.ts';

/** Days ahead of which contracts are read as well: a book is that of the next days, too. */
const daysAhead = 31;

/** The contracts of a region that run today, ran on one of the days of which cards tell, or will run soon, as somebody sees them. */
export interface ContractBook {
  /** The first and the last day that it is the book of. */
  from: string;
  until: string;
  /** The same for the same contracts. */
  version: string;
  /** The moment as of which they were read. */
  moment: string;
  byCustomer: ReadonlyMap<string, readonly KnownContract[]>;
  /** The version before, and the customers whose contracts are others since then; undefined: everything was read. */
  since: { version: string; changed: readonly string[] } | undefined;
}

// Contracts, some 400 bytes each: 300 MB.
const books = new AnswerMemory<ContractBook>(700_000);
const reading = sharedReads<ContractBook>();

/**
 * Kept in memory: of what changed since it was read last, the customers alone are read again. It is never older than the question.
 */
// oxlint-disable-next-line hub/verb-asks -- who asks it has asked, or is the hub itself; it only reads
export async function contractBook(ctx: Ctx, region: RegionCode, today: string): Promise<ContractBook> {
  const { scope } = await regionalScope(ctx, region);
  const key = [ctx.actor.partnerId, scopePersonOf(ctx.actor), scope.scopeKey, region].join('|');
  return reading(`${key}|${today}`, async () => {
    const last = books.find(key);
    const known = last && last.from <= today && today <= last.until ? last : undefined;
    const { from, until } = known ?? { from: today, until: plusDays(today, daysAhead) };
    const book = await inTenant(ctx, async (tx) => {
      const { moment, changed } = await findChangedCustomers(tx, known?.moment);
      if (known && changed?.length === 0) return { ...known, moment };
      const of = { region, from: plusDays(from, -historyDays), to: until, ids: changed };
      const read = contractsByCustomer(await findOwnedCustomers(tx, region, changed), await findContracts(tx, of));
      const byCustomer = known && changed ? changedIn(known.byCustomer, changed, read) : read;
      const since = known && changed ? { version: known.version, changed } : undefined;
      return { from, until, version: randomUUID(), moment, byCustomer, since };
    });
    books.keep(key, book, weightOf(book));
    return book;
  });
}

function weightOf({ byCustomer }: ContractBook): number {
  let contracts = 1;
  for (const own of byCustomer.values()) contracts += own.length;
  return contracts;
}

function contractsByCustomer(
  owned: Awaited<ReturnType<typeof findOwnedCustomers>>,
  contracts: Awaited<ReturnType<typeof findContracts>>,
): ReadonlyMap<string, readonly KnownContract[]> {
  const customers = new Map(owned.map((customer) => [customer.id, customer]));
  const byCustomer = new Map<string, KnownContract[]>();
  for (const facts of contracts) {
    const customer = customers.get(facts.customerId);
    if (customer === undefined) continue;
    const own = byCustomer.get(customer.id);
    if (own) own.push(knownContract(facts, customer));
    else byCustomer.set(customer.id, [knownContract(facts, customer)]);
  }
  return byCustomer;
}

function changedIn(
  before: ContractBook['byCustomer'],
  changed: readonly string[],
  read: ContractBook['byCustomer'],
): ContractBook['byCustomer'] {
  const byCustomer = new Map(before);
  for (const id of changed) {
    const own = read.get(id);
    if (own) byCustomer.set(id, own);
    else byCustomer.delete(id);
  }
  return byCustomer;
}
