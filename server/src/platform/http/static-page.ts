import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const notBuilt = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Partner Hub</title>
<p>The page has not been built. Run npm run build in Partner Hub’s folder and reload.</p></html>
`;

const isAsset = (path: string): boolean => path.startsWith('/assets/');

/** The built page from `folder`. Returns what answers a GET that no file and no endpoint answered. */
export async function registerStaticPage(
  app: FastifyInstance,
  folder: string,
): Promise<(request: FastifyRequest, reply: FastifyReply) => FastifyReply> {
  const isBuilt = existsSync(join(folder, 'index.html'));
  if (isBuilt) {
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      setHeaders(response, path) {
        // The build puts a hash of the content into the names under assets; all else is asked for anew.
        const isHashed = path.startsWith(join(folder, 'assets'));
        response.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  return (request, reply) => {
    const [path = ''] = request.url.split('?');
    if (isAsset(path)) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such file.');
    if (!isBuilt)
      return reply.code(503).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(notBuilt);
    return reply.sendFile('index.html');
  };
}
