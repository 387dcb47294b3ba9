import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isShared, readConfig } from '../platform/config.ts';
import { DataFolderHeld, lockFileName } from '../platform/data-folder/index.ts';
import { openLog } from '../platform/log.ts';
import { callOperator, reachProduct } from './call-operator.ts';
import { exitCodes } from './exit-codes.ts';
import type { CommandName } from './commands.ts';
import type { OperatorEnd } from './protocol.ts';
import { Refusal } from './refusal.ts';
import { openTerminal, type Terminal } from './terminal.ts';

interface Execution {
  command: CommandName;
  args: unknown;
  /** Where the result's bytes go; absent: standard output. */
  out?: string | undefined;
  sendsData?: boolean;
  /** What to say after Ctrl-C while the running product goes on by itself. */
  interrupted?: string;
}

/** Runs a command through the running product, or on the stores themselves where none runs. Answers with the exit code. */
export async function execute({ command, args, out, sendsData = false, interrupted }: Execution): Promise<number> {
  const config = readConfig(process.env);
  const terminal = openTerminal({ out, sendsData });
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, abort);
  let isComplete = false;
  try {
    const end = await reach({ config, command, args, terminal, signal: stop.signal });
    isComplete = end.event === 'done' && end.outcome === 'fine';
    return tellEnd(end, { wasInterrupted: stop.signal.aborted, interrupted });
  } finally {
    await terminal.close(isComplete);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, abort);
  }
}

interface Attempt {
  config: ReturnType<typeof readConfig>;
  command: CommandName;
  args: unknown;
  terminal: Terminal;
  signal: AbortSignal;
}

// 5 s: a product that holds the folder already but does not listen yet is just starting or ending.
const startPatience = { attempts: 20, milliseconds: 250 };

async function reach(attempt: Attempt): Promise<OperatorEnd> {
  for (let tries = 1; ; tries += 1) {
    // Where everything lies on servers, commands work on these themselves.
    const socket = isShared(attempt.config) ? undefined : await reachProduct(attempt.config.dataDir);
    if (socket !== undefined)
      return callOperator(socket, { command: attempt.command, args: attempt.args }, attempt.terminal, attempt.signal);
    if (!beginners.has(attempt.command)) requireInstallation(attempt.config);
    try {
      return await alone(attempt);
    } catch (error) {
      if (!(error instanceof DataFolderHeld) || tries === startPatience.attempts || attempt.signal.aborted) throw error;
      await sleep(startPatience.milliseconds);
    }
  }
}

/** What may be the first command of an installation. Any other would build an empty one and then find nothing in it. */
const beginners: ReadonlySet<CommandName> = new Set(['migrate', 'user add']);

function requireInstallation({ databaseUrl, dataDir }: Attempt['config']): void {
  if (databaseUrl !== undefined || existsSync(join(dataDir, lockFileName))) return;
  throw new Refusal(
    `There is no Partner Hub in ${dataDir}. Name its folder with HUB_DATA_DIR, or begin one there with npm start.`,
  );
}

async function alone({ config, command, args, terminal, signal }: Attempt): Promise<OperatorEnd> {
  // Loaded only here: a command that works through the running product does not need the engines, which take a second to load.
  const [{ openHub }, { commandOf }, { runCommand }] = await Promise.all([
    import('../open-hub.ts'),
    import('./commands.ts'),
    import('./run-command.ts'),
  ]);
  const hub = await openHub(config, { log: openLog(config.logLevel), runsImports: commandOf(command).runsImports });
  hub.stores.onLoss((reason) => {
    terminal.line(`PostgreSQL ended while the command was running: ${reason}`);
    process.exit(exitCodes.failed);
  });
  try {
    const end = await runCommand({ hub, command, args, tell: terminal, signal });
    if (end.event === 'error') return end;
    return signal.aborted ? { event: 'error', sentence: 'Interrupted.', isUsage: false } : end;
  } finally {
    await hub.close();
  }
}

function tellEnd(
  end: OperatorEnd,
  { wasInterrupted, interrupted }: { wasInterrupted: boolean; interrupted: string | undefined },
): number {
  if (end.event === 'done') return exitCodes[end.outcome];
  process.stderr.write(`${wasInterrupted && interrupted !== undefined ? interrupted : end.sentence}\n`);
  return end.isUsage ? exitCodes.usage : exitCodes.failed;
}
