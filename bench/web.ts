import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { benchmark } from './bench-process.ts';

const built = join(import.meta.dirname, '../web/dist');

/** The scripts that the page names itself, and whatever they import without being asked to: paths below the folder. */
async function firstScripts(): Promise<Set<string>> {
  const page = await readFile(join(built, 'index.html'), 'utf8');
  const named = [...page.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\/?([^"]+\.js)"/g)].map(
    ([, path = '']) => path,
  );
  const found = new Set<string>();
  const waiting = [...named];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    waiting.push(...importedBy(await readFile(join(built, path), 'utf8'), path));
  }
  return found;
}

/** `import … from "./x.js"`, `export … from "./x.js"` and `import "./x.js"`; not `import("./x.js")`, which comes when it is needed. */
function importedBy(code: string, path: string): string[] {
  return [...code.matchAll(/\b(?:from|import)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)].map(([, to = '']) =>
    join(path, '..', to),
  );
}

async function gzippedBytes(path: string): Promise<number> {
  return gzipSync(await readFile(join(built, path))).length;
}

async function sum(paths: Iterable<string>): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += await gzippedBytes(path);
  return bytes;
}

await benchmark(async (_job, tell) => {
  if (!existsSync(join(built, 'index.html'))) {
    process.stdout.write('web: the page is not built, nothing is measured.\n');
    return;
  }
  const first = await firstScripts();
  const all = (await readdir(built, { recursive: true })).filter((path) => path.endsWith('.js'));
  tell({
    what: 'JavaScript of the first page, gzip',
    value: await sum(first),
    unit: 'bytes',
    budget: { atMost: 250_000 },
    detail: `${first.size} of ${all.length} files`,
  });
  tell({ what: 'all JavaScript, gzip', value: await sum(all), unit: 'bytes' });
});
