import { createHash, randomBytes } from 'node:crypto';

/** 7 days: over a weekend and a holiday, and no longer. */
export const invitationMilliseconds = 7 * 24 * 3_600_000;

/** 256 random bits: nobody guesses one. Only the hash is kept. */
export function newInvitationSecret(): { secret: string; hash: Buffer } {
  const secret = randomBytes(32).toString('base64url');
  return { secret, hash: secretHashOf(secret) };
}

export const secretHashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
