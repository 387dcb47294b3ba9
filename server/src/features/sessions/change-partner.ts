import { HubError } from '../../platform/hub-error.ts';
import { type Ctx, inTenant, requirePermission } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { renameOwnCustomer } from '../customers/index.ts';
import { findPartner, setPartnerName } from './sessions-queries.ts';

/** Renames the partner, and its own organization where that still has the same name. */
export async function changePartner(ctx: Ctx, { name }: { name: string }): Promise<void> {
  requirePermission(ctx, 'partner.write');
  const { partnerId } = ctx.actor;
  await inTenant(ctx, async (tx) => {
    const before = await findPartner(tx, partnerId);
    if (!before) throw new HubError('session_expired');
    await setPartnerName(tx, partnerId, name);
    await renameOwnCustomer(tx, { from: before.name, to: name });
    await audit(tx, ctx, {
      action: 'sessions.change_partner',
      target: { kind: 'partner', id: partnerId },
      before: { name: before.name },
      after: { name },
    });
  });
}
