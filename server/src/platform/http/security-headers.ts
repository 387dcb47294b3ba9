import helmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

const directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  // Mantine sets style attributes; scripts are what must never be inline.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

// Over plain http both would lock people out: on 127.0.0.1 there is no https to be upgraded to.
const overHttps = { 'upgrade-insecure-requests': [] };
const strictTransport = { maxAge: 31_536_000, includeSubDomains: false };

function headersFor(isHttps: boolean): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: { useDefaults: false, directives: isHttps ? { ...directives, ...overHttps } : directives },
    hsts: isHttps ? strictTransport : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    frameguard: { action: 'deny' },
  };
}

/** What every response tells the browser to refuse. */
export async function registerSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, { global: false });
  app.addHook('onRequest', async (request, reply) => {
    reply.helmet(headersFor(request.protocol === 'https'));
  });
}
