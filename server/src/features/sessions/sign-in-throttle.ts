import { createHash } from 'node:crypto';
import type { Directory } from '../../platform/directory/directory.ts';
import { HubError } from '../../platform/hub-error.ts';
import type { PublicCtx } from '../access/index.ts';
import { failureWindowMilliseconds, networkOf, secondsToWait } from './sessions-rules.ts';
import {
  deleteFailure,
  deleteFailuresOf,
  failuresSince,
  insertFailure,
  lockFailures,
  pruneFailures,
} from './sign-in-failure-queries.ts';

/** An attempt that counts as failed until it is forgiven. */
export interface Attempt {
  accountKey: Buffer;
  addressFailureId: string;
}

const keyOf = (kind: 'account' | 'address', value: string): Buffer =>
  createHash('sha256').update(`${kind}:${value}`).digest();

/**
 * Counts an attempt before its password is looked at, so that a hundred at once are a hundred and not the first. Throws
 * sign_in_throttled, and then nothing is counted.
 */
export async function beginAttempt(
  ctx: PublicCtx,
  { email, address }: { email: string; address: string },
): Promise<Attempt> {
  const now = ctx.clock.now();
  const since = new Date(now.getTime() - failureWindowMilliseconds);
  const accountKey = keyOf('account', email);
  const addressKey = keyOf('address', networkOf(address));
  return ctx.directory.transaction().execute(async (tx) => {
    await lockFailures(tx, [addressKey, accountKey]);
    const failures = {
      ofAccount: await failuresSince(tx, accountKey, since),
      ofAddress: await failuresSince(tx, addressKey, since),
    };
    const seconds = secondsToWait(failures, now);
    if (seconds > 0) throw new HubError('sign_in_throttled', { seconds });
    await pruneFailures(tx, since);
    const addressFailureId = ctx.clock.id();
    await insertFailure(tx, { id: ctx.clock.id(), key: accountKey, at: now });
    await insertFailure(tx, { id: addressFailureId, key: addressKey, at: now });
    return { accountKey, addressFailureId };
  });
}

/** The password was right: the account starts anew. Other failures of the address stay, or one good account would cover guesses at others. */
export async function forgiveAttempt(tx: Directory, attempt: Attempt): Promise<void> {
  await deleteFailuresOf(tx, attempt.accountKey);
  await deleteFailure(tx, attempt.addressFailureId);
}
