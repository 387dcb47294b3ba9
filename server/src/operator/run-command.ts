import { z } from 'zod';
import { newTrackingId } from '../platform/http/index.ts';
import { HubError } from '../platform/hub-error.ts';
import { StoreFault } from '../platform/regional-store/index.ts';
import type { Hub } from '../open-hub.ts';
import { commandOf, isCommandName } from './commands.ts';
import type { OperatorEnd, Teller } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { sentenceOf } from './sentence-of.ts';

interface Call {
  hub: Hub;
  command: string;
  args: unknown;
  tell: Teller;
  /** Aborted when nobody waits for the answer any more. */
  signal: AbortSignal;
}

/** Runs one command of the table, in the running product or in the command's own process, and translates what it throws. */
export async function runCommand({ hub, command, args, tell, signal }: Call): Promise<OperatorEnd> {
  const trackingId = newTrackingId();
  try {
    if (!isCommandName(command)) throw new Refusal(`There is no command ${command}.`, { isUsage: true });
    const entry = commandOf(command);
    const outcome = await entry.run({ hub, tell, signal, trackingId }, entry.args.parse(args));
    return { event: 'done', outcome };
  } catch (error) {
    return { event: 'error', ...sentenceFor(error, hub, trackingId) };
  }
}

function sentenceFor(error: unknown, hub: Hub, trackingId: string): { sentence: string; isUsage: boolean } {
  if (error instanceof Refusal) return { sentence: error.message, isUsage: error.isUsage };
  if (error instanceof HubError) return { sentence: error.message, isUsage: false };
  if (error instanceof z.ZodError) {
    const faults = error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    return { sentence: `The command was given wrongly: ${faults.join('; ')}.`, isUsage: true };
  }
  hub.installation.log.error({ err: error, trackingId }, 'command failed');
  if (error instanceof StoreFault)
    return {
      sentence: `The store of region ${error.region} did not answer (${trackingId} in the log).`,
      isUsage: false,
    };
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== undefined && path !== undefined) return { sentence: sentenceOf(error), isUsage: false };
  return { sentence: `Something failed on our side; the log tells what under ${trackingId}.`, isUsage: false };
}
