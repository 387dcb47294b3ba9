import { PartnerId, PersonId } from '@hub/contract/ids';
import type { Role } from '@hub/contract/permissions';
import type { RegionCode } from '@hub/contract/regions';
import { type Language, passwordMinimum } from '@hub/contract/sessions';
import { HubError } from '../../platform/hub-error.ts';
import { inTenant, type PublicCtx } from '../access/index.ts';
import { audit } from '../audit/index.ts';
import { createPartner } from './create-partner.ts';
import { hashPassword } from './password-hash.ts';
import {
  deleteSessionsOf,
  deleteTokensOf,
  findPartner,
  findPersonByEmail,
  insertMembership,
  insertPerson,
  lockSetUp,
  setPasswordHash,
} from './sessions-queries.ts';
import { isTooWeak } from './sessions-rules.ts';

export interface NewPerson {
  email: string;
  name: string;
  password: string;
  role: Role;
  language?: Language | undefined;
  /** An existing partner, or one that is created with them. */
  partner: { id: PartnerId } | { name: string; homeRegion: RegionCode };
}

/**
 * `joined`: the e-mail had a person already, who now belongs to this partner too. Whoever made that account need not own the e-mail, so the
 * password is set anew and all sessions and access tokens end.
 */
export interface CreatedPerson {
  outcome: 'created' | 'joined' | 'member_already';
  personId: PersonId;
  partnerId: PartnerId;
}

/** For the operator's command line. Throws password_too_weak, region_not_served, not_found for an unknown partner. */
// oxlint-disable-next-line hub/verb-asks -- the operator's command line only; no endpoint serves it
export async function createPerson(ctx: PublicCtx, input: NewPerson): Promise<CreatedPerson> {
  const email = input.email.trim().toLowerCase();
  if (isTooWeak(input.password, email)) throw new HubError('password_too_weak', { minimum: passwordMinimum });
  const passwordHash = await hashPassword(input.password);
  const partnerId = 'id' in input.partner ? input.partner.id : PartnerId.parse(ctx.clock.id());
  const asOperator = { ...ctx, actor: { kind: 'operator', partnerId } } as const;
  return inTenant(asOperator, async (tx) => {
    await lockSetUp(tx);
    if ('name' in input.partner) await createPartner(tx, ctx, { id: partnerId, ...input.partner });
    else if (!(await findPartner(tx, partnerId))) throw new HubError('not_found');
    const existing = await findPersonByEmail(tx, email);
    const personId = existing?.id ?? PersonId.parse(ctx.clock.id());
    const at = ctx.clock.now();
    if (!existing)
      await insertPerson(tx, {
        id: personId,
        email,
        name: input.name,
        language: input.language ?? null,
        passwordHash,
        at,
      });
    const isNewMember = await insertMembership(tx, { personId, partnerId, role: input.role, at });
    if (!isNewMember) return { outcome: 'member_already', personId, partnerId };
    const outcome = existing ? 'joined' : 'created';
    if (existing) {
      await setPasswordHash(tx, personId, passwordHash);
      await deleteSessionsOf(tx, personId);
      await deleteTokensOf(tx, personId);
    }
    await audit(tx, asOperator, {
      action: 'sessions.create_person',
      target: { kind: 'person', id: personId },
      after: { outcome, role: input.role, partnerCreated: 'name' in input.partner },
    });
    return { outcome, personId, partnerId };
  });
}
