import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { apiPage, errorsPage } from './docs-page.ts';
import { openApiDocument } from './openapi-document.ts';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  version: string;
};

/** /openapi.json and the pages made of it, open to everybody: they tell what this release can do and nothing of what it holds. */
export function apiDocsRoutes(app: FastifyInstance): void {
  const files: Record<string, { type: string; make: () => string }> = {
    '/openapi.json': { type: 'application/json', make: () => JSON.stringify(openApiDocument(version)) },
    '/docs': { type: 'text/html', make: () => apiPage(version) },
    '/docs/errors': { type: 'text/html', make: errorsPage },
    '/docs/docs.css': { type: 'text/css', make: () => readFileSync(join(import.meta.dirname, 'docs.css'), 'utf8') },
  };
  for (const [url, { type, make }] of Object.entries(files)) {
    let made: string | undefined; // at its first reader: a start need not wait for it
    app.get(url, (_request, reply) => {
      made ??= make();
      return reply.type(`${type}; charset=utf-8`).header('cache-control', 'no-cache').send(made);
    });
  }
}
