import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RegionCode } from '@hub/contract/regions';
import { z } from 'zod';
import { accountHere, isNotAllowed, ownerOf } from '../../platform/data-folder/index.ts';

export const manifestName = 'manifest.json';

const File = z.object({
  /** Relative to the backup's folder. */
  path: z.string().regex(/^(?!.*\.\.)[a-z0-9_./-]+$/i),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const Column = z.object({ name: z.string(), type: z.string() });

export const Manifest = z.object({
  product: z.literal('partner-hub'),
  /** Of the backup's own layout. */
  format: z.literal(1),
  release: z.string(),
  createdAt: z.iso.datetime(),
  directory: z.object({
    migrations: z.array(z.string()),
    tables: z.array(
      z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()), rows: z.int(), file: File }),
    ),
    sequences: z.array(z.object({ schema: z.string(), name: z.string(), lastValue: z.int() })),
  }),
  regions: z.array(
    z.object({
      region: RegionCode,
      /** "name:statement" */
      migrations: z.array(z.string()),
      /** An empty table has no file. */
      tables: z.array(z.object({ name: z.string(), columns: z.array(Column), rows: z.int(), file: File.nullable() })),
      /** Files of imports that have not ended or may be tried again. */
      spool: z.array(z.object({ name: z.string().regex(/^[A-Za-z0-9-]+$/), file: File })),
    }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;
export type BackupFile = z.infer<typeof File>;
export type RegionalTable = Manifest['regions'][number]['tables'][number];

/** The manifest of a backup whose files are all there and unchanged. Throws a sentence that names what is not. */
export async function readManifest(folder: string, onProgress: (text: string) => void): Promise<Manifest> {
  const manifest = parse(folder, await readFile(join(folder, manifestName), 'utf8').catch(unlessNotAllowed(folder)));
  const files = filesOf(manifest);
  for (const [index, file] of files.entries()) {
    onProgress(`checking file ${index + 1} of ${files.length}: ${file.path}`);
    const found = await describeFile(folder, file.path).catch(unlessNotAllowed(folder));
    if (found === undefined)
      throw new Error(`The backup is incomplete: ${file.path} is missing. Nothing was restored.`);
    if (found.bytes !== file.bytes || found.sha256 !== file.sha256) {
      throw new Error(
        `The backup is damaged: ${file.path} is not the file that was written (its checksum differs). Nothing was restored.`,
      );
    }
  }
  return manifest;
}

/** What is not there is told by the caller; what may not be read is another matter. */
const unlessNotAllowed =
  (folder: string) =>
  (error: unknown): undefined => {
    if (!isNotAllowed(error)) return;
    const here = accountHere();
    throw new Error(
      `The backup ${folder} belongs to the account ${ownerOf(folder)}, and ${here} may not read all of it: hand it over (chown -R ${here} ${folder}). Nothing was restored.`,
    );
  };

function parse(folder: string, text: string | undefined): Manifest {
  if (text === undefined) throw new Error(`${folder} is no backup of Partner Hub: it has no ${manifestName}.`);
  try {
    return Manifest.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(
      `The ${manifestName} in ${folder} cannot be understood; the backup is damaged or was made by another release.`,
      { cause },
    );
  }
}

export function filesOf(manifest: Manifest): BackupFile[] {
  const regional = manifest.regions.flatMap(({ tables, spool }) => [...tables, ...spool].map(({ file }) => file));
  return [...manifest.directory.tables.map(({ file }) => file), ...regional].filter((file) => file !== null);
}

export async function describeFile(folder: string, path: string): Promise<BackupFile> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(join(folder, path), { highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer);
  const { size } = await stat(join(folder, path));
  return { path, bytes: size, sha256: hash.digest('hex') };
}
