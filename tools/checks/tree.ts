import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

export interface Finding {
  path: string;
  line: number;
  message: string;
}

export interface TextFile {
  path: string;
  lines: readonly string[];
}

/** Paths of what is or may become tracked: not what .gitignore names. */
export function treePaths(base: string): string[] {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: base,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  // Without git (an unpacked archive) the tree holds nothing but what was tracked, and what npm put there.
  const paths =
    listed.status === 0
      ? listed.stdout.split('\0')
      : globSync('**', { cwd: base, exclude: (name) => /(^|\/)(node_modules|dist|data|\.cache)$/.test(name) });
  return [...new Set(paths)].filter((path) => path !== '' && isFile(join(base, path))).toSorted();
}

/** The text files among them. */
export function textFiles(base: string, paths: readonly string[]): TextFile[] {
  return paths.flatMap((path) => {
    const bytes = readFileSync(join(base, path));
    if (bytes.subarray(0, 8000).includes(0)) return []; // how git tells binary files
    return [{ path, lines: bytes.toString('utf8').split('\n') }];
  });
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
