import type { findPersonData as finding, PersonNames } from '@hub/contract/deletions';
import type { ReplyOf } from '@hub/contract/endpoint';
import { can } from '@hub/contract/permissions';
import { HubError } from '../../platform/hub-error.ts';
import { StoreFault } from '../../platform/regional-store/index.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { getCustomer } from '../customers/index.ts';
import { comparedText, recognizingHere } from '../imports/index.ts';
import { countPerson, type PersonInRegion } from './person-in-region.ts';
import { hashedNames, namingFields } from './person-names.ts';
import { findAlsoKnown } from './person-rows-queries.ts';

type Found = ReplyOf<typeof finding>;

/** What there is of one person, in numbers. Throws customer_not_found, customer_not_linked, deletion_person_unclear and vault_key_missing. */
export async function findPersonData(
  ctx: Ctx,
  { customerId, ...names }: PersonNames & { customerId: string },
): Promise<Found> {
  requirePermission(ctx, 'deletions.write');
  const { partnerId } = ctx.actor;
  const customer = await inTenant(ctx, (tx) => getCustomer(tx, customerId));
  const { orgUuid } = customer;
  if (orgUuid === null) throw new HubError('customer_not_linked');
  const who = recognizingHere(ctx, hashedNames(ctx, names));
  const found: Found = {
    regions: [],
    unavailable: [],
    contactFields: namingFields(customer.contact, names).length,
    alsoKnown: { userUuids: [], emails: [], numbers: [], names: [] },
  };
  for (const [region, store] of ctx.stores) {
    try {
      const person = { region, store, partnerId, orgUuid, who };
      const feeds = await countPerson(ctx, person);
      if (feeds.length > 0) found.regions.push({ region, feeds });
      if (can(ctx.actor, 'call_legs.read', { partnerId })) await addKnown(found.alsoKnown, person, names);
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      found.unavailable.push(region);
    }
  }
  return found;
}

async function addKnown(known: Found['alsoKnown'], person: PersonInRegion, names: PersonNames): Promise<void> {
  const given = [names.userUuid ?? '', ...names.emails, ...names.numbers, ...names.names, '', 'na', nobody];
  const seen = new Set(given.map(comparedText));
  for (const { kind, text } of await findAlsoKnown(person.store, person)) {
    const compared = comparedText(text);
    if (seen.has(compared)) continue;
    seen.add(compared);
    known[kind].push(text);
  }
}

const nobody = '00000000-0000-0000-0000-000000000000';
