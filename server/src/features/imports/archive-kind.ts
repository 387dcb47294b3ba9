import { open } from 'node:fs/promises';

export type ArchiveKind = 'gzip' | 'zip';

// The second is that of a ZIP without any file.
const beginnings: readonly [string, ArchiveKind][] = [
  ['\u001f\u008b', 'gzip'],
  ['PK\u0003\u0004', 'zip'],
  ['PK\u0005\u0006', 'zip'],
];

/** Told by the first bytes; undefined for whatever is not packed. */
export async function archiveKindOf(path: string): Promise<ArchiveKind | undefined> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const begin = buffer.toString('latin1', 0, bytesRead);
    return beginnings.find(([magic]) => begin.startsWith(magic))?.[1];
  } finally {
    await file.close();
  }
}
