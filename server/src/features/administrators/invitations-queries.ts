import type { InvitationId, PartnerId, PersonId } from '@hub/contract/ids';
import type { Role } from '@hub/contract/permissions';
import type { Language } from '@hub/contract/sessions';
import type { Directory, TenantTx } from '../../platform/directory/directory.ts';

// Invitations stand outside row-level security (one is read before anybody is signed in): every query names the partner or the secret.

export interface InvitationRow {
  id: InvitationId;
  partnerId: PartnerId;
  email: string;
  role: Role;
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
}

const selectOpen = (directory: Directory) =>
  directory
    .selectFrom('invitation')
    .leftJoin('person', 'person.id', 'invitation.invited_by')
    .select([
      'invitation.id',
      'invitation.partner_id as partnerId',
      'invitation.email',
      'invitation.role',
      'person.name as invitedBy',
      'invitation.created_at as createdAt',
      'invitation.expires_at as expiresAt',
    ])
    .where('invitation.used_at', 'is', null);

/** Latest first; expired ones too, until they are renewed or withdrawn. */
export async function findInvitations(tx: TenantTx, partnerId: string): Promise<InvitationRow[]> {
  const rows = await selectOpen(tx)
    .where('invitation.partner_id', '=', partnerId)
    .orderBy('invitation.created_at', 'desc')
    .orderBy('invitation.id', 'desc')
    .execute();
  return rows as InvitationRow[];
}

export async function findInvitation(tx: TenantTx, partnerId: string, id: string): Promise<InvitationRow | undefined> {
  const row = await selectOpen(tx)
    .where('invitation.partner_id', '=', partnerId)
    .where('invitation.id', '=', id)
    .executeTakeFirst();
  return row as InvitationRow | undefined;
}

/** The open invitation to an address. */
export async function findInvitationTo(
  tx: TenantTx,
  partnerId: string,
  email: string,
): Promise<InvitationRow | undefined> {
  const row = await selectOpen(tx)
    .where('invitation.partner_id', '=', partnerId)
    .where('invitation.email', '=', email)
    .executeTakeFirst();
  return row as InvitationRow | undefined;
}

export async function findInvitationBySecret(directory: Directory, hash: Buffer): Promise<InvitationRow | undefined> {
  const row = await selectOpen(directory).where('invitation.secret_hash', '=', hash).executeTakeFirst();
  return row as InvitationRow | undefined;
}

export interface NewInvitation {
  id: string;
  partnerId: string;
  email: string;
  role: Role;
  hash: Buffer;
  invitedBy: string | null;
  createdAt: Date;
  expiresAt: Date;
}

/** Replaces the open invitation of the same address. */
export async function replaceInvitation(tx: TenantTx, invitation: NewInvitation): Promise<void> {
  const values = {
    id: invitation.id,
    partner_id: invitation.partnerId,
    email: invitation.email,
    role: invitation.role,
    secret_hash: invitation.hash,
    invited_by: invitation.invitedBy,
    created_at: invitation.createdAt,
    expires_at: invitation.expiresAt,
  };
  await tx
    .insertInto('invitation')
    .values(values)
    .onConflict((conflict) =>
      conflict.columns(['partner_id', 'email']).where('used_at', 'is', null).doUpdateSet(values),
    )
    .execute();
}

export async function renewSecret(
  tx: TenantTx,
  { id, hash, invitedBy, expiresAt }: { id: string; hash: Buffer; invitedBy: string | null; expiresAt: Date },
): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ secret_hash: hash, invited_by: invitedBy, expires_at: expiresAt })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .execute();
}

export async function deleteInvitation(tx: TenantTx, partnerId: string, id: string): Promise<void> {
  await tx
    .deleteFrom('invitation')
    .where('partner_id', '=', partnerId)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .execute();
}

/** The open invitations to an address, and those that a person made; returns the ids of those that ended. */
export async function deleteInvitationsAround(
  tx: TenantTx,
  { partnerId, email, invitedBy }: { partnerId: string; email?: string; invitedBy: string },
): Promise<string[]> {
  const rows = await tx
    .deleteFrom('invitation')
    .where('partner_id', '=', partnerId)
    .where('used_at', 'is', null)
    .where((eb) => eb.or([eb('invited_by', '=', invitedBy), ...(email === undefined ? [] : [eb('email', '=', email)])]))
    .returning('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Uses it up; false where somebody else did, or it was withdrawn or renewed meanwhile, or has expired. */
export async function setInvitationUsed(tx: TenantTx, hash: Buffer, at: Date): Promise<boolean> {
  const result = await tx
    .updateTable('invitation')
    .set({ used_at: at })
    .where('secret_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function isMember(tx: TenantTx, partnerId: string, email: string): Promise<boolean> {
  const row = await tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .select('person.id')
    .where('membership.partner_id', '=', partnerId)
    .where('person.email', '=', email)
    .executeTakeFirst();
  return row !== undefined;
}

/** What a letter says of whoever invites. */
export async function findInviter(
  directory: Directory,
  partnerId: PartnerId,
  personId: PersonId | undefined,
): Promise<{ partnerName: string; language: Language | null }> {
  const partner = await directory.selectFrom('partner').select('name').where('id', '=', partnerId).executeTakeFirst();
  const person =
    personId && (await directory.selectFrom('person').select('language').where('id', '=', personId).executeTakeFirst());
  return { partnerName: partner?.name ?? '', language: person?.language ?? null };
}
