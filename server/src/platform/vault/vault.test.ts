import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { isKeyFileOpen, keyFileName, keyOf, openVault, readVault, VaultFault, vaultOf } from './index.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'hub-vault-'));
  folders.push(folder);
  return folder;
}

const faultOf = (work: () => unknown): string | undefined => {
  try {
    work();
  } catch (error) {
    if (error instanceof VaultFault) return error.kind;
    throw error;
  }
  return undefined;
};

test('what is sealed is not to be read, opens for what it was sealed for, and for nothing else', () => {
  const vault = vaultOf([randomBytes(32)]);
  const box = vault.seal('a very secret token', ['partner', 'connector']);
  expect(box.sealed.toString('latin1')).not.toContain('secret');
  expect(vault.open(box, ['partner', 'connector'])).toBe('a very secret token');
  expect(vault.seal('a very secret token', ['partner', 'connector']).sealed).not.toEqual(box.sealed);
  for (const other of [['partner', 'another'], ['another', 'connector'], ['partner'], ['partnerconnector'], []])
    expect(faultOf(() => vault.open(box, other))).toBe('not_for_this');
});

test('a box that was changed, in whatever byte, does not open', () => {
  const vault = vaultOf([randomBytes(32)]);
  const box = vault.seal('token', ['a']);
  for (let at = 0; at < box.sealed.length; at += 1) {
    const sealed = Buffer.from(box.sealed);
    sealed[at] = (sealed[at] ?? 0) ^ 1;
    expect(faultOf(() => vault.open({ ...box, sealed }, ['a']))).toBe('not_for_this');
  }
  for (const length of [0, 5, 27]) {
    const cut = { ...box, sealed: box.sealed.subarray(0, length) };
    expect(faultOf(() => vault.open(cut, ['a']))).toBe('not_for_this');
  }
});

test('keys for a purpose are the same each time, and others for another purpose or of another key', () => {
  const [one, two] = [randomBytes(32), randomBytes(32)];
  const first = vaultOf([one]).derive(['people', 'a']);
  expect(vaultOf([two, one]).derive(['people', 'a'], first.keyId)).toEqual(first);
  expect(first.key).toHaveLength(32);
  expect(first.key.equals(one)).toBe(false);
  for (const other of [vaultOf([one]).derive(['people', 'b']), vaultOf([two]).derive(['people', 'a'])])
    expect(other.key.equals(first.key)).toBe(false);
  expect(faultOf(() => vaultOf([two]).derive(['people', 'a'], first.keyId))).toBe('key_missing');
  expect(faultOf(() => vaultOf([]).derive([]))).toBe('key_missing');
});

test('another key says that the right one is not here', () => {
  const box = vaultOf([randomBytes(32)]).seal('token', ['a']);
  const other = vaultOf([randomBytes(32)]);
  expect(other.holds(box.keyId)).toBe(false);
  expect(faultOf(() => other.open(box, ['a']))).toBe('key_missing');
  expect(faultOf(() => vaultOf([]).seal('token', ['a']))).toBe('key_missing');
});

test('the key file is made once, for this account alone, also by several at once', async () => {
  const folder = scratch();
  const vaults = await Promise.all([1, 2, 3].map(() => openVault(folder, undefined)));
  const [one, two] = vaults;
  expect(readdirSync(folder)).toEqual([keyFileName]);
  expect(statSync(join(folder, keyFileName)).mode & 0o777).toBe(0o600);
  const box = one?.seal('token', ['a']) ?? { keyId: '', sealed: Buffer.alloc(0) };
  expect(two?.open(box, ['a'])).toBe('token');
  expect(await isKeyFileOpen(folder)).toBe(false);
  chmodSync(join(folder, keyFileName), 0o644);
  expect(await isKeyFileOpen(folder)).toBe(true);
});

test('HUB_SECRET_KEY seals, and what the key file had sealed still opens', async () => {
  const folder = scratch();
  const before = (await openVault(folder, undefined)).seal('old', ['a']);
  const key = randomBytes(32);
  const vault = await openVault(folder, key);
  expect(vault.open(before, ['a'])).toBe('old');
  const after = vault.seal('new', ['a']);
  expect(vaultOf([key]).open(after, ['a'])).toBe('new');
  const elsewhere = scratch();
  await openVault(elsewhere, key);
  await readVault(elsewhere, undefined);
  expect(readdirSync(elsewhere)).toEqual([]);
});

test('a key file that holds something else is refused, not replaced', async () => {
  const folder = scratch();
  writeFileSync(join(folder, keyFileName), 'short\n');
  await expect(openVault(folder, undefined)).rejects.toThrow(/vault-key holds no key of 32 bytes/);
  expect(readFileSync(join(folder, keyFileName), 'utf8')).toBe('short\n');
});

test('keys are read as base64, base64 of URLs and hexadecimal', () => {
  const key = randomBytes(32);
  for (const form of ['base64', 'base64url', 'hex'] as const) expect(keyOf(` ${key.toString(form)}\n`)).toEqual(key);
  for (const text of ['', 'x'.repeat(32), key.toString('base64').slice(1), randomBytes(31).toString('base64')])
    expect(keyOf(text)).toBeUndefined();
});
