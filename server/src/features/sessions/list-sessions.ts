import type { SessionEntry } from '@hub/contract/sessions';
import type { Ctx } from '../access/index.ts';
import { requireSession } from './require-person.ts';
import { sessionsOf } from './sessions-queries.ts';
import { sessionEnd } from './sessions-rules.ts';

/** The person's open sessions, the one used last first. */
export async function listSessions(ctx: Ctx): Promise<SessionEntry[]> {
  const { personId, sessionId } = requireSession(ctx);
  const now = ctx.clock.now();
  const rows = await sessionsOf(ctx.directory, personId);
  return rows
    .filter((row) => sessionEnd(row) > now)
    .map((row) => ({
      id: row.id,
      isThis: row.id === sessionId,
      createdAt: row.createdAt.toISOString(),
      lastUsedAt: row.lastUsedAt.toISOString(),
      expiresAt: sessionEnd(row).toISOString(),
      address: row.address,
      userAgent: row.userAgent,
    }));
}
