import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/**
 * Writes files (path → content) under a new folder that goes with the test. A tree made here needs no exception in the
 * configuration of the compiler, the linter and the dead code search, as one kept in the repository would.
 */
export function temporaryTree(files: Readonly<Record<string, string>>): string {
  const base = mkdtempSync(join(tmpdir(), 'hub-tree-'));
  onTestFinished(() => rmSync(base, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(base, path)), { recursive: true });
    writeFileSync(join(base, path), content);
  }
  return base;
}
