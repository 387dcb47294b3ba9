import { type PartnerId, PersonId } from '@hub/contract/ids';
import type { Role } from '@hub/contract/permissions';
import { type Language, passwordMinimum, type Session } from '@hub/contract/sessions';
import type { TenantTx } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import { inTenant, type PersonActor, type PublicCtx } from '../access/index.ts';
import { describeSession } from './describe-session.ts';
import { openSession, type Visitor } from './open-session.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import {
  findPersonByEmail,
  insertMembership,
  insertPerson,
  lockPerson,
  lockSetUp,
  membershipsOf,
  type PersonRow,
} from './sessions-queries.ts';
import { isTooWeak } from './sessions-rules.ts';
import { beginAttempt, forgiveAttempt } from './sign-in-throttle.ts';

export interface Joining {
  partnerId: PartnerId;
  email: string;
  password: string;
  name?: string | undefined;
  language?: Language | undefined;
}

export interface Admission {
  /** Says in the transaction whether and as what they may join; throws where they may not any more. */
  admit: (tx: TenantTx) => Promise<Role>;
  /** Writes it down. */
  record: (tx: TenantTx, actor: PersonActor, after: { role: Role; outcome: 'created' | 'joined' }) => Promise<void>;
}

/**
 * Makes somebody a member of a partner and signs them in: a known person by their own password, which is throttled as the sign-in is,
 * a new one with a name and a new password. Throws sign_in_failed, sign_in_throttled, name_needed, password_too_weak.
 */
// oxlint-disable-next-line hub/verb-asks, hub/verb-audits -- public: nobody is signed in yet; whoever admits them asks, and records it
export async function joinPartner(
  ctx: PublicCtx,
  joining: Joining,
  visitor: Visitor,
  { admit, record }: Admission,
): Promise<{ token: string; session: Session }> {
  const { partnerId, email } = joining;
  const known = await findPersonByEmail(ctx.directory, email);
  const proof = known ? await proofOf(ctx, known, joining.password, visitor) : await accountOf(joining);
  const { token, actor } = await inTenant({ ...ctx, actor: { kind: 'system', partnerId } }, async (tx) => {
    await lockSetUp(tx); // two invitations of one address make one person
    const role = await admit(tx);
    const at = ctx.clock.now();
    let personId: PersonId;
    if (known) {
      personId = known.id;
      const now = await lockPerson(tx, personId);
      // Changed since it was compared: whoever comes with the old password is too late.
      if (now?.passwordHash !== known.passwordHash) throw new HubError('sign_in_failed');
      if (proof.attempt) await forgiveAttempt(tx, proof.attempt);
    } else {
      if (await findPersonByEmail(tx, email)) throw new HubError('sign_in_failed'); // made in this moment: by their password now
      personId = PersonId.parse(ctx.clock.id());
      await insertPerson(tx, {
        id: personId,
        email,
        name: proof.name,
        language: joining.language ?? null,
        passwordHash: proof.passwordHash,
        at,
      });
    }
    // Who is a member already keeps the role that they have.
    const isNew = await insertMembership(tx, { personId, partnerId, role, at });
    const membership = isNew
      ? { role }
      : (await membershipsOf(tx, personId)).find((entry) => entry.partnerId === partnerId);
    const opened = await openSession(tx, ctx, { personId, partnerId, role: membership?.role ?? role, visitor });
    await record(tx, opened.actor, { role: opened.actor.role, outcome: known ? 'joined' : 'created' });
    return opened;
  });
  return { token, session: await describeSession({ ...ctx, actor }) };
}

interface Proof {
  attempt?: Awaited<ReturnType<typeof beginAttempt>>;
  name: string;
  passwordHash: string;
}

async function proofOf(ctx: PublicCtx, person: PersonRow, password: string, visitor: Visitor): Promise<Proof> {
  const attempt = await beginAttempt(ctx, { email: person.email, address: visitor.address });
  if (!(await isPassword(person.passwordHash, password))) throw new HubError('sign_in_failed');
  return { attempt, name: person.name, passwordHash: person.passwordHash ?? '' };
}

async function accountOf({ name, email, password }: Joining): Promise<Proof> {
  if (name === undefined) throw new HubError('name_needed');
  if (isTooWeak(password, email)) throw new HubError('password_too_weak', { minimum: passwordMinimum });
  return { name, passwordHash: await hashPassword(password) };
}
