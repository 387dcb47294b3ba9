import { passwordMinimum } from '@hub/contract/sessions';

const minute = 60_000;
const hour = 60 * minute;

/** A session ends 12 h after its last use: a shift and the night after it do not leave one open. */
export const idleMilliseconds = 12 * hour;
/** It ends after 7 days however busy it is: a stolen cookie does not live for ever. */
export const absoluteMilliseconds = 7 * 24 * hour;
/** The last use is written at most once a minute: a page asks many times a second. */
export const touchMilliseconds = minute;

/** What a session's end is counted from. */
export interface SessionTimes {
  lastUsedAt: Date;
  expiresAt: Date;
}

export function sessionEnd({ lastUsedAt, expiresAt }: SessionTimes): Date {
  return new Date(Math.min(lastUsedAt.getTime() + idleMilliseconds, expiresAt.getTime()));
}

/** Failures older than this are forgotten, and no wait is longer. */
export const failureWindowMilliseconds = 15 * minute;
// 5: a person who mistypes, tries the old password and looks it up is still not stopped.
const failuresPerAccount = 5;
// 20: an office behind one address may have several such people.
const failuresPerAddress = 20;
// 30 s, doubled by each further failure: about 6 guesses per account in 15 minutes instead of thousands.
const firstWaitMilliseconds = 30_000;

/** How long the next attempt must wait, in whole seconds; 0 when it may be made now. Failures are oldest first and lie within the window. */
export function secondsToWait(failures: { ofAccount: readonly Date[]; ofAddress: readonly Date[] }, now: Date): number {
  const until = Math.max(accountOpensAt(failures.ofAccount), addressOpensAt(failures.ofAddress));
  return Math.max(0, Math.ceil((until - now.getTime()) / 1000));
}

function accountOpensAt(failures: readonly Date[]): number {
  const last = failures.at(-1);
  if (last === undefined || failures.length < failuresPerAccount) return 0;
  const doubled = firstWaitMilliseconds * 2 ** (failures.length - failuresPerAccount);
  return last.getTime() + Math.min(doubled, failureWindowMilliseconds);
}

function addressOpensAt(failures: readonly Date[]): number {
  const deciding = failures.at(-failuresPerAddress);
  return deciding === undefined ? 0 : deciding.getTime() + failureWindowMilliseconds;
}

/** Who is behind an address: of IPv6 the first 64 bits, since one line has all of the others. */
export function networkOf(address: string): string {
  const plain = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return `${[...front, ...zeros, ...back].slice(0, 4).join(':')}::/64`;
}

// What people append digits and signs to when a form asks for twelve characters.
const commonWords = new Set(
  'abcdef admin administrator adminadmin azerty changeme default hello iloveyou letmein login master monkey password passwordpassword passwort qwerty qwertyuiop qwertz secret test testtest user welcome'.split(
    ' ',
  ),
);
// In a row on the keyboard or in the alphabet; a password that begins with twelve of them is one.
const commonRuns = [
  '0123456789'.repeat(3),
  '9876543210'.repeat(3),
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1q2w3e4r5t6y7u8i',
  '1qaz2wsx3edc4rfv',
  'qazwsxedcrfvtgb',
];
const lookalikes: Record<string, string> = { '0': 'o', '1': 'l', '3': 'e', '4': 'a', '5': 's', '@': 'a', $: 's' };

/** Whether a password is refused: too short, the e-mail or the product's name within it, or what everybody tries first. */
export function isTooWeak(password: string, email: string): boolean {
  const characters = [...password.normalize('NFKC').toLowerCase()];
  if (characters.length < passwordMinimum) return true;
  if (new Set(characters).size < 4) return true; // one or a few characters repeated
  const lower = characters.join('');
  const localPart = email.toLowerCase().split('@')[0] ?? '';
  // A local part of one to three letters is in too many good passwords.
  if (localPart.length > 3 && lower.includes(localPart)) return true;
  if (lower.replace(/[^\p{L}\p{N}]/gu, '').includes('partnerhub')) return true;
  if (commonRuns.some((run) => run.includes(lower.slice(0, passwordMinimum)))) return true;
  return isCommonWord(lower);
}

function isCommonWord(lower: string): boolean {
  const withoutEnds = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const read = [...withoutEnds(lower)].map((character) => lookalikes[character] ?? character).join('');
  return commonWords.has(read) || commonWords.has(read.replace(/[^\p{L}]/gu, ''));
}
