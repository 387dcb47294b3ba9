import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

// sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
const longestSocketPath = 100;

/**
 * The unix socket through which commands reach the running Hub: hub.sock in the data folder, or, where that path is too
 * long for a socket, one in a private folder under /tmp. Both sides must come to the same answer whoever runs them, so
 * neither TMPDIR nor the caller's own uid takes part. Throws where somebody else holds that private folder.
 */
export function operatorSocketPath(dataFolder: string): string {
  const folder = realpathSync(dataFolder);
  const inside = join(folder, 'hub.sock');
  if (Buffer.byteLength(inside) <= longestSocketPath) return inside;

  const owner = statSync(folder).uid;
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const outside = `/tmp/partner-hub-${owner}-${hash}/hub.sock`;
  makePrivate(dirname(outside), owner);
  return outside;
}

/** /tmp is open to everybody: a folder of this name that another account made must not receive operator commands. */
function makePrivate(path: string, owner: number): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const found = lstatSync(path);
  const trusted = [owner, 0, process.getuid?.()];
  if (!found.isDirectory() || !trusted.includes(found.uid)) {
    throw new Error(
      `The folder ${path}, needed for the operator socket, belongs to another account: remove it, or choose a shorter path with HUB_DATA_DIR.`,
    );
  }
  if ((found.mode & 0o777) !== 0o700) chmodSync(path, 0o700);
}
