import type { Finding, TextFile } from './tree.ts';

// In pieces, so that this file does not find itself.
const folders = ['work', 'farm', 'home/[a-z][\\w.-]*', 'Users/[A-Za-z][\\w.-]*'].join('|');
const machinePath = new RegExp(`(?<![\\w.}>-])/(?:${folders})/`);

/** Nothing in the tree knows the machine it was written on. */
export function machinePaths(files: readonly TextFile[]): Finding[] {
  return files
    .filter(({ path }) => path !== 'package-lock.json')
    .flatMap(({ path, lines }) =>
      lines.flatMap((text, index) => {
        const found = machinePath.exec(text)?.[0];
        return found
          ? [
              {
                path,
                line: index + 1,
                message: `${found} is a folder of somebody's machine: write it relative to the tree.`,
              },
            ]
          : [];
      }),
    );
}
