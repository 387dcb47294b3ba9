import { statfs } from 'node:fs/promises';

/** Bytes an unprivileged process may still write on the file system of this path. */
export async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}
