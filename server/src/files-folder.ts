import { randomBytes } from 'node:crypto';
import { access, constants, link, mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesFolderAt, requireOwnFolder } from './platform/data-folder/index.ts';
import type { OwnerConnection } from './platform/directory/ensure-database.ts';
import { claimFilesFolder, readInstallationId } from './platform/directory/installation-id.ts';

interface Files {
  owner: OwnerConnection;
  filesDir: string;
}

/** The folder of HUB_FILES, made where it is absent. Throws a sentence where it cannot be used. */
export async function openFilesFolder(path: string): Promise<string> {
  const folder = await makeFilesFolder(path);
  // Accounts that share it through a group know what they do; root's files are closed to all of them.
  if (process.getuid?.() === 0) await requireOwnFolder(filesFolderAt(folder));
  return folder;
}

async function makeFilesFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const folder = await realpath(path);
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return folder;
  } catch (cause) {
    throw new Error(
      `The folder ${path} cannot be used (${(cause as NodeJS.ErrnoException).code ?? (cause as Error).message}): correct that, or choose another with HUB_FILES.`,
      { cause },
    );
  }
}

/** Throws a sentence where the other processes of the installation keep their files somewhere else: imports taken here would be looked for there. */
export async function requireSharedFiles({ owner, filesDir }: Files): Promise<void> {
  const mark = await keptWord(filesDir, filesMark);
  if ((await claimFilesFolder(owner, mark)) === mark) return;
  throw new Error(
    `The folder ${filesDir} (HUB_FILES) is not the one that this installation keeps its files in: give all its processes the same folder. Where the folder was moved, bring everything in it along, the files ${filesMark} and ${ownerMark} too; where it is lost, run "update public.installation set files = null" in the database of DATABASE_URL.`,
  );
}

const filesMark = 'files-id';
const ownerMark = 'installation-id';

/** Throws a sentence where another installation keeps its files here: what one does not know, it removes as left over. */
export async function requireOwnFiles({ owner, filesDir }: Files): Promise<void> {
  const keeper = await wordIn(filesDir, ownerMark);
  if (keeper !== undefined && keeper !== (await readInstallationId(owner))) throw foreignFiles(filesDir, keeper);
}

/** Says whose the folder is, from the first start on; of two that begin at once, the first one has it. */
export async function claimFiles(filesDir: string, installationId: string): Promise<void> {
  const keeper = await keptWord(filesDir, ownerMark, installationId);
  if (keeper !== installationId) throw foreignFiles(filesDir, keeper);
}

const foreignFiles = (filesDir: string, keeper: string): Error =>
  new Error(
    `The folder ${filesDir} (HUB_FILES) holds the files of another Partner Hub (installation ${keeper}), and nothing was changed in it: choose another folder, or correct DATABASE_URL. Where that installation is gone for good, delete the folder.`,
  );

/** Of the role that requests run as, where no setting gives one. */
export const applicationPassword = (folder: string): Promise<string> => keptWord(folder, 'application-password');

/** Made once, readable by this account only. Where several processes begin at once, the first one's word stands. */
async function keptWord(folder: string, name: string, made = randomBytes(24).toString('base64url')): Promise<string> {
  const path = join(folder, name);
  for (;;) {
    const kept = await wordIn(folder, name);
    if (kept !== undefined) return kept;
    const draft = `${path}.${randomBytes(6).toString('hex')}`;
    await writeFile(draft, `${made}\n`, { mode: 0o600, flush: true });
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(draft);
  }
}

async function wordIn(folder: string, name: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, name), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}
