import type { Plugin } from 'vite';

/** What the page asks of an endpoint: where it is, and what its body must hold. The server's half stays with the server. */
const unasked = new Set(['permission', 'summary', 'params', 'query', 'reply', 'errors']);

/**
 * Takes from the contract's endpoints what only the server reads, so that the schemas of replies do not travel to the browser: `call` takes
 * replies at their word.
 */
export function leanEndpoints(): Plugin {
  return {
    name: 'hub-lean-endpoints',
    apply: 'build',
    transform(code, id) {
      if (!/\/contract\/src\/[\w-]+\.ts$/.test(id)) return null;
      const cuts: Span[] = [];
      for (const statement of this.parse(code).body) {
        if (statement.type !== 'ExportNamedDeclaration' || statement.declaration?.type !== 'VariableDeclaration')
          continue;
        for (const { init } of statement.declaration.declarations) {
          if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'endpoint')
            continue;
          const [given] = init.arguments;
          if (given?.type !== 'ObjectExpression') continue;
          for (const part of given.properties) {
            if (part.type === 'Property' && part.key.type === 'Identifier' && unasked.has(part.key.name))
              cuts.push(part);
          }
        }
      }
      return cuts.length === 0 ? null : { code: without(code, cuts), map: null };
    },
  };
}

interface Span {
  start: number;
  end: number;
}

/** Each with the comma behind it. */
function without(code: string, cuts: readonly Span[]): string {
  return cuts.reduceRight(
    (text, { start, end }) => `${text.slice(0, start)}${text.slice(end).replace(/^\s*,/, '')}`,
    code,
  );
}
