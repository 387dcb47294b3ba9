import { PartnerId, PersonId } from '@hub/contract/ids';
import type { RegionCode } from '@hub/contract/regions';
import { type Language, passwordMinimum, type Session } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import { inTenant, type PublicCtx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { createPartner } from './create-partner.ts';
import { describeSession } from './describe-session.ts';
import { openSession, type Visitor } from './open-session.ts';
import { hashPassword } from './password-hash.ts';
import { hasAnyPartner, insertMembership, insertPerson, lockSetUp } from './sessions-queries.ts';
import { isTooWeak } from './sessions-rules.ts';

export interface FirstRun {
  partnerName: string;
  homeRegion: RegionCode;
  name: string;
  email: string;
  password: string;
  language?: Language | undefined;
}

/** The first partner and its full administrator, signed in. Of two at once exactly one wins. Throws setup_done, password_too_weak, region_not_served. */
// oxlint-disable-next-line hub/verb-asks -- public: nobody is signed in yet
export async function setUp(
  ctx: PublicCtx,
  input: FirstRun,
  visitor: Visitor,
): Promise<{ token: string; session: Session }> {
  // Asked again under the lock; here it spares a stranger's request the work of a hash.
  if (await hasAnyPartner(ctx.directory)) throw new HubError('setup_done');
  if (isTooWeak(input.password, input.email)) throw new HubError('password_too_weak', { minimum: passwordMinimum });
  const passwordHash = await hashPassword(input.password);
  const partnerId = PartnerId.parse(ctx.clock.id());
  const personId = PersonId.parse(ctx.clock.id());
  const { email, name, language = null } = input;
  const { token, actor } = await inTenant({ ...ctx, actor: { kind: 'system', partnerId } }, async (tx) => {
    await lockSetUp(tx);
    if (await hasAnyPartner(tx)) throw new HubError('setup_done');
    await createPartner(tx, ctx, { id: partnerId, name: input.partnerName, homeRegion: input.homeRegion });
    await insertPerson(tx, { id: personId, email, name, language, passwordHash, at: ctx.clock.now() });
    await insertMembership(tx, { personId, partnerId, role: 'partner_full', at: ctx.clock.now() });
    const opened = await openSession(tx, ctx, { personId, partnerId, role: 'partner_full', visitor });
    await audit(
      tx,
      { ...ctx, actor: opened.actor },
      {
        action: 'sessions.set_up',
        target: { kind: 'partner', id: partnerId },
        after: { name: input.partnerName, homeRegion: input.homeRegion, personId, role: 'partner_full' },
      },
    );
    return opened;
  });
  return { token, session: await describeSession({ ...ctx, actor }) };
}
