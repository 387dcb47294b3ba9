import { existsSync, globSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import type { Finding, TextFile } from './tree.ts';

const document = /^(README|CONTRIBUTING)\.md$|^docs\/.*\.md$/;
const placeholder = /<[^>]*>|\.\.\.|…|\bNNNN\b/;

/** Every path of the tree that a document cites in backticks or links to exists. Globs match something; <placeholders> are let be. */
export function docPaths(base: string, files: readonly TextFile[]): Finding[] {
  const tops = new Set(
    files
      .map(({ path }) => path.split('/', 1)[0] ?? '')
      .filter((top) => files.some(({ path }) => path.startsWith(`${top}/`))),
  );
  return files
    .filter(({ path }) => document.test(path))
    .flatMap(({ path, lines }) =>
      outsideFences(lines).flatMap(({ text, line }) =>
        [...cited(text, tops), ...linked(text, path)].flatMap((target) =>
          exists(base, target) ? [] : [{ path, line, message: `${target} does not exist.` }],
        ),
      ),
    );
}

function outsideFences(lines: readonly string[]): { text: string; line: number }[] {
  let isFenced = false;
  return lines.flatMap((text, index) => {
    const isFence = /^\s*(```|~~~)/.test(text);
    if (isFence) isFenced = !isFenced;
    return isFence || isFenced ? [] : [{ text, line: index + 1 }];
  });
}

/** `server/src/main.ts`, `docs/metrics.md#answer-rate`, `web/src/app/router.tsx:12`: the first word, without anchor and line. */
function cited(text: string, tops: ReadonlySet<string>): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].flatMap(([, quoted = '']) => {
    const path = (quoted.trim().split(/\s/, 1)[0] ?? '').replace(/[#?].*$/, '').replace(/(:\d+(-\d+)?)?[.,;:]?$/, '');
    const [top, ...rest] = path.split('/');
    return rest.length > 0 && tops.has(top ?? '') ? [path] : [];
  });
}

/** Relative links, from the root of the tree. */
function linked(text: string, from: string): string[] {
  return [...text.replaceAll(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)[^)]*\)/g)].flatMap(([, link = '']) => {
    const path = decodeURI(link.replace(/[#?].*$/, ''));
    return path === '' || /^([a-z]+:|\/)/i.test(link) ? [] : [normalize(join(dirname(from), path))];
  });
}

function exists(base: string, path: string): boolean {
  if (placeholder.test(path)) return true;
  if (/[*?{[]/.test(path)) return globSync(path, { cwd: base }).length > 0;
  return existsSync(join(base, path));
}
