import { createHmac } from 'node:crypto';
import type { Parameters } from '../../../platform/regional-store/index.ts';
import type { Vault } from '../../../platform/vault/index.ts';

/** One thing that a person is known by. The engine makes the same hash of a field (person-sql.ts). */
export interface KnownBy {
  /** HMAC-SHA-256 in hex, capital letters. */
  hash: string;
  /** Names the installation's key. */
  keyId: string;
  /** It alone tells whose a row is; else it does where the row has nothing that tells for certain. */
  decides: boolean;
}

const scheme = /^(sips?|tel|mailto):/;
const numberForm = /^[+(]?[0-9][0-9 ().+-]*$/;

/** As texts are compared: without case, spaces around and scheme; of a number its digits without leading zeros. */
export function comparedText(text: string): string {
  const plain = text
    .replace(/^ +| +$/g, '')
    .toLowerCase()
    .replace(scheme, '');
  return numberForm.test(plain) ? plain.replace(/[^0-9]/g, '').replace(/^0+/, '') : plain;
}

/** Texts of one partner's people are compared by a key of its own. Throws VaultFault. */
const keyFor = (vault: Vault, partnerId: string, keyId?: string): { keyId: string; key: Buffer } =>
  vault.derive(['people', partnerId], keyId);

export function knownBy(
  vault: Vault,
  partnerId: string,
  texts: readonly { text: string; decides: boolean }[],
): KnownBy[] {
  const { keyId, key } = keyFor(vault, partnerId);
  const byHash = new Map<string, KnownBy>();
  for (const { text, decides } of texts) {
    const hash = createHmac('sha256', key).update(comparedText(text)).digest('hex').toUpperCase();
    byHash.set(hash, { hash, keyId, decides: decides || byHash.get(hash)?.decides === true });
  }
  return [...byHash.values()];
}

const blockBytes = 64; // of SHA-256, for HMAC

/** What the statements of person-sql.ts are asked with: once for each key, which is once but where a key was changed. Throws VaultFault. */
export function recognizing(vault: Vault, partnerId: string, people: readonly KnownBy[]): Parameters[] {
  return [...Map.groupBy(people, ({ keyId }) => keyId)].map(([keyId, known]) => {
    const { key } = keyFor(vault, partnerId, keyId);
    const padded = (byte: number): string =>
      Buffer.from(Array.from({ length: blockBytes }, (_, at) => (key[at] ?? 0) ^ byte)).toString('hex');
    return {
      innerKey: padded(0x36),
      outerKey: padded(0x5c),
      known: known.map(({ hash }) => hash),
      deciding: known.filter(({ decides }) => decides).map(({ hash }) => hash),
    };
  });
}
