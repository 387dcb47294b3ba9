// npm test: prepares everything, then static checks, tests, and the browser. The last line tells the counts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { environment, prepare, Refusal, repository } from './prepare.mjs';
import { runInForeground } from './processes.mjs';

const results = mkdtempSync(join(tmpdir(), 'hub-results-'));
const unitResults = join(results, 'unit.json');
const serverResults = join(results, 'servers.json');
const browserResults = join(results, 'browser.json');
const onServers = [
  ...['archives', 'contract-feeds', 'corrections', 'counting', 'feeds', 'holding', 'rows', 'scope', 'undo-model'].map(
    (name) => `features/imports/${name}.test.ts`,
  ),
  ...['imports/mappings/mappings', 'imports/rollups', 'calling-usage', 'metrics', 'freshness', 'access/in-tenant'].map(
    (name) => `features/${name}`,
  ),
  ...['customers/customers.test.ts', 'statuses/statuses.test.ts', 'connectors/pull.test.ts'].map(
    (name) => `features/${name}`,
  ),
  ...['metric-feeds', 'person-deletion', 'deletions', 'retention'].map((name) => `${name}.test.ts`),
].map((path) => `server/src/${path}`);
/** Something failed and has been told already. */
class Stopped extends Error {}

let passed = 0;
let failed = 0;

try {
  await prepare({ page: true });
  const chromium = await findChromium();
  await run('Checks', 'check', []);
  await run('Weight of the pages', 'size', []);
  await run('Tests', 'test:unit', reportTo(unitResults), {}, () => countOf(unitResults));
  // Once more with every store on a server: PostgreSQL over TCP, the regions over ClickHouse's HTTP protocol. Each way of asking a store is in
  // one of these; `npm run test:servers` does it with all features, half an hour.
  const servers = ['--project', 'server', ...onServers, ...reportTo(serverResults)];
  await run('Tests on servers', 'test:unit', servers, { HUB_TEST_STORES: 'servers' }, () => countOf(serverResults));
  const browser = {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: browserResults,
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  };
  await run('Browser', 'test:browser', ['--reporter=list,json'], browser, () => {
    const { expected, flaky, unexpected } = JSON.parse(readFileSync(browserResults, 'utf8')).stats;
    return { good: expected + flaky, bad: unexpected };
  });
} catch (error) {
  if (!(error instanceof Stopped)) console.error(error instanceof Refusal ? error.message : error);
  process.exitCode = 1;
  failed = Math.max(failed, 1);
} finally {
  rmSync(results, { recursive: true, force: true });
}
console.log(`\n${passed} passed, ${failed} failed`);

function reportTo(path) {
  return ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`];
}

function countOf(path) {
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(path, 'utf8'));
  return { good: numPassedTests, bad: numFailedTests };
}

/** Runs one npm script; what fails ends everything. */
async function run(heading, script, words, more = {}, count = () => ({ good: 0, bad: 0 })) {
  console.log(`\n=== ${heading}\n`);
  const code = await runInForeground(
    'npm',
    ['run', '--silent', script, ...(words.length > 0 ? ['--', ...words] : [])],
    {
      cwd: repository,
      env: environment(more),
    },
  );
  const { good, bad } = countOrNothing(count);
  passed += good;
  failed += bad;
  // A failure that no test reports (a file that does not load, an error outside tests) is one all the same.
  if (code !== 0) throw new Stopped();
  if (bad > 0) throw new Refusal(`${heading} ended well, but ${bad} failed.`);
}

function countOrNothing(count) {
  try {
    return count();
  } catch {
    return { good: 0, bad: 0 }; // It ended before it wrote its results.
  }
}
