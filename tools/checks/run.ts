import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environment, runSteps, type Step, stepMilliseconds } from './run-steps.ts';
import { root } from './tree.ts';

const atOnce = 2; // the machine that this has to be quick on has two cores

const types = (project: string, name: string): Step[] => {
  const command = [
    'tsc',
    '-p',
    project,
    '--noEmit',
    '--incremental',
    '--tsBuildInfoFile',
    `.cache/${name}.tsbuildinfo`,
  ];
  return existsSync(join(root, project)) ? [{ name, command }] : [];
};

// The long ones first, so that the last one running is short.
const steps: readonly Step[] = [
  ...types('tsconfig.json', 'types'),
  { name: 'lint', command: ['oxlint', '--format=unix'] },
  ...types('web/tsconfig.json', 'types-web'),
  ...types('web/tsconfig.node.json', 'types-build'),
  { name: 'dead-code', command: ['knip', '--no-progress'] },
  { name: 'boundaries', command: ['node', 'tools/checks/boundaries.ts'] },
  { name: 'audit', command: ['node', 'tools/checks/audit.ts'] },
  { name: 'deploy', command: ['node', 'tools/checks/deploy.ts'] },
  { name: 'house', command: ['node', 'tools/checks/house.ts'] },
  { name: 'format', command: ['biome', 'format', '--reporter=summary', '.'] },
];

/** What cannot be fixed is reported by the checks that follow. */
function fix(): void {
  const quiet = { cwd: root, env: environment, stdio: 'ignore', timeout: stepMilliseconds } as const;
  spawnSync('oxlint', ['--fix'], quiet);
  spawnSync('biome', ['format', '--write', '.'], quiet);
}

/** `npm run check -- [--fix] [step ...]`: 0 if every step passed, 1 if not, 2 if a word is unknown. */
async function main(words: readonly string[]): Promise<number> {
  const known = ['--fix', ...steps.map((step) => step.name)];
  const unknown = words.filter((word) => !known.includes(word));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(' ')}. Known: ${known.join(' ')}`);
    return 2;
  }
  const start = performance.now();
  if (words.includes('--fix')) fix();
  const wanted = steps.filter((step) => words.every((word) => word === '--fix') || words.includes(step.name));
  const failed = await runSteps(wanted, atOnce, console.log);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    failed.length === 0
      ? `\n${wanted.length} checks passed in ${seconds} s.`
      : `\nFailed: ${failed.join(', ')} (${seconds} s).`,
  );
  return failed.length === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
