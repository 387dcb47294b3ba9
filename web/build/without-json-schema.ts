import { readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const writers = /\/zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$/;

/** zod can write each schema as JSON Schema, and so each schema drags the writer along: 6 kB that only the server's API documents need. */
export function withoutJsonSchema(): Plugin {
  return {
    name: 'hub-without-json-schema',
    apply: 'build',
    async load(id) {
      if (!writers.test(id)) return null;
      const code = await readFile(id, 'utf8');
      const names = [...code.matchAll(/^export (?:const|function) (\w+)/gm)].map(([, name]) => name);
      return `const absent = () => () => { throw new Error('The page writes no JSON Schema.'); };\n${names.map((name) => `export const ${name} = absent;`).join('\n')}`;
    },
  };
}
