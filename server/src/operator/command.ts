import type { z } from 'zod';
import type { Hub } from '../open-hub.ts';
import type { Outcome, Teller } from './protocol.ts';

export interface CommandContext {
  hub: Hub;
  tell: Teller;
  signal: AbortSignal;
  trackingId: string;
}

/** A command that works on an open hub, whoever opened it. */
export interface Command<Args extends z.ZodType = z.ZodType> {
  args: Args;
  /** Whether a command that opens the stores itself also lets waiting imports run. */
  runsImports: boolean;
  run(context: CommandContext, args: z.output<Args>): Promise<Outcome>;
}

/** Ties the type of `run` to the schema of `args`. */
export function command<Args extends z.ZodType>(value: Command<Args>): Command<Args> {
  return value;
}
