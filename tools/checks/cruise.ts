import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { treePaths } from './tree.ts';

const config = fileURLToPath(new URL('../../.dependency-cruiser.mjs', import.meta.url));
const source = /^(contract|server|web|e2e|bench|tools)\/.*\.(ts|tsx|mts|cts|js|jsx|mjs|cjs)$/;

export interface Cruise {
  /** Files of the tree that were parsed. */
  modules: number;
  /** Source files of the tree that were not. */
  missed: string[];
  violations: { rule: string; from: string; to: string; comment: string }[];
}

/** Judges all source files under `base` by .dependency-cruiser.mjs. */
export async function cruiseTree(base: string): Promise<Cruise> {
  const options = await extractOptions(config);
  const files = treePaths(base).filter((path) => source.test(path));
  const { output } = await cruise(files, { ...options, baseDir: base });
  if (typeof output === 'string') throw new Error(`dependency-cruiser answered with text: ${output.slice(0, 200)}`);
  const cruised = new Set(
    output.modules.filter((module) => module.couldNotResolve !== true).map((module) => module.source),
  );
  const comments = new Map(options.ruleSet?.forbidden?.map((rule) => [rule.name, rule.comment ?? '']));
  return {
    modules: files.filter((path) => cruised.has(path)).length,
    missed: files.filter((path) => !cruised.has(path)),
    violations: output.summary.violations.map(({ rule, from, to, cycle }) => ({
      rule: rule.name,
      from,
      to: cycle ? cycle.map((step) => step.name).join(' → ') : to,
      comment: comments.get(rule.name) ?? '',
    })),
  };
}
