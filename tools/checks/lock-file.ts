import type { Finding, TextFile } from './tree.ts';

/** The lock file names no registry: whoever installs takes the packages from their own, and the hashes prove them. */
export function lockFile(files: readonly TextFile[]): Finding[] {
  const lock = files.find(({ path }) => path === 'package-lock.json');
  if (!lock) return [{ path: 'package-lock.json', line: 1, message: 'There is no lock file.' }];
  return lock.lines.flatMap((text, index) => {
    const address = /"resolved":\s*"((?:https?|git(?:\+\w+)?|ssh):[^"]*)"/.exec(text)?.[1];
    return address
      ? [
          {
            path: lock.path,
            line: index + 1,
            message: `${address}: npm wrote an address of a registry. Keep .npmrc and run npm i again.`,
          },
        ]
      : [];
  });
}
