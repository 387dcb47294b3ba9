// What may import what (docs/ARCHITECTURE.md). tools/checks/boundaries.test.ts shows for each rule that it fires.
// A new feature or platform module needs no change here.

const tests = '\\.test\\.tsx?$|/test-support\\.ts$|^(server|web)/src/testing/';
const npm = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'contract-stands-alone',
      comment: 'The contract imports zod and itself: both sides and every generator can read it.',
      severity: 'error',
      from: { path: '^contract/src/', pathNot: tests },
      to: { pathNot: ['^contract/src/', npm('zod')] },
    },
    {
      name: 'server-never-web',
      comment: 'Server and web meet in the contract.',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^web/' },
    },
    {
      name: 'web-never-server',
      comment: 'Server and web meet in the contract.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^server/' },
    },
    {
      name: 'product-never-tooling',
      comment: 'contract, server and web run without tools, bench and e2e.',
      severity: 'error',
      from: { path: '^(contract|server|web)/', pathNot: '\\.config\\.ts$' },
      to: { path: '^(tools|bench|e2e)/' },
    },
    {
      name: 'feature-through-its-door',
      comment: 'Another feature is reached at its index.ts only: export there what others need.',
      severity: 'error',
      from: { path: '^(server|web)/src/features/([^/]+)/' },
      to: { path: '^$1/src/features/[^/]+/', pathNot: '^$1/src/features/($2/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'platform-knows-no-feature',
      comment: 'platform could be lifted into another product: hand it what it needs.',
      severity: 'error',
      from: { path: '^server/src/platform/', pathNot: tests },
      to: { path: '^server/src/', pathNot: '^server/src/platform/' },
    },
    {
      name: 'ui-knows-no-feature',
      comment: 'web/src/ui and web/src/lib know no feature: pass it in as a property.',
      severity: 'error',
      from: { path: '^web/src/(ui|lib)/', pathNot: tests },
      to: { path: '^web/src/(features|app)/' },
    },
    {
      name: 'routes-reach-no-queries',
      comment: 'routes.ts binds an endpoint to its verb; the verb asks for the permission and calls the queries.',
      severity: 'error',
      from: { path: '/routes\\.ts$' },
      to: { path: '-queries\\.ts$' },
    },
    {
      name: 'sql-in-queries',
      comment: 'kysely and pg belong in *-queries.ts and server/src/platform.',
      severity: 'error',
      from: { path: '^server/src/', pathNot: ['-queries\\.ts$', '^server/src/platform/', tests] },
      to: { path: npm('kysely', 'pg', 'pg-copy-streams') },
    },
    {
      name: 'clickhouse-in-regional-store',
      comment: 'chdb and @clickhouse/client belong in server/src/platform/regional-store.',
      severity: 'error',
      from: { path: '^(server|bench|tools|e2e)/', pathNot: ['^server/src/platform/regional-store/', tests] },
      to: { path: npm('chdb', '@clickhouse/client[^/]*') },
    },
    {
      name: 'nothing-imports-app',
      comment: 'server/src/app.ts wires everything: only entry points and tests import it.',
      severity: 'error',
      from: { path: '^server/', pathNot: ['^server/src/(main|hub|worker)\\.ts$', tests] },
      to: { path: '^server/src/app\\.ts$' },
    },
    {
      name: 'production-never-tests',
      comment: 'Nothing that ships imports a test or its helpers.',
      severity: 'error',
      from: { path: '^(contract|server|web)/', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'no-cycles',
      comment: 'Move what both need into a third file.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolves',
      comment: 'The import leads nowhere: a wrong path, a missing extension, or a package whose exports are closed.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' }, // virtual: made by the build (web/vite.config.ts)
    },
    {
      name: 'declared',
      comment: 'Name the package in the dependencies of the workspace that imports it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'ships-its-packages',
      comment: 'What ships imports dependencies, not devDependencies (types and tests may).',
      severity: 'error',
      from: { path: '^(contract|server|web)/src/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
    },
    {
      name: 'no-orphans',
      comment: 'Nothing imports this file and it imports nothing: delete it or use it.',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(contract|server|web)/',
        pathNot: [
          '^web/public/',
          '\\.d\\.ts$',
          '\\.config\\.(ts|mjs|js)$',
          '^server/src/(main|hub|worker)\\.ts$',
          tests,
        ],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true, // `import type` is a dependency too
    combinedDependencies: true, // vitest and the like stand in the root's devDependencies
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.cjs', '.json', '.d.ts', '.css'],
    },
  },
};
