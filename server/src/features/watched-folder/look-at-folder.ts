import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartnerId } from '@hub/contract/ids';
import type { ImportBatch } from '@hub/contract/imports';
import { errorCatalog } from '@hub/contract/errors';
import { RegionCode } from '@hub/contract/regions';
import { HubError } from '../../platform/hub-error.ts';
import { newTrackingId } from '../../platform/http/index.ts';
import type { Ctx, Installation } from '../access/index.ts';
import { getImport, listPartsOf, receiveWatched } from '../imports/index.ts';
import { listPartners } from '../sessions/index.ts';
import { endText } from './end-text.ts';
import { type Listing, listFolder } from './folder-layout.ts';
import { partnerOfFolder } from './partner-folders.ts';
import { leaveWord, listTaken, openTaken, settleTaken, type TakenFile, takeFile } from './taken-file.ts';

/** How many files of one folder are in the hub's hands at once: each lies on the disk twice until its import has ended. */
const takenAtOnce = 50;
/** Folders within a region's folder, of which somebody may have made no end. */
const deepest = 8;
/** An empty file has probably just been begun. */
const looksAtEmpty = 12;

/** What the last look saw of each file, by its path, and how many looks it has been so. */
export type Seen = Map<string, { state: string; looks: number }>;

export interface Look {
  installation: Installation;
  root: string;
  seen: Seen;
  isOver: () => boolean;
}

/** Where a file lies: whose it is, or why that cannot be told. */
type Place = { ctx: Ctx; region: RegionCode } | { why: string };

const isLink = 'This is a link, and links are never followed: put the file itself here.';
const tooDeep = `This folder lies more than ${deepest} folders below its region, and nothing is taken out of it: put its files higher.`;
const pathWords = 'Put files into <partner>/<region>, such as halyard-communications/eu.';

/** One look at the whole folder: what was taken goes on to its end, what has stopped growing is taken. */
export async function lookAtFolder(look: Look): Promise<void> {
  const { installation, root } = look;
  const partners = await listPartners({ ...installation, trackingId: newTrackingId() });
  const stray: Place = { why: `This file lies beside the folders of partners. ${pathWords}` };
  const met = new Set<string>();
  const top = await listFolder(root);
  await lookAt(look, { folder: root, listing: top, place: stray, met });
  for (const name of top.folders) {
    const folder = join(root, name);
    const owner = partnerOfFolder(name, partners);
    const inside = await listFolder(folder);
    const beside = 'why' in owner ? owner : { why: `This file lies beside the folders of regions. ${pathWords}` };
    await lookAt(look, { folder, listing: inside, place: beside, met });
    for (const code of inside.folders) {
      const place = 'why' in owner ? owner : placeOf(installation, owner.partnerId, code);
      await lookInto(look, { folder: join(folder, code), place, met }, 0);
    }
  }
  for (const path of look.seen.keys()) if (!met.has(path)) look.seen.delete(path);
}

function placeOf(installation: Installation, partnerId: string, code: string): Place {
  const region = RegionCode.safeParse(code.toLowerCase()).data;
  if (region === undefined || !installation.stores.has(region))
    return {
      why: `${code} is no region of this installation; they are ${[...installation.stores.keys()].join(', ')}.`,
    };
  const actor = { kind: 'system', partnerId: partnerId as PartnerId } as const;
  return { ctx: { ...installation, actor, trackingId: newTrackingId() }, region };
}

interface Leaf {
  folder: string;
  listing: Listing;
  place: Place;
  met: Set<string>;
}

/** A region's folder and those within it, of years and months for one. */
async function lookInto(look: Look, { folder, place, met }: Omit<Leaf, 'listing'>, depth: number): Promise<void> {
  const listing = look.isOver() ? undefined : await listInside(look, folder);
  if (listing === undefined) return;
  await lookAt(look, { folder, listing, place, met });
  for (const name of listing.folders) {
    const inside = join(folder, name);
    if (depth < deepest) await lookInto(look, { folder: inside, place, met }, depth + 1);
    else await tellOnce(look, { folder, path: Buffer.from(inside), name: Buffer.from(name), met, text: tooDeep });
  }
}

/** Undefined where it cannot be listed: the others are looked at all the same. */
async function listInside({ installation }: Look, folder: string): Promise<Listing | undefined> {
  try {
    // Whoever may write here may have put a link in its place since it was found.
    return (await realpath(folder)) === folder ? await listFolder(folder) : undefined;
  } catch (error) {
    installation.log.warn({ err: error, folder }, 'a folder of the watched folder could not be looked at');
    return undefined;
  }
}

/** What is not taken lies where it is: told once in the log, and in a text that whoever put it there finds. */
async function tellOnce(
  { installation, seen }: Look,
  { folder, path, name, met, text }: { folder: string; path: Buffer; name: Buffer; met: Set<string>; text: string },
): Promise<void> {
  const key = path.toString('latin1');
  met.add(key);
  if (seen.has(key)) return;
  seen.set(key, { state: 'told', looks: 1 });
  installation.log.warn({ path: path.toString() }, text);
  try {
    await leaveWord(folder, name, text);
  } catch (error) {
    installation.log.warn({ err: error, folder }, 'what is not taken of the watched folder could not be told there');
  }
}

async function lookAt(look: Look, { folder, listing, place, met }: Leaf): Promise<void> {
  for (const link of listing.links) await tellOnce(look, { folder, ...link, met, text: isLink });
  let room = takenAtOnce;
  for (const taken of await listTaken(folder)) {
    if (look.isOver()) return;
    if (!(await goOn(look, taken, place))) room -= 1;
  }
  for (const file of listing.files) {
    const key = file.path.toString('latin1');
    met.add(key);
    if (look.isOver() || !(await hasStopped(look.seen, key, file.path)) || room <= 0) continue;
    try {
      const taken = await takeFile(folder, file, look.installation.clock.id());
      look.seen.delete(key);
      if (!(await goOn(look, taken, place))) room -= 1;
    } catch (error) {
      look.installation.log.warn({ err: error, folder }, 'a file of the watched folder could not be taken');
    }
  }
}

/** Whether the file is as the last look saw it. */
async function hasStopped(seen: Seen, key: string, path: Buffer): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) return false;
  const state = `${found.size} ${found.mtimeMs} ${found.ino}`;
  const before = seen.get(key);
  const looks = before?.state === state ? before.looks + 1 : 1;
  seen.set(key, { state, looks });
  return looks > (found.size === 0 ? looksAtEmpty : 1);
}

/** Brings a taken file one step nearer to its end. True when it is there. */
async function goOn(look: Look, taken: TakenFile, place: Place): Promise<boolean> {
  try {
    if ('why' in place) {
      await settleTaken(taken, { isDone: false, mark: taken.id.slice(-12), text: place.why });
      return true;
    }
    const batch = await findBatch(place.ctx, taken.id);
    if (batch === undefined) return await bring(look, taken, place);
    return await settle(place.ctx, taken, batch);
  } catch (error) {
    look.installation.log.warn(
      { err: error, importId: taken.id },
      'a file of the watched folder waits for the next look',
    );
    return false;
  }
}

async function findBatch(ctx: Ctx, id: string): Promise<ImportBatch | undefined> {
  try {
    return await getImport(ctx, id);
  } catch (error) {
    if (error instanceof HubError && error.code === 'import_not_found') return undefined;
    throw error;
  }
}

/** Queues its import. What the file itself is refused for ends it; what may heal leaves it taken. */
async function bring(look: Look, taken: TakenFile, place: { ctx: Ctx; region: RegionCode }): Promise<boolean> {
  const refuse = async (text: string): Promise<true> => {
    await settleTaken(taken, { isDone: false, mark: taken.id.slice(-12), text });
    return true;
  };
  const opened = await openTaken(taken);
  if (opened === undefined) return refuse('This is no ordinary file.');
  const content = opened.file.createReadStream({ highWaterMark: 1 << 20 });
  try {
    await receiveWatched(place.ctx, {
      id: taken.id,
      region: place.region,
      fileName: taken.name,
      content,
      bytes: opened.size,
    });
    return false;
  } catch (error) {
    if (!(error instanceof HubError) || errorCatalog[error.code].mayRetry) throw error;
    look.installation.log.info({ importId: taken.id, code: error.code }, 'a file of the watched folder was refused');
    return await refuse(error.message);
  } finally {
    content.destroy(); // a stream that nobody read keeps its file open
    await opened.file.close();
  }
}

const isOpen = ({ state }: ImportBatch): boolean => state === 'queued' || state === 'running';

async function settle(ctx: Ctx, taken: TakenFile, batch: ImportBatch): Promise<boolean> {
  if (isOpen(batch)) return false;
  const parts = batch.format === 'zip' ? await listPartsOf(ctx, batch.id) : [];
  if (parts.some(isOpen)) return false;
  await settleTaken(taken, { ...endText(batch, parts), mark: `B-${batch.number}` });
  return true;
}
