import { expect, test } from 'vitest';
import { docPaths } from './doc-paths.ts';
import { lockFile } from './lock-file.ts';
import { machinePaths } from './machine-paths.ts';
import { suppressions } from './suppressions.ts';
import { temporaryTree } from './temporary-tree.ts';
import { type Finding, type TextFile, textFiles, treePaths } from './tree.ts';

const file = (path: string, ...lines: string[]): TextFile => ({ path, lines });
const where = (findings: readonly Finding[]): string[] => findings.map(({ path, line }) => `${path}:${line}`);
// The directives are put together here, so that the check does not find them in its own test.
const oxlint = (rest: string): string => `// ${'oxlint'}-${rest}`;
const eslint = (rest: string): string => `// ${'eslint'}-${rest}`;
const biome = (rest: string): string => `// ${'biome'}-${rest}`;
const ts = (rest: string): string => `// @${'ts'}-${rest}`;

test.each([
  oxlint('disable-next-line no-await-in-loop -- one lane after the other'),
  `{/* ${'oxlint-'}disable-next-line react/jsx-key -- the list never changes */}`,
  biome('ignore format: one line per part reads best'),
  ts('expect-error the package declares too little'),
  "const text = 'eslint-disable';",
  oxlint('enable no-console'),
])('stays silent: %s', (text) => {
  expect(suppressions([file('server/src/main.ts', text)])).toEqual([]);
});

test.each([
  oxlint('disable-next-line no-await-in-loop'),
  oxlint('disable-next-line no-await-in-loop -- ok'),
  oxlint('disable -- everything here is generated'),
  oxlint('disable-line'),
  eslint('disable-next-line no-console -- a reason that helps nobody'),
  biome('ignore format:'),
  biome('ignore format'),
  ts('ignore this has a long reason'),
  ts('nocheck this has a long reason'),
  ts('expect-error'),
])('is refused: %s', (text) => {
  expect(where(suppressions([file('server/src/main.ts', 'const a = 1;', text)]))).toEqual(['server/src/main.ts:2']);
});

test('documents may speak of suppressions', () => {
  expect(suppressions([file('docs/a.md', ts('ignore'))])).toEqual([]);
});

test('a path of a machine is refused wherever it stands', () => {
  const [work, farm, home, mac] = ['work', 'farm', 'home/ann', 'Users/ann'].map((folder) => `/${folder}/hub/x.ts`);
  const found = machinePaths([
    file('docs/a.md', `see ${work}`, `'${farm}'`, `file://${home}`, `=${mac}`, 'fine'),
    file('package-lock.json', `${work}`),
  ]);
  expect(where(found)).toEqual(['docs/a.md:1', 'docs/a.md:2', 'docs/a.md:3', 'docs/a.md:4']);
});

test('addresses and relative paths are not paths of a machine', () => {
  const texts = [
    'https://example.com/work/a',
    'docs/work/a',
    '${base}/work/a',
    '/home/<name>/a',
    'network/farm/',
    '/work',
  ];
  expect(machinePaths([file('docs/a.md', ...texts)])).toEqual([]);
});

test('a document that cites what does not exist is refused', () => {
  const base = temporaryTree({
    'server/src/main.ts': '',
    'docs/metrics.md': '',
    'docs/guide.md': [
      '`server/src/main.ts`, `server/src/main.ts:12`, `docs/metrics.md#answer-rate`, `server/src/*.ts`, `server/src/`',
      '`server/src/features/<feature>/index.ts`, `docs/adr/NNNN-title.md`, `npm run check`, `other/thing.ts`, `text/csv`',
      '```',
      '`server/src/in-a-fence.ts`',
      '```',
      '[metrics](metrics.md#a), [home](../server/src/main.ts), [web](https://example.com), [top](#top)',
      '`server/src/gone.ts`',
      '`server/src/*.tsx` and `docs/gone.md#part`',
      '[gone](gone.md)',
    ].join('\n'),
    'server/notes.md': '`server/src/gone.ts`',
  });
  const found = docPaths(base, textFiles(base, treePaths(base)));
  expect(found.map(({ line, message }) => `${line} ${message}`)).toEqual([
    '7 server/src/gone.ts does not exist.',
    '8 server/src/*.tsx does not exist.',
    '8 docs/gone.md does not exist.',
    '9 docs/gone.md does not exist.',
  ]);
});

test('a lock file with the address of a registry is refused', () => {
  const good = file('package-lock.json', '{', '"resolved": "contract",', '"integrity": "sha512-x"');
  const bad = file('package-lock.json', '{', '"resolved": "https://registry.example.com/zod/-/zod-4.6.7.tgz",');
  expect(lockFile([good])).toEqual([]);
  expect(where(lockFile([bad]))).toEqual(['package-lock.json:2']);
  expect(lockFile([])).toHaveLength(1);
});

test('the tree without git is what .gitignore would have left', () => {
  const base = temporaryTree({ 'a.ts': '', 'b/c.ts': '', 'node_modules/x/index.js': '', 'web/dist/x.js': '' });
  expect(treePaths(base)).toEqual(['a.ts', 'b/c.ts']);
});

test('binary files are not read as text', () => {
  const base = temporaryTree({ 'a.png': 'PNG\0\0', 'a.ts': 'x' });
  expect(textFiles(base, treePaths(base)).map(({ path }) => path)).toEqual(['a.ts']);
});
