import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { metricsDocument } from './metrics.ts';

test('docs/metrics.md is what the catalogs and the template say (npm run docs:metrics)', async () => {
  expect(await readFile(new URL('../../docs/metrics.md', import.meta.url), 'utf8')).toBe(metricsDocument());
});

test('a number that the template leaves out, has twice or invents is no document', async () => {
  const template = await readFile(new URL('metrics-template.md', import.meta.url), 'utf8');
  for (const [change, named] of [
    [template.replace('@metric poorShare\n', ''), /look at poorShare\./],
    [`${template}\n@metric poorShare\n`, /look at poorShare\./],
    [`${template}\n@metric luck\n`, /names luck/],
  ] as const)
    expect(() => metricsDocument(change)).toThrow(named);
});

test('every link of the document leads to a place in it', () => {
  const document = metricsDocument();
  const anchors = new Set([...document.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id));
  const linked = [...document.matchAll(/\]\(#([^)]+)\)/g)].map(([, id]) => id);
  expect(linked.length).toBeGreaterThan(10);
  expect(linked.filter((id) => !anchors.has(id))).toEqual([]);
});
