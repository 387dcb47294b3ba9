import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('dist/.vite/manifest.json', import.meta.url), 'utf8'));

/** Every script that must have arrived before these modules can draw. */
function scriptsOf(...modules) {
  const seen = new Set();
  const walk = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of manifest[key].imports ?? []) walk(next);
  };
  for (const module of modules) walk(module);
  return [...seen].map((key) => `dist/${manifest[key].file}`).filter((file) => file.endsWith('.js'));
}

const start = ['index.html', 'src/locales/en.ts']; // the frame with its navigation comes with index.html

/** A page in the frame, with the catalogs that it waits for (`withWords` in src/app/router.tsx). */
const page = (name, module, ...catalogs) => ({
  name,
  path: scriptsOf(...start, ...catalogs.map((catalog) => `src/locales/${catalog}/en.ts`), `src/features/${module}.tsx`),
  gzip: true,
  limit: '250 kB',
});

// oxlint-disable-next-line import/no-default-export -- size-limit reads the default export
export default [
  {
    name: 'Sign in',
    path: scriptsOf(...start, 'src/features/sessions/sign-in-page.tsx'),
    gzip: true,
    limit: '250 kB',
  },
  page('Overview', 'overview/overview-page', 'overview', 'customers'),
  page('Customers', 'customers/customers-page', 'customers'),
  page('Customer', 'customer/customer-page', 'customers', 'customer'),
  page('Imports', 'imports/imports-page', 'imports'),
  page('Subscription analytics', 'subscription-analytics/analytics-page', 'analytics', 'charts', 'usage'),
  page('Reconciliation', 'reconciliation/reconciliation-page', 'reconciliation', 'usage'),
  page('Customer health', 'health-score/health-page', 'health', 'usage'),
  page('Renewals', 'renewals/renewals-page', 'renewals', 'customers', 'usage'),
  page('Calling engagement', 'calling-engagement/engagement-page', 'engagement', 'charts', 'usage'),
  page('Calling usage', 'calling-usage/usage-page', 'usage'),
  page('Call legs', 'calling-usage/legs-page', 'usage', 'legs'),
  page('Administrators', 'administrators/administrators-page', 'administration'),
  page('Audit log', 'audit/audit-page', 'administration'),
  page('Settings', 'settings/settings-page', 'administration'),
];
