import { RuleTester } from 'oxlint/plugins-dev';
import { describe, it } from 'vitest';
import { clockOnly } from './clock-only.ts';
import { noBarrels } from './no-barrels.ts';
import { sqlInItsPlace } from './sql-in-its-place.ts';
import { verbAsks, verbAudits } from './verbs.ts';

RuleTester.describe = describe;
RuleTester.it = it;

const cwd = '/tree';
const tester = new RuleTester({ cwd, languageOptions: { sourceType: 'module' } });
const at = (path: string, code: string): { filename: string; code: string } => ({ filename: `${cwd}/${path}`, code });
const fires = (
  path: string,
  code: string,
  ...errors: RegExp[]
): { filename: string; code: string; errors: { message: RegExp }[] } => ({
  ...at(path, code),
  errors: errors.map((message) => ({ message })),
});

const verbFile = 'server/src/features/trials/extend-trial.ts';
const head = `
  import { inTenant, requirePermission } from '../access/index.ts';
  import { audit } from '../audit/index.ts';
  import { getTrialForUpdate, setTrialEnd, setTrialEnd as put } from './trial-queries.ts';
`;

const goodVerbs = [
  at(
    verbFile,
    `${head} export async function extendTrial(ctx, input) {
        requirePermission(ctx, 'trials.write');
        return inTenant(ctx, async (tx) => { const after = await setTrialEnd(tx, 1); await audit(tx, ctx, {}); return after; });
      }`,
  ),
  at(
    verbFile,
    `${head} export const showTrial = (ctx) => { requirePermission(ctx, 'trials.read'); return inTenant(ctx, (tx) => getTrialForUpdate(tx)); };`,
  ),
  // What a function of the same file does counts.
  at(
    verbFile,
    `${head} export function extendTrial(ctx) { requirePermission(ctx, 'x'); return inTenant(ctx, (tx) => write(tx, ctx)); }
       async function write(tx, ctx) { await setTrialEnd(tx); await audit(tx, ctx, {}); }`,
  ),
  // Without the transaction in hand it is no verb: it was called by one.
  at(verbFile, `${head} export async function refresh(tx) { await setTrialEnd(tx); }`),
  // Not exported, and nothing exported reaches it.
  at(verbFile, `${head} function draft(ctx) { return inTenant(ctx, (tx) => setTrialEnd(tx)); }`),
  at(
    'server/src/features/trials/trial-queries.ts',
    `${head} export const q = (ctx) => inTenant(ctx, (tx) => setTrialEnd(tx));`,
  ),
  at(
    'server/src/features/trials/extend-trial.test.ts',
    `${head} export const q = (ctx) => inTenant(ctx, (tx) => setTrialEnd(tx));`,
  ),
  at(
    'server/src/platform/directory/directory.ts',
    `export const q = (ctx) => inTenant(ctx, (tx) => tx.insertInto('t'));`,
  ),
];

const ofOwn = `import { inTenant } from '../access/index.ts';
  import { requireSession } from '../sessions/index.ts';
  export const rename = (ctx) => { const { personId } = requireSession(ctx); return inTenant(ctx, (tx) => personId); };`;

tester.run('verb-asks', verbAsks, {
  valid: [...goodVerbs, at('server/src/features/tokens/rename-token.ts', ofOwn)],
  invalid: [
    // Who acts is enough for what is their own, and nowhere else.
    fires(verbFile, ofOwn, /rename .* never calls requirePermission/),
    fires(
      verbFile,
      `${head} export const show = (ctx) => inTenant(ctx, (tx) => getTrialForUpdate(tx));`,
      /show .* never calls requirePermission/,
    ),
    fires(
      verbFile,
      `${head} export async function extend(ctx) { await inTenant(ctx, async (tx) => { await put(tx); await audit(tx, ctx, {}); }); }`,
      /extend .* never calls requirePermission/,
    ),
    fires(
      'server/src/features/usage/show-usage.ts',
      `import { regionalScope } from '../access/index.ts';
       export const showUsage = (ctx) => { const { store } = regionalScope(ctx, 'eu'); return store; };`,
      /showUsage opens the partner's data and never calls requirePermission/,
    ),
  ],
});

tester.run('verb-audits', verbAudits, {
  valid: goodVerbs,
  invalid: [
    fires(
      verbFile,
      `${head} export async function extend(ctx) { requirePermission(ctx, 'x'); await inTenant(ctx, (tx) => setTrialEnd(tx)); }`,
      /extend writes \(setTrialEnd\) and never calls audit/,
    ),
    fires(
      verbFile,
      `${head} export async function extend(ctx) { await inTenant(ctx, (tx) => put(tx)); }`,
      /writes \(setTrialEnd\)/,
    ),
    // The write hides in a helper, the export at the end of the file, the door behind its other name.
    fires(
      verbFile,
      `${head} import { inPartnerTransaction } from '../../platform/directory/directory.ts';
       const write = (tx) => setTrialEnd(tx);
       function extend(ctx) { requirePermission(ctx, 'x'); return inPartnerTransaction(ctx.directory, 'p', write); }
       export { extend };`,
      /extend writes \(setTrialEnd\)/,
    ),
    fires(
      verbFile,
      `${head} import * as trials from './trial-queries.ts';
       export const jobs = { close: (ctx) => { requirePermission(ctx, 'x'); return inTenant(ctx, (tx) => trials.closeTrial(tx)); } };`,
      /jobs writes \(closeTrial\)/,
    ),
    fires(
      verbFile,
      `${head} export function extend(ctx) { requirePermission(ctx, 'x'); return inTenant(ctx, (tx) => tx.updateTable('trial').execute()); }`,
      /writes \(updateTable\)/,
    ),
  ],
});

tester.run('clock-only', clockOnly, {
  valid: [
    at('server/src/platform/clock.ts', 'export const now = () => new Date();'),
    at('web/src/lib/clock.ts', 'export const now = () => Date.now();'),
    at(
      'server/src/features/trials/trial-rules.ts',
      'export const at = (text) => new Date(text); Date.UTC(2026, 1); Math.floor(1.5);',
    ),
    at('server/src/features/trials/trial-rules.test.ts', 'Date.now(); Math.random();'),
    at('server/src/testing/hub.ts', 'Date.now();'),
    at('tools/dev.ts', 'new Date();'),
    at('e2e/journey.ts', 'Date.now();'),
    at('bench/import.ts', 'Math.random();'),
  ],
  invalid: [
    fires('server/src/main.ts', 'const at = new Date();', /^new Date\(\)/),
    fires('server/src/main.ts', 'const at = new Date;', /^new Date\(\)/),
    fires('contract/src/units.ts', 'const at = Date();', /^Date\(\)/),
    fires('web/src/app/shell.tsx', 'const at = globalThis.Date.now();', /^Date\.now/),
    fires('server/src/main.ts', 'const clock = { now: Date.now };', /^Date\.now/),
    fires('web/src/ui/table.tsx', 'const id = Math.random().toString(36);', /^Math\.random/),
    fires('web/src/ui/table.tsx', 'const id = Temporal.Now.instant();', /^Temporal\.Now/),
  ],
});

const usage = 'server/src/features/usage/show-usage.ts';

tester.run('sql-in-its-place', sqlInItsPlace, {
  valid: [
    at('server/src/features/usage/usage-queries.ts', 'store.ask(`select ${columns} from x`); tx.selectFrom("x");'),
    at('server/src/platform/regional-store/regional-store.ts', 'client.query({ query: `select ${columns}` });'),
    at('server/src/features/usage/show-usage.test.ts', 'store.run(`insert into x values (${n})`);'),
    at(usage, 'store.ask(`select 1`); store.ask("select " + "1"); store.ask(sql);'),
    // Values beside the text are parameters; a text that is no SQL is none of ours.
    at(
      usage,
      'client.query({ query: "select {a:String}", query_params: { a: `x${b}` } }); jobs.run(`nightly ${name}`);',
    ),
    at('web/src/features/usage/queries.ts', 'client.query(`select ${x}`);'),
  ],
  invalid: [
    fires(usage, 'client.query({ query: `select * from x where a = ${a}` });', /query\(\) is glued/),
    fires(usage, 'client.command(`drop table ${name}`);', /command\(\) is glued/),
    fires(usage, 'store.ask("select * from x where a = " + a);', /ask\(\) is glued/),
    fires(usage, 'function f(a) { const sql = `select ${a}`; return store.ask(sql); }', /ask\(\) is glued/),
    fires(usage, 'store.load({ insert: `insert into ${table} select 1` });', /load\(\) is glued/),
    fires(usage, 'tx.selectFrom("trial").execute();', /selectFrom\(\) belongs/),
    fires(usage, 'tx.deleteFrom("trial").execute();', /deleteFrom\(\) belongs/),
  ],
});

tester.run('no-barrels', noBarrels, {
  valid: [
    at('server/src/features/trials/index.ts', "export { extendTrial } from './extend-trial.ts';"),
    at('server/src/platform/http/index.ts', "export { serve } from './serve.ts';"),
    at('web/src/ui/table.tsx', 'const a = 1; export { a };'),
  ],
  invalid: [
    fires('web/src/ui/index.ts', "export { Table } from './table.tsx';", /Import from '\.\/table\.tsx'/),
    fires('contract/src/index.ts', "export type { Trial } from './trials.ts';", /Import from/),
    fires('server/src/features/trials/index.ts', "export * from './extend-trial.ts';", /export \* hides/),
  ],
});
