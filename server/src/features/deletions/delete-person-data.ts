import { createHash } from 'node:crypto';
import type { Deletion, PersonNames } from '@hub/contract/deletions';
import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { getCustomer } from '../customers/index.ts';
import { comparedText } from '../imports/index.ts';
import { lockCustomers, refreshCustomers } from '../statuses/index.ts';
import { emptyContact } from './contact-queries.ts';
import { findOpenDeletion, insertDeletion, insertForgotten } from './deletion-queries.ts';
import { deletionView } from './deletion-view.ts';
import { hashedNames, namingFields, typedName } from './person-names.ts';

/**
 * Queues the deletion of one person's data; from now on imports of the organization bring nothing of them. Neither the log nor the
 * deletion says who it is. Throws customer_not_found, customer_not_linked, vault_key_missing and the refusals deletion_person_….
 */
export async function deletePersonData(
  ctx: Ctx,
  {
    customerId,
    confirm,
    sharedIsMeant,
    ...names
  }: PersonNames & { customerId: string; confirm: string; sharedIsMeant: boolean },
): Promise<Deletion> {
  requirePermission(ctx, 'deletions.write');
  const { partnerId } = ctx.actor;
  return inTenant(ctx, async (tx) => {
    await lockCustomers(tx, [customerId]);
    const customer = await getCustomer(tx, customerId);
    const { orgUuid } = customer;
    if (orgUuid === null) throw new HubError('customer_not_linked');
    const known = hashedNames(ctx, names);
    const named = typedName(names);
    if (comparedText(confirm) !== comparedText(named)) throw new HubError('deletion_person_differs');
    if (names.numbers.length + names.names.length > 0 && !sharedIsMeant) throw new HubError('deletion_person_shared');
    const hashes = known.map(({ hash }) => hash).sort();
    const personHash = createHash('sha256').update(hashes.join(' ')).digest('hex');
    const open = await findOpenDeletion(tx, customerId, personHash);
    if (open !== undefined) return deletionView(tx, ctx, open);
    const fields = namingFields(customer.contact, names);
    const id = ctx.clock.id();
    await insertDeletion(tx, {
      id,
      partnerId,
      customerId,
      orgUuid,
      takesRecord: false,
      personHash,
      record: { contactFields: fields.length },
      askedBy: ctx.actor.kind === 'person' ? ctx.actor.personId : null,
      askedAt: ctx.clock.now(),
      regions: [...ctx.stores.keys()],
    });
    await insertForgotten(tx, { deletionId: id, partnerId, orgUuid, known });
    if (fields.length > 0) {
      await emptyContact(tx, customerId, fields);
      await refreshCustomers(tx, ctx, [customerId]);
    }
    await audit(tx, ctx, {
      action: 'deletions.ask_person',
      target: { kind: 'deletion', id },
      customerId,
      after: { customerId, orgUuid, knownBy: known.length, contactFields: fields.length },
    });
    return deletionView(tx, ctx, id);
  });
}
