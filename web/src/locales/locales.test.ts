import { errorCatalog } from '@hub/contract/errors';
import { parse, type Token } from '@messageformat/parser';
import { expect, test } from 'vitest';

// The catalogs as they are written: the build turns them into their compiled form, these tests want the words.
const sources = import.meta.glob<string>(['./{en,bg,ko}.ts', './*/{en,bg,ko}.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** Which code speaks the words of a catalog that arrives with its pages. */
const speakers: Record<string, RegExp> = {
  administration:
    /features\/(administrators|audit|connectors|settings|tokens)\/|customer\/activity-tab|sessions\/join-(page|form)/,
  analytics: /features\/subscription-analytics\/|settings\/low-assignment/,
  charts: /ui\/charts\/|features\/(calling-engagement|subscription-analytics)\//,
  engagement: /features\/calling-engagement\/|settings\/calling-section/,
  formulas: /features\/calling-engagement\/(column-formulas|kpi-formula)/, // those of key numbers are in engagement
  freshness: /features\/freshness\//,
  health: /features\/health-score\/|settings\/health-/,
  imports: /features\/imports\/(?!use-import-watch)/,
  legs: /features\/calling-usage\//,
  mapping: /features\/imports\/mapping\/(?!saved-mappings|map-columns-link)/,
  overview: /features\/overview\//,
  reconciliation: /features\/reconciliation\//,
  renewals: /features\/renewals\//,
  usage: /features\/calling-(usage|engagement)\/|customer\/calling-tab/,
  customers: /features\/(customers?|overview)\//,
  customer:
    /features\/(customers?|subscriptions|orders|trials|license-lines|tags|records)\/(?!(create|link)-customer-dialog)|ui\/conflict-notice|lib\/form-faults/,
};

const code = import.meta.glob<string>(['../{app,lib,ui,features}/**/*.{ts,tsx}', '!**/*.test.{ts,tsx}'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

function messagesOf(path: string): Map<string, string> {
  const entry = /^ {2}'([^']+)':\s+'((?:[^'\\]|\\.)*)',$/gm;
  return new Map([...(sources[path] ?? '').matchAll(entry)].map(([, key = '', message = '']) => [key, message]));
}

function catalog(language: string): Map<string, string> {
  const files = [`./${language}.ts`, ...Object.keys(speakers).map((name) => `./${name}/${language}.ts`)];
  return new Map(files.flatMap((file) => [...messagesOf(file)]));
}

const en = catalog('en');

function argumentsOf(tokens: readonly Token[]): Set<string> {
  const found = new Set<string>();
  for (const token of tokens) {
    if ('arg' in token) found.add(token.arg);
    if ('cases' in token) for (const each of token.cases) for (const name of argumentsOf(each.tokens)) found.add(name);
  }
  return found;
}

function pluralCases(tokens: readonly Token[]): string[][] {
  return tokens.flatMap((token) =>
    token.type === 'plural' ? [token.cases.map((each) => each.key).filter((key) => !key.startsWith('='))] : [],
  );
}

const allCases = ['zero', 'one', 'two', 'few', 'many', 'other'] as const;

function isWellFormed(message: string): boolean {
  try {
    parse(message, { strict: true, cardinal: [...allCases] });
    return true;
  } catch {
    return false;
  }
}

test('every refusal of the contract has a sentence', () => {
  expect(Object.keys(errorCatalog).filter((code) => !en.has(`error.${code}`))).toEqual([]);
});

test('no catalog is forgotten here, and none is empty', () => {
  const folders = new Set(Object.keys(sources).flatMap((path) => /^\.\/(\w+)\//.exec(path)?.[1] ?? []));
  expect([...folders].toSorted()).toEqual(Object.keys(speakers).toSorted());
  for (const name of folders) expect(messagesOf(`./${name}/en.ts`).size).toBeGreaterThan(0);
});

test('a message stands in one catalog only', () => {
  const all = ['.', ...Object.keys(speakers).map((name) => `./${name}`)].flatMap((folder) => [
    ...messagesOf(`${folder}/en.ts`).keys(),
  ]);
  expect(all.filter((key, at) => all.indexOf(key) !== at)).toEqual([]);
});

test.each(Object.entries(speakers))('words of %s are said by the pages that bring them', (name, speaker) => {
  const messages = messagesOf(`./${name}/en.ts`);
  const families = [...new Set([...messages.keys()].map((key) => key.split('.')[0]))].join('|');
  const spoken = new RegExp(`(['"\`])((?:${families})\\.[^'"\`]*)\\1`, 'g');
  const isMessage = (text: string) => messages.has(text) || text.includes('${');
  const strangers = Object.entries(code)
    .filter(([path]) => !speaker.test(path))
    .flatMap(([path, source]) =>
      [...source.matchAll(spoken)].filter(([, , text = '']) => isMessage(text)).map(([, , text]) => `${path}: ${text}`),
    );
  expect(strangers).toEqual([]);
});

test.each(['en', 'bg', 'ko'])('%s has every message, each well formed', (language) => {
  const messages = catalog(language);
  expect(en.size).toBeGreaterThan(350);
  expect([...messages.keys()]).toEqual([...en.keys()]);
  const faults = [...messages].filter(([, message]) => message.trim() === '' || !isWellFormed(message));
  expect(faults).toEqual([]);
});

test.each(['bg', 'ko'])('%s uses the variables of English', (language) => {
  for (const [key, message] of catalog(language)) {
    expect([key, ...[...argumentsOf(parse(message))].toSorted()]).toEqual([
      key,
      ...[...argumentsOf(parse(en.get(key) ?? ''))].toSorted(),
    ]);
  }
});

test.each([
  ['en', ['one', 'other']],
  ['bg', ['one', 'other']],
  ['ko', ['other']],
] as const)('plurals of %s have exactly the cases of the language', (language, expected) => {
  let seen = 0;
  for (const [key, message] of catalog(language)) {
    for (const cases of pluralCases(parse(message))) {
      expect([key, ...cases.toSorted()]).toEqual([key, ...expected]);
      seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(20);
});

test('the ASCII apostrophe, an escape sign of ICU, stands in no message', () => {
  const escaped = ['en', 'bg', 'ko'].flatMap((language) =>
    [...catalog(language)].filter(([, message]) => message.includes("\\'")),
  );
  expect(escaped).toEqual([]);
});
