import type { Plugin } from 'vite';

/** Takes from the contract's list of errors the English sentences of the server: the page says each in its own words, by its code. */
export function withoutServerSentences(): Plugin {
  return {
    name: 'hub-without-server-sentences',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('/contract/src/errors.ts')) return null;
      const sentence = /(\bentry\(\s*\d+,\s*)(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g;
      if (!sentence.test(code)) this.error('contract/src/errors.ts holds no sentence as it is looked for here.');
      return { code: code.replace(sentence, "$1''"), map: null };
    },
  };
}
