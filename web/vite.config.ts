import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compileMessages } from './build/compile-messages.ts';
import { leanEndpoints } from './build/lean-endpoints.ts';
import { mantineVariables } from './build/mantine-variables.ts';
import { withoutJsonSchema } from './build/without-json-schema.ts';
import { withoutServerSentences } from './build/without-server-sentences.ts';

export default defineConfig({
  plugins: [
    compileMessages(),
    mantineVariables(),
    leanEndpoints(),
    withoutServerSentences(),
    withoutJsonSchema(),
    react(),
  ],
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
  build: {
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
    // The packages that every page starts with, in one file: in many small ones they weigh 12 kB more. Scripts only,
    // for the order of the style sheets must stay.
    rolldownOptions: {
      // Schemas and endpoints that no page asks for stay out, and a feature's door brings only what is taken through it.
      treeshake: {
        manualPureFunctions: ['z', 'endpoint'],
        moduleSideEffects: [
          { test: /\/contract\/src\//, sideEffects: false },
          { test: /\/web\/src\/(?!main|app\/(?:styles|zod-without-eval)).*\.tsx?$/, sideEffects: false },
        ],
      },
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'start',
              test: /node_modules.*js$|(contract|web)\/src\/(?!.*locales).*\.tsx?$/,
              tags: ['$initial'],
            },
            // And what several pages share, each by its kind. Nothing that only some of them need comes along.
            ...Object.entries({
              head: /web\/src\/(ui\/(page-head|segments|region-segments|tab-bar)|lib\/region-choice)\.tsx?$/,
              charts:
                /web\/src\/(ui\/(charts\/(?!chart-export|lines-panel|series-table)|kpi-cell|formula-popover)|lib\/numbers).*\.tsx?$/,
              engagement:
                /features\/calling-engagement\/(engagement-(kpi|link|search)|chart-points|metric-words|period\.|table-metrics|quality-(block|chart|spike)|scope|queries|use-figures|use-about|use-retry|wanted|kpis|answer-notes|bucket-words|rows|policy-chip|formula-button)/,
            }).map(([name, test]) => ({ name, test, includeDependenciesRecursively: false })),
          ],
        },
      },
    },
  },
});
