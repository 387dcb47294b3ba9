import { lstat, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What the hub makes in every folder that it takes files from. */
export const takenName = 'taken';
const ownNames: ReadonlySet<string> = new Set([takenName, 'done', 'failed']);

export interface Listing {
  /** A name may be no text at all. */
  files: { path: Buffer; name: Buffer }[];
  folders: string[];
  /** What lies there and leads elsewhere; a hidden one is nobody's file. */
  links: { path: Buffer; name: Buffer }[];
}

// What begins with a dot is hidden on purpose, and these endings are what programs call a file that they have not finished.
const unfinished = /^\.|\.(part|partial|filepart|tmp|crdownload)$/i;

/** Ordinary files and folders of people, and links, which are told of and never followed; devices and what the hub made itself are left alone. */
export async function listFolder(folder: string): Promise<Listing> {
  const listing: Listing = { files: [], folders: [], links: [] };
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: 'buffer' })) {
    const name = entry.name.toString();
    const found = { path: Buffer.concat([Buffer.from(`${folder}/`), entry.name]), name: entry.name };
    if (entry.isFile() && !unfinished.test(name)) listing.files.push(found);
    else if (entry.isSymbolicLink() && !name.startsWith('.') && !ownNames.has(name)) listing.links.push(found);
    else if (
      entry.isDirectory() &&
      !ownNames.has(name) &&
      !name.startsWith('.') &&
      Buffer.from(name).equals(entry.name)
    )
      listing.folders.push(name);
  }
  listing.files.sort((a, b) => Buffer.compare(a.name, b.name));
  return listing;
}

/** A folder of the hub's own beside people's files. Throws where somebody put a link or a file in its place. */
export async function ownFolder(folder: string, name: typeof takenName | 'done' | 'failed'): Promise<string> {
  const path = join(folder, name);
  await mkdir(path, { recursive: true });
  if (!(await lstat(path)).isDirectory()) throw new Error(`${path} is no folder of its own.`);
  return path;
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** A name without what upsets readers, terminals and file systems, short enough for every suffix that it gets. */
export function cleanName(name: Buffer): string {
  const text = name
    .toString()
    .replace(/[\p{Cc}\p{Cf}/\\]/gu, '_')
    .trim();
  let clean = text;
  while (Buffer.byteLength(clean) > longestName) clean = [...clean].slice(1).join('');
  return clean === '' ? 'file' : clean;
}

const longestName = 160; // bytes, of 255; the id of 36 and what says why come on top
