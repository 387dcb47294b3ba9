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

const start = ['index.html', 'src/locales/en.ts'];
const frame = [...start, 'src/app/frame.tsx'];
const limit = '250 kB';

// oxlint-disable-next-line import/no-default-export -- size-limit reads the default export
export default [
  { name: 'Sign in', path: scriptsOf(...start, 'src/features/sessions/sign-in-page.tsx'), gzip: true, limit },
  { name: 'Imports', path: scriptsOf(...frame, 'src/features/imports/imports-page.tsx'), gzip: true, limit },
  { name: 'Calling usage', path: scriptsOf(...frame, 'src/features/calling-usage/usage-page.tsx'), gzip: true, limit },
  {
    name: 'Customer',
    path: scriptsOf(
      ...frame,
      ...['customers', 'customer'].map((catalog) => `src/locales/${catalog}/en.ts`),
      'src/features/customer/customer-page.tsx',
    ),
    gzip: true,
    limit,
  },
];
