import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { keptKey, readKeyFile } from './key-file.ts';

/** AES-256-GCM: 12 bytes nonce, 16 bytes tag, then what was sealed. */
const cipherName = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export interface Sealed {
  /** Names the key, tells nothing of it. */
  keyId: string;
  sealed: Buffer;
}

/** What keeps credentials of other systems, and makes keys of the installation's own. A box opens only for what it was sealed for, so none can be put in another's place. */
export interface Vault {
  /** `boundTo`: ids of what the text belongs to. */
  seal(text: string, boundTo: readonly string[]): Sealed;
  /** Throws VaultFault. */
  open(box: Sealed, boundTo: readonly string[]): string;
  holds(keyId: string): boolean;
  /** A key of 32 bytes for one purpose, the same each time; of the key that seals, or of the one that is named. Throws VaultFault. */
  derive(purpose: readonly string[], keyId?: string): { keyId: string; key: Buffer };
}

export class VaultFault extends Error {
  readonly kind: 'key_missing' | 'not_for_this';

  constructor(kind: VaultFault['kind'], options?: { cause?: unknown }) {
    super(
      kind === 'key_missing'
        ? 'The key that this was sealed with is not here.'
        : 'This was sealed for something else, or changed since.',
      options,
    );
    this.name = 'VaultFault';
    this.kind = kind;
  }
}

/** Seals with HUB_SECRET_KEY where it is set, else with the key file, which is made; opens with either. */
export async function openVault(folder: string, secretKey: Buffer | undefined): Promise<Vault> {
  if (secretKey === undefined) return vaultOf([await keptKey(folder)]);
  return readVault(folder, secretKey);
}

/** As openVault; makes no key. Without any, it opens nothing and seals nothing. */
export async function readVault(folder: string, secretKey: Buffer | undefined): Promise<Vault> {
  const fromFile = await readKeyFile(folder);
  return vaultOf([secretKey, fromFile].filter((key) => key !== undefined));
}

/** The first key seals. */
export function vaultOf(keys: readonly Buffer[]): Vault {
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));
  return {
    holds: (keyId) => byId.has(keyId),
    derive(purpose, wanted) {
      const [first] = byId.keys();
      const keyId = wanted ?? first;
      const key = keyId === undefined ? undefined : byId.get(keyId);
      if (keyId === undefined || key === undefined) throw new VaultFault('key_missing');
      const derived = createHmac('sha256', key).update(JSON.stringify(['partner-hub key 1', ...purpose]));
      return { keyId, key: derived.digest() };
    },
    seal(text, boundTo) {
      const [first] = byId;
      if (first === undefined) throw new VaultFault('key_missing');
      const [keyId, key] = first;
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(cipherName, key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(bindingOf(keyId, boundTo));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return { keyId, sealed: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
    },
    open({ keyId, sealed }, boundTo) {
      const key = byId.get(keyId);
      if (key === undefined) throw new VaultFault('key_missing');
      try {
        const decipher = createDecipheriv(cipherName, key, sealed.subarray(0, nonceBytes), { authTagLength: tagBytes });
        decipher.setAAD(bindingOf(keyId, boundTo));
        decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
        return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]).toString(
          'utf8',
        );
      } catch (cause) {
        throw new VaultFault('not_for_this', { cause });
      }
    },
  };
}

const bindingOf = (keyId: string, boundTo: readonly string[]): Buffer =>
  Buffer.from(JSON.stringify(['partner-hub vault 1', keyId, ...boundTo]));

const keyIdOf = (key: Buffer): string =>
  createHash('sha256').update('partner-hub vault key\0').update(key).digest('hex').slice(0, 16);
