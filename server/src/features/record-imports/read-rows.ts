import type { PaymentState, SetupState } from '@hub/contract/customer-statuses';
import { CustomerEdit } from '@hub/contract/customers';
import { OrgUuid } from '@hub/contract/ids';
import { type Product, productNames, Product as Products } from '@hub/contract/products';
import { trialMaximumDays } from '@hub/contract/trials';
import { type Choices, choices, countryOf, dateOf, instantOf } from './cell-values.ts';
import type { RecordColumn } from '@hub/contract/record-columns';
import type { RowReading } from './row-reading.ts';

/** How a row names a customer: the first that is there decides. */
export interface CustomerKey {
  orgUuid: string | undefined;
  externalId: string | undefined;
  name: string | undefined;
}

/** Undefined: the file does not say, what is known stays. Null: empty. */
export interface CustomerRow extends CustomerKey {
  line: number;
  name: string;
  country: string;
  domain: string | null | undefined;
  kind: 'owned' | 'external' | undefined;
  contactName: string | undefined;
  contactEmail: string | undefined;
  contactPhone: string | undefined;
}

export interface LineGiven {
  product: Product;
  ordered: number;
  assigned: number | null | undefined;
}

export interface ContractRow {
  line: number;
  customer: CustomerKey;
  reference: string;
  terms: {
    startsOn: string;
    endsOn: string | null | undefined;
    termMonths: number | null | undefined;
    autoRenews: boolean | undefined;
    paymentState: PaymentState | undefined;
    setupState: SetupState | undefined;
    setupNote: string | null | undefined;
  };
  given: LineGiven | undefined;
}

export interface SignInRow {
  line: number;
  customer: CustomerKey;
  /** Null: nobody ever did. */
  on: string | null;
}

const { domain: Domain, contact: Contact } = CustomerEdit.shape;
export const mostLicenses = 10_000_000;
const unreadable = '00000000-0000-0000-0000-000000000000'; // stands for "no readable organization" in held rows

const kinds = choices({
  owned: ['owned', 'partner', 'part of my organization', 'part of my partner organization'],
  external: ['external', 'external administrator', 'external administration', 'external admin'],
});
const yesOrNo = choices({ yes: ['yes', 'y', 'true', '1', 'on'], no: ['no', 'n', 'false', '0', 'off'] });
const payments = choices<PaymentState>({
  current: ['current', 'paid'],
  past_due: ['past due', 'overdue'],
  suspended: ['suspended'],
});
const setups = choices<SetupState>({
  provisioned: [],
  pending_setup: [],
  provisioning: [],
  updating: [],
  pending_rpl_review: ['pending RPL review'],
  error: [],
  provisioned_with_errors: [],
});
export const products: Choices<Product> = choices(
  Object.fromEntries(
    Products.options.map((product) => [product, [productNames[product], productNames[product].replace(/^Webex /, '')]]),
  ) as Record<Product, string[]>,
);

export function orgOf(row: RowReading): string | undefined {
  const org = row.by('orgUuid', OrgUuid, 'no_org');
  return org === unreadable ? row.fail('orgUuid', 'no_org') : (org ?? undefined);
}

export function readCustomer(row: RowReading): CustomerRow {
  row.needed('name');
  row.needed('country');
  const country = row.filled('country');
  /** The patterns behind these are for texts of a size that somebody would type. */
  const short = (column: RecordColumn, most: number): boolean => typeof row.text(column, most) === 'string';
  return {
    line: row.line,
    name: row.text('name', 200) ?? '',
    country: countryOf(country ?? '') ?? row.fail('country', 'no_country') ?? '',
    orgUuid: orgOf(row),
    externalId: row.text('externalId', 200) ?? undefined,
    domain: short('domain', 253) ? row.by('domain', Domain, 'no_domain') : row.filled('domain'),
    kind: row.choice('kind', kinds),
    contactName: row.text('contactName', 200) ?? row.cells.contactName,
    contactEmail:
      (short('contactEmail', 254) ? row.by('contactEmail', Contact.shape.email, 'no_email') : undefined) ??
      row.cells.contactEmail,
    contactPhone: row.text('contactPhone', 50) ?? row.cells.contactPhone,
  };
}

function readCustomerKey(row: RowReading): CustomerKey {
  const key = {
    orgUuid: orgOf(row),
    externalId: row.text('externalId', 200) ?? undefined,
    name: row.text('name', 200) ?? undefined,
  };
  if (key.orgUuid === undefined && key.externalId === undefined && key.name === undefined)
    row.fail(
      row.cells.name !== undefined ? 'name' : row.cells.orgUuid !== undefined ? 'orgUuid' : 'externalId',
      'empty',
    );
  return key;
}

function readLine(row: RowReading): LineGiven | undefined {
  const product = row.choice('product', products);
  if (product === undefined) return undefined;
  row.needed('ordered');
  return {
    product,
    ordered: row.count('ordered', mostLicenses) ?? 0,
    assigned: row.count('assigned', mostLicenses),
  };
}

export function readSubscription(row: RowReading): ContractRow {
  row.needed('reference');
  const reference = row.text('reference', 100) ?? '';
  const customer = readCustomerKey(row);
  row.needed('startsOn');
  const renews = (): boolean | undefined => {
    const answer = row.choice('autoRenews', yesOrNo);
    return answer === undefined ? undefined : answer === 'yes';
  };
  const terms: ContractRow['terms'] = {
    startsOn: row.date('startsOn') ?? '',
    endsOn: row.date('endsOn'),
    termMonths: row.count('termMonths', 120, 1),
    autoRenews: renews(),
    paymentState: row.choice('paymentState', payments),
    setupState: row.choice('setupState', setups),
    setupNote: row.text('setupNote', 500),
  };
  if (typeof terms.endsOn === 'string' && terms.endsOn < terms.startsOn) row.fail('endsOn', 'ends_before_start');
  return { line: row.line, customer, reference, terms, given: readLine(row) };
}

export function readTrial(row: RowReading): ContractRow {
  row.needed('reference');
  const reference = row.text('reference', 100) ?? '';
  const customer = readCustomerKey(row);
  row.needed('startsOn');
  row.needed('endsOn');
  const startsOn = row.date('startsOn') ?? '';
  const endsOn = row.date('endsOn') ?? '';
  if (endsOn < startsOn) row.fail('endsOn', 'ends_before_start');
  if (Date.parse(endsOn) - Date.parse(startsOn) > trialMaximumDays * 86_400_000)
    row.fail('endsOn', 'trial_too_long', trialMaximumDays);
  const terms: ContractRow['terms'] = { startsOn, endsOn, ...noTerms };
  const given = readLine(row);
  if (given?.ordered === 0) row.fail('ordered', 'no_licenses');
  return { line: row.line, customer, reference, terms, given };
}

const noTerms = {
  termMonths: undefined,
  autoRenews: undefined,
  paymentState: undefined,
  setupState: undefined,
  setupNote: undefined,
};

/** `dateOfInstant`: the calendar date of an instant in the partner's zone. */
export function readSignIn(row: RowReading, dateOfInstant: (at: Date) => string): SignInRow {
  const customer = readCustomerKey(row);
  const text = row.needed('lastSignIn') ?? '';
  const line = { line: row.line, customer };
  if (/^never$/i.test(text)) return { ...line, on: null };
  const at = instantOf(text);
  const on = at === undefined ? dateOf(text) : dateOfInstant(at);
  if (on === undefined && text !== '') row.fail('lastSignIn', 'no_date');
  return { ...line, on: on ?? null };
}
