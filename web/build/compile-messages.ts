import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';
import { z } from 'zod';

const Catalogs = z.record(z.string(), z.record(z.string(), z.string()));
const catalog = /\/src\/locales\/(?:[a-z]+\/)?(en|bg|ko)\.ts$/;

/** Turns the ICU messages of src/locales into lingui's compiled form, so that no parser travels to the browser. Throws on a malformed one. */
export function compileMessages(): Plugin {
  return {
    name: 'hub-compile-messages',
    enforce: 'pre',
    async load(id) {
      const path = id.split('?')[0] ?? id;
      const language = catalog.exec(path)?.[1];
      if (language === undefined || id.includes('?')) return null;
      const url = pathToFileURL(path);
      url.searchParams.set('at', String(process.hrtime.bigint())); // a changed file is read again by the dev server
      const messages = Catalogs.parse(await import(url.href))[language];
      if (messages === undefined) throw new Error(`${fileURLToPath(url)} does not export ${language}`);
      const compiled = Object.fromEntries(
        Object.entries(messages).map(([key, message]) => {
          try {
            return [key, compileMessageOrThrow(message)];
          } catch (cause) {
            throw new Error(`${language}: "${key}" is not a valid message`, { cause });
          }
        }),
      );
      return `export const ${language} = JSON.parse(${JSON.stringify(JSON.stringify(compiled))});`;
    },
  };
}
