import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './tree.ts';

export interface Step {
  name: string;
  command: readonly string[];
}

interface Outcome {
  passed: boolean;
  output: string;
  seconds: number;
}

const bin = join(root, 'node_modules', '.bin');
/** The pinned programs come first, also for what they start themselves. */
export const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}`, NO_COLOR: '1' };
export const stepMilliseconds = 300_000; // the slowest step takes seconds; a hung one must not hang the build

/** Runs the steps, `atOnce` at a time; prints a line for each, and all it said for one that failed. Returns the names of those. */
export async function runSteps(
  steps: readonly Step[],
  atOnce: number,
  print: (text: string) => void,
): Promise<string[]> {
  const pending = [...steps];
  const failed: string[] = [];
  const lane = async (): Promise<void> => {
    for (let step = pending.shift(); step; step = pending.shift()) {
      const { passed, output, seconds } = await run(step);
      print(`${passed ? '✓' : '✗'} ${step.name.padEnd(12)} ${seconds.toFixed(1).padStart(5)} s`);
      if (passed) {
        // What a check could not look at is said, or nobody knows.
        for (const line of output.split('\n')) if (line.startsWith('NOTE: ')) print(`  ${line}`);
        continue;
      }
      failed.push(step.name);
      print(`\n${output.trim()}\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return failed;
}

function run({ command: [program = '', ...parameters] }: Step): Promise<Outcome> {
  const start = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const done = (passed: boolean): void => resolve({ passed, output, seconds: (performance.now() - start) / 1000 });
    const child = spawn(program, parameters, {
      cwd: root,
      env: environment,
      timeout: stepMilliseconds,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const add = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    child.on('error', (cause) => {
      output += `${program} did not start: ${cause.message}`;
      done(false);
    });
    child.on('close', (code, signal) => {
      if (signal) output += `\n${program} was stopped by ${signal}.`;
      done(code === 0);
    });
  });
}
