import { randomBytes } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** In the folder for files; no backup holds it. */
export const keyFileName = 'vault-key';
const keyBytes = 32; // AES-256

/** 32 bytes as base64 (also of URLs) or as 64 hexadecimal digits; undefined for whatever else. */
export function keyOf(text: string): Buffer | undefined {
  const word = text.trim();
  if (/^[0-9a-f]{64}$/i.test(word)) return Buffer.from(word, 'hex');
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(word)) return undefined;
  const key = Buffer.from(word, 'base64');
  return key.length === keyBytes ? key : undefined;
}

/** The key in the folder; undefined where there is none. Throws a sentence where the file holds something else. */
export async function readKeyFile(folder: string): Promise<Buffer | undefined> {
  const path = join(folder, keyFileName);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const key = keyOf(text);
  if (key === undefined)
    throw new Error(
      `${path} holds no key of 32 bytes: bring back the file as it was; the tokens of connectors were sealed with it.`,
    );
  return key;
}

/** Makes the key where there is none. Where several processes begin at once, the first one's stands. */
export async function keptKey(folder: string): Promise<Buffer> {
  for (;;) {
    const key = await readKeyFile(folder);
    if (key !== undefined) return key;
    const path = join(folder, keyFileName);
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    await writeFile(draft, `${randomBytes(keyBytes).toString('base64url')}\n`, { mode: 0o600, flush: true });
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(draft);
  }
}

/** Whether others than its account may read the key. False where there is none. */
export async function isKeyFileOpen(folder: string): Promise<boolean> {
  const found = await stat(join(folder, keyFileName)).catch(() => undefined);
  return found !== undefined && (found.mode & 0o077) !== 0;
}
