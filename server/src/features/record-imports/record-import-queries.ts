import { sql } from 'kysely';
import type { TenantTx } from '../../platform/directory/directory.ts';
import type { KnownCustomer } from './match-customers.ts';
import type { OpenTrial } from './second-trials.ts';
import type { StoredContract, StoredLine } from './settle-contracts.ts';

// Whatever a file holds goes to PostgreSQL in pieces of so many rows, one statement each: a parameter of some megabytes.
const rowsAtOnce = 10_000;

export async function inPieces<Row>(
  rows: readonly Row[],
  write: (piece: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) await write(rows.slice(at, at + rowsAtOnce));
}

const recordImports = 4_801_273; // the next of the numbers in platform/directory/advisory-lock.ts

/** Files of a partner enter one after another. */
export async function awaitTurn(tx: TenantTx, partnerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${recordImports}::integer, hashtext(${partnerId}))`.execute(tx);
}

export async function readTimeZone(tx: TenantTx, partnerId: string): Promise<string> {
  const row = await tx.selectFrom('partner').select('time_zone').where('id', '=', partnerId).executeTakeFirstOrThrow();
  return row.time_zone;
}

export interface StoredCustomer extends KnownCustomer {
  domain: string | null;
  contactName: string;
  contactEmail: string;
  contactPhone: string;
  hasSignIns: boolean;
  lastSignInOn: string | null;
}

/** Every customer in the actor's scope that any of these may mean. */
export async function findCustomersNamed(
  tx: TenantTx,
  { orgUuids, externalIds, names }: Record<'orgUuids' | 'externalIds' | 'names', readonly string[]>,
): Promise<StoredCustomer[]> {
  const { rows } = await sql<StoredCustomer>`
    select id, name, org_uuid as "orgUuid", external_id as "externalId", country, kind, domain, contact_name as "contactName",
      contact_email as "contactEmail", contact_phone as "contactPhone", has_sign_ins as "hasSignIns", last_sign_in_on as "lastSignInOn"
    from customer where id in (
      select c.id from unnest(${orgUuids}::uuid[]) as given (value) join customer c on c.org_uuid = given.value
      union select c.id from unnest(${externalIds}::text[]) as given (value) join customer c on c.external_id = given.value
      union select c.id from unnest(${names}::text[]) as given (value) join customer c on c.name = given.value)
    order by id`.execute(tx);
  return rows;
}

/** Of these organizations, those that anybody of the partner has. */
export async function findHeldOrganizations(tx: TenantTx, orgUuids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`select tenant.held_organizations(${orgUuids}::uuid[]) as key`.execute(tx);
  return rows.map(({ key }) => key);
}

export type ContractKind = 'subscription' | 'trial';

/** Who has these references: the name of the customer, empty where it is not in the actor's scope. */
export async function findHolders(tx: TenantTx, references: readonly string[]): Promise<Map<string, string>> {
  const held = await sql<{ key: string }>`select tenant.held_references(${references}::text[]) as key`.execute(tx);
  const seen = await sql<{ key: string; name: string }>`select r.reference as key, customer.name
    from unnest(${references}::text[]) as given (reference)
    join contract_reference r on r.reference = given.reference join customer on customer.id = r.customer_id`.execute(
    tx,
  );
  return new Map([
    ...held.rows.map(({ key }): [string, string] => [key, '']),
    ...seen.rows.map(({ key, name }): [string, string] => [key, name]),
  ]);
}

export type CustomerFields = Omit<StoredCustomer, 'hasSignIns' | 'lastSignInOn'>;

const stored = (customer: CustomerFields) => ({
  id: customer.id,
  name: customer.name,
  org_uuid: customer.orgUuid,
  external_id: customer.externalId,
  country: customer.country,
  kind: customer.kind,
  domain: customer.domain,
  contact_name: customer.contactName,
  contact_email: customer.contactEmail,
  contact_phone: customer.contactPhone,
});
const customerColumns = sql.raw(
  'id uuid, name text, org_uuid uuid, external_id text, country text, region text, kind text, domain text, contact_name text, contact_email text, contact_phone text',
);

/** New customers; with `assignedTo` they are that person's from the begin. */
export async function insertCustomers(
  tx: TenantTx,
  {
    partnerId,
    at,
    assignedTo,
    customers,
  }: {
    partnerId: string;
    at: Date;
    assignedTo: string | undefined;
    customers: readonly (CustomerFields & { region: string })[];
  },
): Promise<void> {
  await inPieces(customers, async (piece) => {
    // First: what is written must be within the scope of whoever reads it back.
    if (assignedTo !== undefined)
      await sql`insert into assignment (partner_id, person_id, customer_id)
        select ${partnerId}::uuid, ${assignedTo}::uuid, unnest(${piece.map(({ id }) => id)}::uuid[])`.execute(tx);
    const rows = JSON.stringify(piece.map((customer) => ({ ...stored(customer), region: customer.region })));
    await sql`insert into customer (id, partner_id, name, org_uuid, external_id, country, region, kind, domain, contact_name, contact_email, contact_phone, created_at)
      select id, ${partnerId}::uuid, name, org_uuid, external_id, country, region, kind, domain, contact_name, contact_email, contact_phone, ${at}::timestamptz
      from jsonb_to_recordset(${rows}::jsonb) as given (${customerColumns})`.execute(tx);
  });
}

export async function updateCustomers(tx: TenantTx, customers: readonly CustomerFields[]): Promise<void> {
  await inPieces(customers, async (piece) => {
    const rows = JSON.stringify(piece.map(stored));
    await sql`update customer set name = given.name, org_uuid = given.org_uuid, external_id = given.external_id, kind = given.kind,
        domain = given.domain, contact_name = given.contact_name, contact_email = given.contact_email, contact_phone = given.contact_phone,
        version = customer.version + 1
      from jsonb_to_recordset(${rows}::jsonb) as given (${customerColumns}) where customer.id = given.id`.execute(tx);
  });
}

export async function setSignIns(
  tx: TenantTx,
  signIns: readonly { customerId: string; on: string | null }[],
): Promise<void> {
  await inPieces(signIns, async (piece) => {
    await sql`update customer set has_sign_ins = true, last_sign_in_on = greatest(last_sign_in_on, given.day)
      from unnest(${piece.map(({ customerId }) => customerId)}::uuid[], ${piece.map(({ on }) => on)}::date[]) as given (id, day)
      where customer.id = given.id`.execute(tx);
  });
}

type ContractRecord = Omit<StoredContract, 'lines'> & { lines: StoredLine[] | null };

/** Those of these references that customers in the actor's scope have, with their licence lines. */
export async function findContracts(
  tx: TenantTx,
  kind: ContractKind,
  references: readonly string[],
): Promise<StoredContract[]> {
  const ownTerms =
    kind === 'subscription'
      ? sql`c.ends_on as "endsOn", c.term_months as "termMonths", c.auto_renews as "autoRenews", c.payment_state as "paymentState",
          c.payment_since as "paymentSince", c.setup_state as "setupState", c.setup_since as "setupSince", c.setup_note as "setupNote"`
      : sql`c.ends_on as "endsOn", null as "termMonths", false as "autoRenews", 'current' as "paymentState", c.starts_on as "paymentSince",
          'provisioned' as "setupState", c.starts_on as "setupSince", null as "setupNote"`;
  const { rows } = await sql<ContractRecord>`
    select c.id, c.reference, c.customer_id as "customerId", customer.name as "customerName", c.starts_on as "startsOn", ${ownTerms},
      (select jsonb_agg(jsonb_build_object('product', l.product, 'ordered', l.ordered, 'assigned', l.assigned, 'overSince', l.over_since))
        from license_line l where ${sql.raw(lineOwner(kind))} = c.id) as lines
    from unnest(${references}::text[]) as given (reference)
    join ${sql.table(kind)} c on c.reference = given.reference join customer on customer.id = c.customer_id`.execute(
    tx,
  );
  return rows.map(({ lines, ...row }) => ({
    ...row,
    lines: new Map((lines ?? []).map((line) => [line.product, line])),
  }));
}

const lineOwner = (kind: ContractKind): string => (kind === 'subscription' ? 'l.subscription_id' : 'l.trial_id');

interface ContractsToWrite {
  partnerId: string;
  at: Date;
  kind: ContractKind;
  created: readonly StoredContract[];
  changed: readonly StoredContract[];
}

/** Contracts with exactly the lines that they have now. */
export async function writeContracts(
  tx: TenantTx,
  { partnerId, at, kind, created, changed }: ContractsToWrite,
): Promise<void> {
  const given = (
    piece: readonly StoredContract[],
  ) => sql`jsonb_to_recordset(${JSON.stringify(piece.map(termsOf))}::jsonb)
    as given (id uuid, reference text, customer_id uuid, starts_on date, ends_on date, term_months integer, auto_renews boolean,
      payment_state text, payment_since date, setup_state text, setup_since date, setup_note text)`;
  const columns = kind === 'subscription' ? subscriptionColumns : trialColumns;
  await inPieces(created, (piece) =>
    sql`insert into ${sql.table(kind)} (id, partner_id, customer_id, reference, created_at, ${sql.raw(columns.join(', '))})
      select id, ${partnerId}::uuid, customer_id, reference, ${at}::timestamptz, ${sql.raw(columns.join(', '))} from ${given(piece)}`.execute(
      tx,
    ),
  );
  const changes = sql.raw(columns.map((column) => `${column} = given.${column}`).join(', '));
  await inPieces(changed, (piece) =>
    sql`update ${sql.table(kind)} as held set ${changes}, version = held.version + 1 from ${given(piece)} where held.id = given.id`.execute(
      tx,
    ),
  );
  await writeLines(tx, partnerId, kind, [...created, ...changed]);
}

const trialColumns = ['starts_on', 'ends_on'];
const subscriptionColumns = [
  ...trialColumns,
  'term_months',
  'auto_renews',
  'payment_state',
  'payment_since',
  'setup_state',
  'setup_since',
  'setup_note',
];

const termsOf = (contract: StoredContract) => ({
  id: contract.id,
  reference: contract.reference,
  customer_id: contract.customerId,
  starts_on: contract.startsOn,
  ends_on: contract.endsOn,
  term_months: contract.termMonths,
  auto_renews: contract.autoRenews,
  payment_state: contract.paymentState,
  payment_since: contract.paymentSince,
  setup_state: contract.setupState,
  setup_since: contract.setupSince,
  setup_note: contract.setupNote,
});

async function writeLines(
  tx: TenantTx,
  partnerId: string,
  kind: ContractKind,
  contracts: readonly StoredContract[],
): Promise<void> {
  const owner = sql.raw(lineOwner(kind));
  const column = sql.raw(lineOwner(kind).slice(2));
  await inPieces(contracts, async (piece) => {
    const lines = piece.flatMap(({ id, customerId, lines: own }) =>
      [...own.values()].map(({ product, ordered, assigned, overSince }) => ({
        contract: id,
        customer_id: customerId,
        product,
        ordered,
        assigned,
        over_since: overSince,
      })),
    );
    const given = sql`jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
      as given (contract uuid, customer_id uuid, product text, ordered integer, assigned integer, over_since date)`;
    await sql`delete from license_line l where ${owner} = any(${piece.map(({ id }) => id)}::uuid[])
      and not exists (select 1 from ${given} where given.contract = ${owner} and given.product = l.product)`.execute(
      tx,
    );
    await sql`insert into license_line as l (partner_id, customer_id, ${column}, product, ordered, assigned, over_since)
      select ${partnerId}::uuid, customer_id, contract, product, ordered, assigned, over_since from ${given}
      on conflict (${column}, product) do update set ordered = excluded.ordered, assigned = excluded.assigned, over_since = excluded.over_since
      where (l.ordered, l.assigned, l.over_since) is distinct from (excluded.ordered, excluded.assigned, excluded.over_since)`.execute(
      tx,
    );
  });
}

/** Of these customers the trials that run or are to come, a row for each product. */
export async function findOpenTrials(
  tx: TenantTx,
  customerIds: readonly string[],
  today: string,
): Promise<OpenTrial[]> {
  const { rows } = await sql<OpenTrial>`
    select t.customer_id as "customerId", t.reference, l.product from trial t join license_line l on l.trial_id = t.id
    where t.customer_id = any(${customerIds}::uuid[]) and t.ends_on >= ${today}::date order by t.reference desc`.execute(
    tx,
  );
  return rows;
}

/** Whether two writers got in each other's way: what one of them had read no longer held, or each waited for the other. */
export function isCollision(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '23505' || code === '40P01' || code === '23503'; // unique_violation, deadlock_detected, foreign_key_violation
}
