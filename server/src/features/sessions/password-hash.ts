import { randomBytes } from 'node:crypto';
import { hash, type Options, verify } from '@node-rs/argon2';
import { HubError } from '../../platform/hub-error.ts';

// argon2id with OWASP's first recommendation (Password Storage Cheat Sheet): 19 MiB, 2 passes, 1 lane; about 20 ms.
const options: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// 2 at once: a flood of sign-ins leaves the other threads and the memory to everybody else.
const atOnce = 2;
// Whoever would wait longer than about a second is told to come back.
const waitingLimit = 100;
const comeBackSeconds = 5;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running < atOnce) running += 1;
  else if (waiting.length < waitingLimit) await new Promise<void>((resolve) => waiting.push(resolve));
  else throw new HubError('sign_in_throttled', { seconds: comeBackSeconds });
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

// The same letters typed on another system must be the same password.
const normal = (password: string): string => password.normalize('NFKC');

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normal(password), options));
}

let nobody: Promise<string> | undefined;

/** Takes as long where there is no such person or no password: the time tells nothing. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const known = passwordHash ?? (await (nobody ??= hash(randomBytes(16), options)));
  const matches = await inTurn(() => verify(known, normal(password)));
  return matches && typeof passwordHash === 'string';
}
