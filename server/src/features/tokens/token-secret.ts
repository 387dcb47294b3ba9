import { createHash, randomBytes } from 'node:crypto';

const mark = 'hub_';
const prefixLength = mark.length + 4; // enough to recognise a token by, far too little to guess the rest

export interface NewSecret {
  /** Shown once. */
  secret: string;
  hash: Buffer;
  prefix: string;
}

export function newTokenSecret(): NewSecret {
  const secret = mark + randomBytes(32).toString('base64url');
  return { secret, hash: tokenHashOf(secret), prefix: secret.slice(0, prefixLength) };
}

export const tokenHashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The credentials of `Authorization: Bearer …`; undefined for any other scheme, or none. */
export function bearerOf(authorization: string | undefined): string | undefined {
  const found = /^Bearer(?:\s+(.*))?$/i.exec(authorization ?? '');
  return found ? (found[1] ?? '').trim() : undefined;
}
