import { randomInt } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fileName = 'demo-password';
// Without letters and digits that are mistaken for each other.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The password that the demo's administrators begin with: made once for this data folder, readable by its owner only. */
export async function demoPassword(dataDir: string): Promise<string> {
  const known = await readDemoPassword(dataDir);
  if (known !== undefined) return known;
  const group = (): string => Array.from({ length: 4 }, () => letters.charAt(randomInt(letters.length))).join('');
  const password = [group(), group(), group(), group()].join('-');
  const path = join(dataDir, fileName);
  await writeFile(`${path}.new`, `${password}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return password;
}

/** undefined: none was made here, as after a restore. */
export async function readDemoPassword(dataDir: string): Promise<string | undefined> {
  try {
    return (await readFile(join(dataDir, fileName), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
