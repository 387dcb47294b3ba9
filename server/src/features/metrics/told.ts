import { hash } from 'node:crypto';
import type { CallingPolicy } from '@hub/contract/calling-policy';
import type { CustomerId, OrgUuid } from '@hub/contract/ids';
import type { RegionalStore } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, requirePermission, scopePersonOf, seesContracts } from '../access/index.ts';
import { readCallingPolicy } from '../calling-policy/index.ts';
import { customerNames } from '../customers/index.ts';
import { areRollupsBuilt, readVisibility, type Visibility } from '../imports/index.ts';
import { findAssignedToday } from './assigned-queries.ts';
import { collator, compareText } from './collator.ts';
import { sharedReads } from './shared-reads.ts';

/** What the directory says to somebody of the customers in a region. */
export interface Told {
  visible: Visibility;
  /** Rollups hold everything, so that they may be asked in place of the facts. */
  hasRollups: boolean;
  names: readonly ToldCustomer[];
  policy: CallingPolicy;
  /** By organization that has Calling today: licenses of it that are assigned, null where that is not known. Empty to who may not see contracts. */
  assignedToday: ReadonlyMap<string, number | null>;
  /** The same for the same names, licenses and policy. */
  fingerprint: string;
}

interface ToldCustomer {
  id: CustomerId;
  name: string;
  orgUuid: OrgUuid | null;
  /** Its place among the names. */
  rank: number;
}

export interface NamedCustomer extends ToldCustomer {
  orgUuid: OrgUuid;
}

const reads = new WeakMap<RegionalStore, ReturnType<typeof sharedReads<Told>>>();
/** Of each store, what was told last to whom: names that are as they were keep their ranks. */
const sorted = new WeakMap<RegionalStore, Map<string, { names: string; told: readonly ToldCustomer[] }>>();
const remembersAtMost = 64;

/** Of one customer, or of all. */
export function readTold(ctx: Ctx, store: RegionalStore, customerId: string | undefined): Promise<Told> {
  requirePermission(ctx, 'calling_usage.read');
  const sees = seesContracts(ctx.actor);
  const today = ctx.clock.today();
  const { partnerId } = ctx.actor;
  const { region } = store;
  const key = [partnerId, scopePersonOf(ctx.actor), sees, today, customerId].join('|');
  const read = reads.get(store) ?? sharedReads<Told>();
  reads.set(store, read);
  return read(key, async () => {
    const [hasRollups, { visible, names, policy, assigned }] = await Promise.all([
      areRollupsBuilt(store, partnerId),
      inTenant(ctx, async (tx) => ({
        visible: await readVisibility(tx, region),
        names: await customerNames(tx, region, customerId),
        policy: await readCallingPolicy(tx, partnerId),
        assigned: sees ? await findAssignedToday(tx, { region, today, customerId }) : [],
      })),
    ]);
    const ofNames = hash('sha256', names.map(({ id, name, orgUuid }) => `${id} ${orgUuid} ${name}`).join('\n'));
    const ofRest = hash('sha256', JSON.stringify([policy, assigned]));
    return {
      visible,
      hasRollups,
      policy,
      names: ranked(store, key, { names, fingerprint: ofNames }),
      assignedToday: new Map(assigned.map(({ org, assigned: licenses }) => [org, licenses])),
      fingerprint: `${ofNames} ${ofRest}`,
    };
  });
}

type Name = Omit<ToldCustomer, 'rank'>;

function ranked(
  store: RegionalStore,
  key: string,
  { names, fingerprint }: { names: readonly Name[]; fingerprint: string },
): readonly ToldCustomer[] {
  const memory = sorted.get(store) ?? new Map<string, { names: string; told: readonly ToldCustomer[] }>();
  sorted.set(store, memory);
  const before = memory.get(key);
  memory.delete(key);
  const told =
    before?.names === fingerprint
      ? before.told
      : names.toSorted(byName).map((customer, rank): ToldCustomer => ({ ...customer, rank }));
  memory.set(key, { names: fingerprint, told });
  const [oldest] = memory.keys();
  if (memory.size > remembersAtMost && oldest !== undefined) memory.delete(oldest);
  return told;
}

const byName = (a: Name, b: Name): number =>
  collator.compare(a.name, b.name) || compareText(a.name, b.name) || compareText(a.orgUuid ?? '', b.orgUuid ?? '');
