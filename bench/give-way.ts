import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

const polite = 15; // of 19

/**
 * From here on a process that leads a session, and all that it started, work only where nobody else wants the processor: as if they had a
 * machine of their own.
 */
export function giveWay(pid: number): void {
  if (process.platform !== 'linux') return;
  for (const one of [pid, ...descendantsOf(pid)]) {
    giveWayAsSession(one);
    for (const thread of namesIn(`/proc/${one}/task`)) {
      try {
        setPriority(Number(thread), polite);
      } catch {
        // has ended
      }
    }
  }
}

/** Where the kernel shares the processor out by session first, a thread's own priority counts among those of its session only. */
function giveWayAsSession(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(polite));
  } catch {
    // has ended, or this kernel shares by thread
  }
}

function descendantsOf(pid: number): number[] {
  const children = namesIn(`/proc/${pid}/task`).flatMap((thread) => {
    try {
      return readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
    } catch {
      return []; // has ended
    }
  });
  return [...children, ...children.flatMap(descendantsOf)];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // has ended
  }
}
