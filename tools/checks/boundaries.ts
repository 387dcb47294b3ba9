import { cruiseTree } from './cruise.ts';
import { root } from './tree.ts';

const { modules, missed, violations } = await cruiseTree(process.argv[2] ?? root);
for (const [rule, found] of Map.groupBy(violations, (violation) => violation.rule)) {
  console.log(`${rule}: ${found[0]?.comment ?? ''}`);
  for (const { from, to } of found) console.log(`  ${from} → ${to}`);
}
// A cruise of nothing is a pass of nothing: it has happened, with exit code 0 (an unknown TypeScript, a wrong glob).
if (missed.length > 0) console.log(`Not looked at, though they belong to the tree:\n  ${missed.join('\n  ')}`);
console.log(`${modules} modules cruised.`);
if (modules === 0 || missed.length > 0 || violations.length > 0) process.exitCode = 1;
