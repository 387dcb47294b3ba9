import type { Finding, TextFile } from './tree.ts';

const code = /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx|css)$/;
// Only where a comment begins: the words may stand in texts.
const directive =
  /(?:\/\/|\/\*+|\{\s*\/\*+|^\s*\*)\s*(?<name>oxlint-disable|eslint-disable|biome-ignore|@ts-[a-z-]+)(?<rest>.*)$/;
const shortest = 10; // letters: enough for "needed by X", too long for "ok"

/** A suppression names its rule and says why, on the same line. */
export function suppressions(files: readonly TextFile[]): Finding[] {
  return files
    .filter(({ path }) => code.test(path))
    .flatMap(({ path, lines }) =>
      lines.flatMap((text, index) => {
        const found = directive.exec(text)?.groups;
        const message = found && fault(found['name'] ?? '', (found['rest'] ?? '').replace(/\*\/.*$/, ''));
        return message ? [{ path, line: index + 1, message }] : [];
      }),
    );
}

function fault(name: string, rest: string): string | undefined {
  if (name === '@ts-ignore' || name === '@ts-nocheck')
    return `${name} hides every error: use @ts-expect-error with the reason.`;
  if (name === 'eslint-disable')
    return 'eslint-disable does nothing here: write oxlint-disable-next-line <rule> -- <reason>.';
  if (name === '@ts-expect-error')
    return isReason(rest) ? undefined : '@ts-expect-error without a reason on the same line.';
  if (name === 'oxlint-disable') {
    const [, rules = '', reason = ''] = /^(?:-next-line|-line)?([^]*?)(?:\s--\s([^]*))?$/.exec(rest) ?? [];
    if (rules.trim() === '') return 'oxlint-disable without a rule switches all of them off: name the rule.';
    return isReason(reason) ? undefined : 'oxlint-disable without a reason: end the line with -- <reason>.';
  }
  if (name === 'biome-ignore') {
    const [, reason = ''] = /^[^:]*:([^]*)$/.exec(rest) ?? [];
    return isReason(reason) ? undefined : 'biome-ignore without a reason: write biome-ignore <what>: <reason>.';
  }
  return undefined;
}

function isReason(text: string): boolean {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').length >= shortest;
}
