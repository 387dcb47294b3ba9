import { spawn } from 'node:child_process';
import type { Account } from './account.ts';
import { runAs } from './account.ts';

/** Reads until its pipe from us ends. "done" is a clean end; without it we died, and it stops PostgreSQL: SIGINT, after 10 s SIGQUIT. */
const script = `
trap '' INT TERM HUP
read -r pid || exit 0
read -r word && exit 0
kill -INT "$pid" 2>/dev/null || exit 0
seconds=0
while kill -0 "$pid" 2>/dev/null && [ $seconds -lt 20 ]; do
  [ $seconds -ne 10 ] || kill -QUIT "$pid"
  sleep 1
  seconds=$((seconds + 1))
done
`;

export interface Watchdog {
  guard(pid: number): void;
  dismiss(): void;
}

/**
 * A shell of its own session that outlives us for a moment. Only the end of the pipe tells of kill -9 or the out-of-memory
 * killer without polling; it begins before PostgreSQL does, so that there is no moment without it.
 */
export function startWatchdog(account: Account | null): Watchdog {
  const child = spawn('/bin/sh', ['-c', script, 'partner-hub-watchdog'], {
    ...runAs(account),
    detached: true,
    env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.on('error', () => {}); // Without it, the next start finds the stale process.
  child.stdin.on('error', () => {});
  child.unref();
  (child.stdin as unknown as { unref(): void }).unref(); // a pipe, which is a net.Socket
  return {
    guard: (pid) => void child.stdin.write(`${pid}\n`),
    dismiss: () => void child.stdin.end('done\n'),
  };
}
