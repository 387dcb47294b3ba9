import { constants } from 'node:fs';
import { type FileHandle, open, readdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { cleanName, ownFolder, syncFolder, takenName } from './folder-layout.ts';

/** A file that the hub has taken into its hands, under the id that its import has or will have. */
export interface TakenFile {
  /** The folder that it was put in. */
  folder: string;
  path: string;
  id: string;
  name: string;
}

const takenPattern = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})~(.+)$/;

/** Those of a folder, oldest first: ids grow with time. */
export async function listTaken(folder: string): Promise<TakenFile[]> {
  const names = await readdir(join(folder, takenName)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return [];
  });
  const inside = names.length === 0 ? '' : await ownFolder(folder, takenName);
  return names
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((taken) => {
      const [, id, name] = takenPattern.exec(taken) ?? [];
      return id === undefined || name === undefined ? [] : [{ folder, path: join(inside, taken), id, name }];
    });
}

/** From here on the file is one import, however often the hub is stopped: the name that it gets now says which. */
export async function takeFile(folder: string, file: { path: Buffer; name: Buffer }, id: string): Promise<TakenFile> {
  const name = cleanName(file.name);
  const inside = await ownFolder(folder, takenName);
  const path = join(inside, `${id}~${name}`);
  await rename(file.path, path);
  // Both, or a power cut brings the file back to where it is taken once more.
  await syncFolder(inside);
  await syncFolder(folder);
  return { folder, path, id, name };
}

/** Opens it without following a link at any place of its path. Undefined for what is no ordinary file. */
export async function openTaken({ path }: TakenFile): Promise<{ file: FileHandle; size: number } | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ELOOP') throw error;
      return undefined;
    },
  );
  if (file === undefined) return undefined;
  const found = await file.stat();
  if (found.isFile() && (await realpath(path)) === path) return { file, size: found.size };
  await file.close();
  return undefined;
}

/** Moves it where its end belongs, with a text that says why. `mark` makes its name one of a kind, so that doing it again is right. */
export async function settleTaken(
  taken: TakenFile,
  end: { isDone: boolean; mark: string; text: string },
): Promise<void> {
  const target = await ownFolder(taken.folder, end.isDone ? 'done' : 'failed');
  const extension = extname(taken.name);
  const name = `${taken.name.slice(0, taken.name.length - extension.length)}.${end.mark}${extension}`;
  const path = join(target, name);
  // The text first: a stop in between finds the file still taken.
  await writeFile(`${path}.txt.part`, `${end.text}\n`, { flush: true });
  await rename(`${path}.txt.part`, `${path}.txt`);
  await rename(taken.path, path);
  await syncFolder(target);
}

/** A text in `failed/` about what stays where it is. */
export async function leaveWord(folder: string, name: Buffer, text: string): Promise<void> {
  const path = join(await ownFolder(folder, 'failed'), `${cleanName(name)}.txt`);
  // A link that somebody put under this name is not written through.
  await rm(`${path}.part`, { force: true });
  await writeFile(`${path}.part`, `${text}\n`, { flag: 'wx' });
  await rename(`${path}.part`, path);
}
