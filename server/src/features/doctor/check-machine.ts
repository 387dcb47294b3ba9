import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  dataFolderAt,
  filesFolderAt,
  findForeignFiles,
  foreignFolder,
  freeBytes,
  type OwnedFolder,
  readHolder,
} from '../../platform/data-folder/index.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const pinnedNode = 24;
const gigabyte = 1e9;
// What an import needs to be taken at all (imports/spool.ts keeps 0.2 GB) and what a month of a large partner brings.
const failBelowBytes = 0.5 * gigabyte;
const warnBelowBytes = 5 * gigabyte;

const page = join(import.meta.dirname, '../../../../web/dist/index.html');

export interface Folders {
  /** Undefined where everything lies on servers. */
  dataDir: string | undefined;
  /** HUB_FILES, where it is set. */
  filesDir: string | undefined;
}

/** What can be told without opening anything. */
export async function checkMachine({ dataDir, filesDir }: Folders): Promise<Finding[]> {
  return [
    checkNode(process.versions.node),
    checkPlatform(),
    ...(dataDir === undefined ? [] : await checkFolder(dataFolderAt(dataDir))),
    ...(filesDir === undefined ? [] : await checkFolder(filesFolderAt(filesDir))),
    ...(dataDir === undefined ? [] : await checkHolder(dataDir)),
    checkPage(),
  ];
}

export function checkNode(version: string): Finding {
  const major = Number(version.split('.')[0]);
  if (major >= pinnedNode) return ok(`Node ${version} runs Partner Hub.`);
  return fail(
    `Node ${version} is too old: use the npm commands (npm start, npm run hub), which bring Node ${pinnedNode} with them.`,
  );
}

function checkPlatform(): Finding {
  const name = `${process.platform}-${process.arch}`;
  const isMusl =
    process.platform === 'linux' &&
    !('glibcVersionRuntime' in (process.report.getReport() as { header: object }).header);
  if (isMusl)
    return fail(
      `This Linux (${name}) has musl instead of glibc, for which there is no ClickHouse engine: use a distribution with glibc.`,
    );
  if (['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(name))
    return ok(`The platform ${name} is one that both engines run on.`);
  return fail(`The platform ${name} has no embedded engines: use Linux with glibc or macOS.`);
}

async function checkFolder(folder: OwnedFolder): Promise<Finding[]> {
  const { path, name, variable } = folder;
  if (!existsSync(path)) {
    const parent = existingParent(path);
    const isWritable = await canWrite(parent);
    return [
      isWritable
        ? ok(`The ${name} ${path} does not exist yet; the first start creates it.`)
        : fail(
            `The ${name} ${path} does not exist and ${parent} may not be written to: correct that, or choose another folder with ${variable}.`,
          ),
      await checkRoom(parent),
    ];
  }
  const isWritable = await canWrite(path);
  return [
    isWritable
      ? ok(`The ${name} ${path} can be written to.`)
      : fail(`The ${name} ${foreignFolder(path, variable)}, or choose another folder with ${variable}.`),
    ...(await checkOwners(folder)),
    await checkRoom(path),
  ];
}

/** Made by a command that was run as root, as a rule: the product then cannot rename or delete them, and the imports of a region stand still. */
async function checkOwners(folder: OwnedFolder): Promise<Finding[]> {
  const found = await findForeignFiles(folder).catch(() => undefined); // a folder that is closed to us is told of already
  if (!found) return [];
  return [
    fail(
      `${found.count} files in the ${folder.name} ${folder.path} belong to ${found.accounts.join(', ')} and not to ${found.owner}, who cannot work with them: stop Partner Hub, run chown -R ${found.owner}: ${found.places.join(' ')} as root, and start it again.`,
    ),
  ];
}

async function checkRoom(path: string): Promise<Finding> {
  const free = await freeBytes(path);
  const amount = `${(free / gigabyte).toFixed(1)} GB`;
  if (free < failBelowBytes)
    return fail(`Only ${amount} of disk space are free: free some; imports are refused until then.`);
  if (free < warnBelowBytes)
    return warn(`${amount} of disk space are free; an import needs one and a half times its file.`);
  return ok(`${amount} of disk space are free.`);
}

async function checkHolder(dataDir: string): Promise<Finding[]> {
  if (!existsSync(dataDir)) return [ok('Partner Hub does not run in this data folder.')];
  try {
    await access(dataDir, constants.R_OK | constants.X_OK);
    const holder = await readHolder(dataDir);
    if (holder === undefined) return [ok('Partner Hub does not run in this data folder.')];
    const where = holder.address === null ? 'without a web page' : `at ${holder.address}`;
    return [ok(`Process ${holder.pid} works in ${dataDir}, ${where}.`)];
  } catch {
    return [warn(`Whether Partner Hub runs in ${dataDir} cannot be told by this account.`)];
  }
}

function checkPage(): Finding {
  return existsSync(page) ? ok('The page is built.') : warn('The page is not built yet: npm start builds it.');
}

function existingParent(path: string): string {
  const parent = dirname(path);
  return existsSync(parent) ? parent : existingParent(parent);
}

const canWrite = (path: string): Promise<boolean> =>
  access(path, constants.R_OK | constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
