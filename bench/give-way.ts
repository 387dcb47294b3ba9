import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

const polite = 15; // of 19

/** From here on a process, and all that it started, work only where nobody else wants the processor: as if they had a machine of their own. */
export function giveWay(pid: number): void {
  if (process.platform !== 'linux') return;
  for (const one of [pid, ...descendantsOf(pid)])
    for (const thread of namesIn(`/proc/${one}/task`)) {
      try {
        setPriority(Number(thread), polite);
      } catch {
        // has ended
      }
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
