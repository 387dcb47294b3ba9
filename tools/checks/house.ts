import { docPaths } from './doc-paths.ts';
import { lockFile } from './lock-file.ts';
import { machinePaths } from './machine-paths.ts';
import { suppressions } from './suppressions.ts';
import { root, textFiles, treePaths } from './tree.ts';

const files = textFiles(root, treePaths(root));
const checks = {
  'suppressions say why': suppressions(files),
  'no paths of a machine': machinePaths(files),
  'documents cite what exists': docPaths(root, files),
  'lock file names no registry': lockFile(files),
};

for (const [name, findings] of Object.entries(checks)) {
  if (findings.length > 0) console.log(`${name}:`);
  for (const { path, line, message } of findings) console.log(`  ${path}:${line} ${message}`);
}
console.log(`${files.length} text files read.`);
if (files.length === 0 || Object.values(checks).some((findings) => findings.length > 0)) process.exitCode = 1;
