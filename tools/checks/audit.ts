import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { root } from './tree.ts';

interface Report {
  vulnerabilities?: Record<string, { name: string; severity: string; range: string; fixAvailable: unknown }>;
  error?: { summary?: string };
  message?: string;
}

/** A sentence for each package of the product with a known hole that is high or critical; undefined: the registry gave no answer. */
export function holesIn(report: Report): string[] | undefined {
  if (report.vulnerabilities === undefined) return undefined;
  return Object.values(report.vulnerabilities)
    .filter(({ severity }) => severity === 'high' || severity === 'critical')
    .map(
      ({ name, range, severity, fixAvailable }) =>
        `${name} ${range} has a known hole (${severity}); ${fixAvailable === false ? 'no newer version mends it yet' : 'a newer version mends it: npm audit tells which'}.`,
    );
}

function askRegistry(): Report {
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=0', '--fetch-timeout=20000'], {
    cwd: root,
    encoding: 'utf8',
    timeout: 40_000,
  });
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    return { message: stdout.slice(0, 200) };
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const holes = holesIn(askRegistry());
  // A mirror without the audit endpoint, or no network: told, and no reason to stop the work.
  if (holes === undefined)
    console.log('NOTE: the registry did not answer what is known of these packages; nothing was audited.');
  for (const sentence of holes ?? []) console.log(sentence);
  process.exitCode = (holes ?? []).length > 0 ? 1 : 0;
}
